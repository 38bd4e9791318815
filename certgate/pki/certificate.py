"""The certificate as a value, in .NET's vocabulary.

One scan of the outer structure when it is made, every member read when first asked for. What a member says is what
.NET 10 on Linux says. Knows nothing of files or trust. A private key that stood beside it in a file can go with it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from certgate.core.errors import InputError
from certgate.core.lazy import lazy
from certgate.core.source import Place
from certgate.pki import der, structure
from certgate.pki.der import DerError
from certgate.pki.names import Name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from certgate.pki.extension_list import Extensions
    from certgate.pki.extensions import (
        AuthorityKeyIdentifier,
        BasicConstraints,
        DistributionPoint,
        Extension,
        KeyUsage,
    )
    from certgate.pki.general_names import GeneralName
    from certgate.pki.oids import Oid


class PublicKeyInfo(NamedTuple):
    """A subject public key: `parameters` and `spki` are DER, `key` the bytes of the BIT STRING.

    `size` is in bits; None for kinds of keys for which .NET tells none, and where the key cannot be read.
    """

    oid: Oid
    parameters: bytes | None
    key: bytes
    spki: bytes
    size: int | None


class PrivateKey:
    """A private key in memory, decrypted when it is first used. SECURITY: it shows itself nowhere but through `open`,
    compares as the object that it is, and cannot be written, pickled or copied."""

    __slots__ = ("_open",)

    def __init__(self, open_: Callable[[], bytes]) -> None:
        self._open = open_

    def open(self) -> bytes:
        """The key in DER: PKCS#8, PKCS#1 or SEC 1."""
        return self._open()

    def __repr__(self) -> str:
        return "<private key>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a private key is not written anywhere")


class Certificate:
    """One X.509 certificate, which does not change. Equal to another when the bytes are.

    `der` is cut behind the certificate where other bytes followed it, as .NET does. `source` names where it came from.
    `private_key` is that of a certificate that has one, None where nobody opened it; a copy or pickle goes without.
    Raises InputError ``certificate-invalid`` when .NET would refuse to load it.
    """

    der: bytes
    has_private_key: bool
    source: str
    private_key: PrivateKey | None
    _outline: structure.Outline

    def __init__(
        self, der: bytes, has_private_key: bool = False, source: str = "", private_key: PrivateKey | None = None
    ) -> None:
        try:
            outline = structure.scan(der)
        except DerError as error:
            raise _invalid(source, error) from None
        members = self.__dict__
        members["der"] = der if outline.end == len(der) else der[: outline.end]
        members["has_private_key"] = has_private_key or private_key is not None
        members["source"] = source
        members["private_key"] = private_key
        members["_outline"] = outline

    def __reduce__(self) -> tuple[type[Certificate], tuple[bytes, bool, str]]:
        return type(self), (self.der, self.has_private_key, self.source)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"Certificate.{name} cannot be changed: the value is frozen")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Certificate) and self.der == other.der

    def __hash__(self) -> int:
        return hash(self.der)

    def __repr__(self) -> str:
        return f"<Certificate {self.subject!r} {self.thumbprint}>"

    def hash(self, algorithm: str) -> bytes:
        """The digest of the DER; `algorithm` as hashlib or .NET spells it (``sha256``, ``SHA256``)."""
        return hashlib.new(algorithm.lower().replace("-", ""), self.der, usedforsecurity=False).digest()

    @lazy
    def thumbprint(self) -> str:
        """The SHA-1 of the DER as 40 upper-case hex digits."""
        return hashlib.sha1(self.der, usedforsecurity=False).hexdigest().upper()

    @lazy
    def subject_name(self) -> Name:
        return Name(self._outline.subject)

    @lazy
    def issuer_name(self) -> Name:
        return Name(self._outline.issuer)

    @property
    def subject(self) -> str:
        return self.subject_name.text

    @property
    def issuer(self) -> str:
        return self.issuer_name.text

    @property
    def serial_bytes(self) -> bytes:
        """The serial number as encoded: most significant byte first, with its sign byte."""
        return self._outline.serial

    @property
    def serial_number(self) -> str:
        return self.serial_bytes.hex().upper()

    @lazy
    def not_before(self) -> datetime:
        """Aware UTC. Raises InputError ``date-invalid`` for a text that is no date."""
        return self._time(*self._outline.validity[:2])

    @lazy
    def not_after(self) -> datetime:
        """Aware UTC. Raises InputError ``date-invalid`` for a text that is no date."""
        return self._time(*self._outline.validity[2:])

    def _time(self, tag: int, content: bytes) -> datetime:
        try:
            return der.moment(tag, content)
        except DerError as error:
            message = f"a validity date cannot be read: {error}"
            raise InputError(message, code="date-invalid", place=_place(self.source)) from None

    @property
    def version(self) -> int:
        """The encoded number plus one."""
        return self._outline.version

    @lazy
    def signature_algorithm(self) -> Oid:
        from certgate.pki.oids import Oid

        return Oid.of(self._outline.algorithm.oid)

    @property
    def signature(self) -> bytes:
        return der.bit_string(self.der[self._outline.signature])[0]

    @property
    def tbs(self) -> bytes:
        """The signed part, DER."""
        return self.der[self._outline.tbs]

    @lazy
    def signers(self) -> dict[bytes, bool]:
        """The public keys (DER) for which it has been looked up whether they made the signature, and the answers."""
        return {}

    @property
    def outline(self) -> structure.Outline:
        """The parts as they are encoded."""
        return self._outline

    @lazy
    def public_key(self) -> PublicKeyInfo:
        from certgate.pki.keys import key_size
        from certgate.pki.oids import Oid

        outline = self._outline
        kind, encoded = outline.key_algorithm.oid, outline.key_algorithm.parameters
        bits, _ = der.bit_string(self.der[outline.key])
        try:
            size = key_size(kind, encoded, bits)
        except DerError:
            size = None
        return PublicKeyInfo(Oid.of(kind), encoded, bits, outline.spki, size)

    @lazy
    def _extensions(self) -> Extensions:
        from certgate.pki.extension_list import Extensions

        return Extensions(self._outline.extensions, self.source)

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """All extensions, in the order of the encoding."""
        return self._extensions.all

    @property
    def invalid_extensions(self) -> tuple[str, ...]:
        """Object identifiers of the extensions that occur twice or cannot be decoded though certgate knows them.

        The accessors below raise InputError ``extension-invalid`` for these.
        """
        return self._extensions.invalid

    @property
    def basic_constraints(self) -> BasicConstraints | None:
        return self._extensions.basic_constraints

    @property
    def key_usage(self) -> KeyUsage | None:
        return self._extensions.key_usage

    @property
    def enhanced_key_usage(self) -> tuple[str, ...] | None:
        """Object identifiers of the purposes; None when the extension is absent, which means any purpose."""
        return self._extensions.enhanced_key_usage

    @property
    def subject_key_identifier(self) -> bytes | None:
        return self._extensions.subject_key_identifier

    @property
    def authority_key_identifier(self) -> AuthorityKeyIdentifier | None:
        return self._extensions.authority_key_identifier

    @property
    def subject_alternative_names(self) -> tuple[GeneralName, ...]:
        return self._extensions.subject_alternative_names

    @property
    def issuer_alternative_names(self) -> tuple[GeneralName, ...]:
        return self._extensions.issuer_alternative_names

    @property
    def name_constraints(self) -> bytes | None:
        """The raw value of the name constraints extension."""
        return self._extensions.name_constraints

    @property
    def crl_distribution_points(self) -> tuple[DistributionPoint, ...]:
        return self._extensions.crl_distribution_points

    @property
    def freshest_crl(self) -> tuple[DistributionPoint, ...]:
        return self._extensions.freshest_crl

    @property
    def ocsp_urls(self) -> tuple[str, ...]:
        from certgate.pki.oids import OCSP

        return self._extensions.access_urls(OCSP)

    @property
    def ca_issuer_urls(self) -> tuple[str, ...]:
        from certgate.pki.oids import CA_ISSUERS

        return self._extensions.access_urls(CA_ISSUERS)

    def extension(self, oid: str) -> Extension | None:
        """The first extension with this object identifier."""
        return self._extensions.find(oid)

    def extension_values(self, oid: str) -> tuple[bytes, ...]:
        """The values of all extensions with this object identifier, undecoded."""
        return tuple(one.value for one in self._outline.extensions if one.oid == oid)

    def name_info(self, kind: str, issuer: bool = False) -> str:
        """``GetNameInfo``: `kind` is the name of an X509NameType (``SimpleName``, ``EmailName``, …)."""
        from certgate.pki.name_info import name_info

        return name_info(self, kind, issuer)

    def to_string(self, verbose: bool = False, zone: tzinfo | None = None) -> str:
        """``ToString``; dates in `zone`, by default UTC."""
        from certgate.pki.certificate_text import to_string

        return to_string(self, verbose, zone)

    def properties(self, zone: tzinfo | None = None) -> dict[str, object]:
        """What each public member of ``X509Certificate2`` gives, keyed as one writes it in C#; dates in `zone`."""
        from certgate.pki.certificate_text import properties

        return properties(self, zone)


def _place(source: str) -> Place | None:
    return Place(source) if source else None


def _invalid(source: str, error: DerError) -> InputError:
    return InputError(
        f"is not a certificate that .NET would load: {error}",
        code="certificate-invalid",
        place=_place(source),
        hint="an X.509 certificate in DER is expected here; PEM, PFX and PKCS#7 have to be opened first",
    )
