"""All extensions of one certificate, found by object identifier and decoded when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from certgate.core.errors import InputError
from certgate.pki import extensions, oids, structure
from certgate.pki.der import DerError
from certgate.pki.general_names import NameKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.core.source import Place
    from certgate.pki.der import Node
    from certgate.pki.general_names import GeneralName

T = TypeVar("T")


class Extensions:
    """The extensions behind these nodes; `place` is where errors say that they are."""

    def __init__(self, nodes: tuple[Node, ...], place: Place | None = None) -> None:
        self.all = tuple(extensions.Extension(*structure.read_extension(node)) for node in nodes)
        self._place = place

    def find(self, oid: str) -> extensions.Extension | None:
        """The first extension of this kind."""
        return next((extension for extension in self.all if extension.oid == oid), None)

    def _decode(self, oid: str, decode: Callable[[bytes], T]) -> T | None:
        """What `decode` makes of the extension; None where there is none.

        SECURITY: an extension that occurs twice or cannot be read is an error, never an absent one.
        """
        found = [extension for extension in self.all if extension.oid == oid]
        if len(found) > 1:
            raise self._error(oid, "it occurs more than once")
        try:
            return decode(found[0].raw) if found else None
        except DerError as error:
            raise self._error(oid, str(error)) from None

    def _error(self, oid: str, reason: str) -> InputError:
        name = oids.friendly_name(oid) or oid
        return InputError(f"the extension {name} is broken: {reason}", code="extension-invalid", place=self._place)

    @cached_property
    def invalid(self) -> tuple[str, ...]:
        found = {extension.oid for extension in self.all if extension.oid in extensions.DECODERS}
        return tuple(sorted(oid for oid in found if self._is_invalid(oid)))

    def _is_invalid(self, oid: str) -> bool:
        try:
            self._decode(oid, extensions.DECODERS[oid])
        except InputError:
            return True
        return False

    @cached_property
    def basic_constraints(self) -> extensions.BasicConstraints | None:
        return self._decode(oids.BASIC_CONSTRAINTS, extensions.basic_constraints)

    @cached_property
    def key_usage(self) -> extensions.KeyUsage | None:
        return self._decode(oids.KEY_USAGE, extensions.key_usage)

    @cached_property
    def enhanced_key_usage(self) -> tuple[str, ...] | None:
        return self._decode(oids.ENHANCED_KEY_USAGE, extensions.enhanced_key_usage)

    @cached_property
    def subject_key_identifier(self) -> bytes | None:
        return self._decode(oids.SUBJECT_KEY_IDENTIFIER, extensions.octets)

    @cached_property
    def authority_key_identifier(self) -> extensions.AuthorityKeyIdentifier | None:
        return self._decode(oids.AUTHORITY_KEY_IDENTIFIER, extensions.authority_key_identifier)

    @cached_property
    def subject_alternative_names(self) -> tuple[GeneralName, ...]:
        return self._decode(oids.SUBJECT_ALTERNATIVE_NAME, extensions.alternative_names) or ()

    @cached_property
    def issuer_alternative_names(self) -> tuple[GeneralName, ...]:
        return self._decode(oids.ISSUER_ALTERNATIVE_NAME, extensions.alternative_names) or ()

    @property
    def name_constraints(self) -> bytes | None:
        return self._decode(oids.NAME_CONSTRAINTS, bytes)

    @cached_property
    def crl_distribution_points(self) -> tuple[extensions.DistributionPoint, ...]:
        return self._decode(oids.CRL_DISTRIBUTION_POINTS, extensions.distribution_points) or ()

    @cached_property
    def freshest_crl(self) -> tuple[extensions.DistributionPoint, ...]:
        return self._decode(oids.FRESHEST_CRL, extensions.distribution_points) or ()

    @cached_property
    def _access(self) -> tuple[extensions.AccessDescription, ...]:
        return self._decode(oids.AUTHORITY_INFORMATION_ACCESS, extensions.access_descriptions) or ()

    def access_urls(self, method: str) -> tuple[str, ...]:
        """The URIs at which the issuer offers a service, in the order of the extension."""
        return tuple(
            access.location.text
            for access in self._access
            if access.method == method and access.location.kind is NameKind.URI
        )
