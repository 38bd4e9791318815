"""The door to certgate's own certificates: the only module of the language that imports ``pki``, and only when asked.

SECURITY: what .NET refuses to load is refused here; what cannot be read is an exception of the program, never absent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.errors import InputError, PasswordError
from certgate.csharp.dotnet.system import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from certgate.pki.certificate import Certificate, PrivateKey
    from certgate.pki.names import Attribute, Name

    T = TypeVar("T")

_PEM = rb"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----((?s:.*?))-----END (?:X509 |TRUSTED )?CERTIFICATE-----"
_DAMAGED = "ASN1 corrupted data."
_PASSWORD = "The certificate data cannot be read with the provided password, the password may be incorrect."  # noqa: S105


def load_certificate(data: bytes, password: str | None = None) -> Certificate:
    """DER, PEM, PKCS#7 or PKCS#12 as .NET on Linux takes them. CryptographicException for anything else."""
    from base64 import b64decode
    from binascii import Error as Base64Error

    from certgate.pki.certificate import Certificate

    pem = re.search(_PEM, data)
    try:
        der = b64decode(b"".join(pem[1].split()), validate=True) if pem else data
    except Base64Error:
        raise faults.cryptographic(_DAMAGED) from None
    try:
        return Certificate(der)
    except InputError:
        return _from_container(der, password)


def is_certificate(data: bytes) -> bool:
    """Whether the bytes are one certificate, in DER or PEM."""
    from certgate.pki.certificate import Certificate

    pem = re.search(_PEM, data)
    try:
        Certificate(_bare(pem[1]) if pem else data)
    except (InputError, ValueError):
        return False
    return True


def first_in_pem(text: str) -> Certificate | None:
    """The first certificate of a PEM text; None where there is none."""
    from certgate.pki.certificate import Certificate

    found = re.search(r"-----BEGIN CERTIFICATE-----((?s:.*?))-----END CERTIFICATE-----", text)
    if found is None:
        return None
    try:
        return Certificate(_bare(found[1].encode("ascii")))
    except UnicodeEncodeError:
        return None
    except (InputError, ValueError):
        raise faults.cryptographic(_DAMAGED) from None


def _bare(content: bytes) -> bytes:
    from base64 import b64decode

    return b64decode(b"".join(content.split()), validate=True)


def _from_container(data: bytes, password: str | None) -> Certificate:
    from certgate.core.source import Source
    from certgate.pki.files.load import load

    if data[:1] != b"\x30":
        raise faults.cryptographic(_DAMAGED)
    try:
        return load(Source("", data), password).leaf
    except PasswordError:
        raise faults.cryptographic(_PASSWORD) from None
    except InputError:
        raise faults.cryptographic(_DAMAGED) from None


def read(get: Callable[[], T]) -> T:
    """What `get` gives; what cannot be read is a CryptographicException."""
    try:
        return get()
    except InputError:
        raise faults.cryptographic(_DAMAGED) from None


def decoded(raw: bytes, decoder: str) -> Any:
    """The value of an extension by a decoder of ``pki.extensions``. CryptographicException where it does not fit."""
    from certgate.pki import extensions
    from certgate.pki.der import DerError

    try:
        return getattr(extensions, decoder)(raw)
    except DerError:
        raise faults.cryptographic(_DAMAGED) from None


def dns_names(raw: bytes) -> list[str]:
    """The DNS names of a subject alternative name extension."""
    from certgate.pki.general_names import NameKind

    return [name.text for name in decoded(raw, "alternative_names") if name.kind is NameKind.DNS]


def ip_addresses(raw: bytes) -> list[bytes]:
    """The addresses of a subject alternative name extension, as bytes."""
    from certgate.pki.general_names import NameKind

    return [name.content for name in decoded(raw, "alternative_names") if name.kind is NameKind.IP_ADDRESS]


def friendly_name(oid: str) -> str | None:
    """.NET's name of an object identifier."""
    from certgate.pki import oids

    return oids.friendly_name(oid)


def oid_of_name(name: str) -> str | None:
    """The object identifier behind one of .NET's names."""
    from certgate.pki import oids

    return oids.of_name(name)


def name_from(data: bytes) -> Name:
    """The distinguished name in some DER."""
    from certgate.pki.names import Name

    return Name(data)


def relative_names(name: Name, quoted: bool, plus: bool) -> list[str]:
    """The parts of a distinguished name as text, in the order of the encoding."""
    from certgate.pki import names

    def one(part: Attribute) -> str:
        return f"{names.key(part.oid)}={names.quote(part.text) if quoted and part.plain else part.text}"

    return [(" + " if plus else " ").join(map(one, relative)) for relative in name.attributes]


def open_key(held: PrivateKey) -> bytes:
    """The private key that goes with a certificate, in DER. ValueError."""
    from certgate.pki.files.pbe import LimitExceeded, Unsupported, WrongPassword

    try:
        return held.open()
    except (InputError, LimitExceeded, Unsupported, WrongPassword) as error:
        raise ValueError(str(error)) from None
