"""All extensions of one certificate, found by object identifier and decoded when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from certgate.core.errors import InputError
from certgate.core.lazy import lazy
from certgate.core.source import Place
from certgate.pki import extensions, oids
from certgate.pki.der import DerError
from certgate.pki.general_names import NameKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.pki.general_names import GeneralName
    from certgate.pki.structure import RawExtension

T = TypeVar("T")


class Broken(str):
    """Why an extension has no value."""

    __slots__ = ()


def decode(extension: RawExtension, read: Callable[[bytes], T]) -> T | Broken:
    """The value of an extension, remembered with it; `read` is what reads its kind."""
    if extension.decoded is None:
        try:
            extension.decoded = read(extension.value)
        except DerError as error:
            extension.decoded = Broken(error)
    return cast("T | Broken", extension.decoded)


class Extensions:
    """These extensions, in the order of the encoding; `source` is where errors say that they are."""

    def __init__(self, listed: tuple[RawExtension, ...], source: str = "") -> None:
        self._listed = listed
        self._source = source

    @lazy
    def all(self) -> tuple[extensions.Extension, ...]:
        return tuple(extensions.Extension(one.oid, one.critical, one.value) for one in self._listed)

    def find(self, oid: str) -> extensions.Extension | None:
        """The first extension of this kind."""
        return next((extension for extension in self.all if extension.oid == oid), None)

    def _only(self, oid: str) -> RawExtension | None:
        """The one extension of this kind; None where there is none.

        SECURITY: an extension that occurs twice is an error, never an absent one.
        """
        found = [one for one in self._listed if one.oid == oid]
        if len(found) > 1:
            raise self._error(oid, "it occurs more than once")
        return found[0] if found else None

    def _decode(self, oid: str, read: Callable[[bytes], T]) -> T | None:
        """The value of the extension; None where there is none.

        SECURITY: an extension that cannot be read is an error, never an absent one.
        """
        found = self._only(oid)
        value = decode(found, read) if found else None
        if isinstance(value, Broken):
            raise self._error(oid, value)
        return value

    def _error(self, oid: str, reason: str) -> InputError:
        name = oids.friendly_name(oid) or oid
        place = Place(self._source) if self._source else None
        return InputError(f"the extension {name} is broken: {reason}", code="extension-invalid", place=place)

    @lazy
    def invalid(self) -> tuple[str, ...]:
        found = {one.oid for one in self._listed if one.oid in extensions.DECODERS}
        return tuple(sorted(oid for oid in found if self._is_invalid(oid)))

    def _is_invalid(self, oid: str) -> bool:
        try:
            self._decode(oid, extensions.DECODERS[oid])
        except InputError:
            return True
        return False

    @lazy
    def basic_constraints(self) -> extensions.BasicConstraints | None:
        return self._decode(oids.BASIC_CONSTRAINTS, extensions.basic_constraints)

    @lazy
    def key_usage(self) -> extensions.KeyUsage | None:
        return self._decode(oids.KEY_USAGE, extensions.key_usage)

    @lazy
    def enhanced_key_usage(self) -> tuple[str, ...] | None:
        return self._decode(oids.ENHANCED_KEY_USAGE, extensions.enhanced_key_usage)

    @lazy
    def subject_key_identifier(self) -> bytes | None:
        return self._decode(oids.SUBJECT_KEY_IDENTIFIER, extensions.octets)

    @lazy
    def authority_key_identifier(self) -> extensions.AuthorityKeyIdentifier | None:
        return self._decode(oids.AUTHORITY_KEY_IDENTIFIER, extensions.authority_key_identifier)

    @lazy
    def subject_alternative_names(self) -> tuple[GeneralName, ...]:
        return self._decode(oids.SUBJECT_ALTERNATIVE_NAME, extensions.alternative_names) or ()

    @lazy
    def issuer_alternative_names(self) -> tuple[GeneralName, ...]:
        return self._decode(oids.ISSUER_ALTERNATIVE_NAME, extensions.alternative_names) or ()

    @property
    def name_constraints(self) -> bytes | None:
        found = self._only(oids.NAME_CONSTRAINTS)
        return found.value if found else None

    @lazy
    def crl_distribution_points(self) -> tuple[extensions.DistributionPoint, ...]:
        return self._decode(oids.CRL_DISTRIBUTION_POINTS, extensions.distribution_points) or ()

    @lazy
    def freshest_crl(self) -> tuple[extensions.DistributionPoint, ...]:
        return self._decode(oids.FRESHEST_CRL, extensions.distribution_points) or ()

    @lazy
    def _access(self) -> tuple[extensions.AccessDescription, ...]:
        return self._decode(oids.AUTHORITY_INFORMATION_ACCESS, extensions.access_descriptions) or ()

    def access_urls(self, method: str) -> tuple[str, ...]:
        """The URIs at which the issuer offers a service, in the order of the extension."""
        return tuple(
            access.location.text
            for access in self._access
            if access.method == method and access.location.kind is NameKind.URI
        )
