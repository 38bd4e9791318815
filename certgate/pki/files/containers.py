"""What a binary file holds: a certificate in DER, or PKCS#7 or a PFX with several; and the errors for anything else.

Knows nothing of text: armour, base64 and JSON are for :mod:`certgate.pki.files.load` to take off first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.pki import der
from certgate.pki.certificate import Certificate
from certgate.pki.der import DerError
from certgate.pki.files import kinds
from certgate.pki.files.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.pki.certificate import PrivateKey
    from certgate.pki.der import Node
    from certgate.pki.files.pbe import Effort

MAX_CERTIFICATES = 1_000
"""SECURITY: the most certificates that are taken from one file."""


class Held(NamedTuple):
    """What a file holds. `unread_key`: an encrypted private key beside the certificates, that nobody opened."""

    format: str
    certificates: tuple[Certificate, ...]
    unread_key: bool = False
    wrapping: str = ""

    @property
    def name(self) -> str:
        """The format for people; a wrapping alone says that DER is inside."""
        if not self.wrapping:
            return self.format
        return self.wrapping if self.format == "DER" else f"{self.wrapping} ({self.format})"


def is_binary(data: bytes) -> bool:
    """Whether bytes look like a SEQUENCE in DER or BER, and not like a text that starts with a zero."""
    if data[:1] != b"0" or len(data) < 2:
        return False
    return not 0x20 <= data[1] < 0x7F or len(data) == 2 + data[1]


def kind_of(data: bytes) -> Kind:
    """What bytes are by their outline; OTHER where they cannot be read."""
    try:
        return kinds.of_der(der.read(data).expect(der.SEQUENCE))
    except DerError:
        return Kind.OTHER


class Opener:
    """Opens the binary parts of one file. SECURITY: the password is in no ``repr``, and in no message."""

    def __init__(self, name: str, password: str | None = None, ask: Callable[[], str] | None = None) -> None:
        self.name = name
        self.password = password
        self.ask = ask
        self.effort: Effort | None = None

    def open(self, data: bytes, place: Place | None = None) -> Held:
        """The certificates in DER or BER. `place` is where the bytes stand. Raises InputError, PasswordError."""
        place = place or Place(self.name)
        node = self._outer(data, place)
        match kinds.of_der(node):
            case Kind.CERTIFICATE:
                return Held("DER", (self.certificate(node.raw, place),))
            case Kind.PKCS7 | Kind.PFX as kind:
                # Imported here: a file that is one certificate pays nothing for the others.
                from certgate.pki.files import bundles

                return bundles.pkcs7(self, node, place) if kind is Kind.PKCS7 else bundles.pfx(self, node.raw, place)
            case other:
                raise self.instead([other], place)

    def distinct(self, certificates: Sequence[Certificate]) -> tuple[Certificate, ...]:
        """Each certificate once, where it stood first; with its key when any copy has it."""
        if len(certificates) > MAX_CERTIFICATES:
            raise self.error("limit-exceeded", f"holds more than {MAX_CERTIFICATES:,} certificates")
        kept: dict[bytes, Certificate] = {}
        for one in certificates:
            if one.der not in kept or one.has_private_key:
                kept[one.der] = one
        return tuple(kept.values())

    def instead(self, held: Sequence[Kind], place: Place | None = None) -> InputError:
        """The error for a file without a certificate, by what it holds instead."""
        first = next((kind for kind in held if kind.code != Kind.OTHER.code), next(iter(held), Kind.OTHER))
        return self.error(first.code, first.text, first.hint, place)

    def error(self, code: str, message: str, hint: str | None = None, place: Place | None = None) -> InputError:
        return InputError(message, code=code, place=place or Place(self.name), hint=hint)

    def _outer(self, data: bytes, place: Place) -> Node:
        """The one value that a file consists of, in DER. What follows it is left alone, as .NET does."""
        missing = announced(data) - len(data)
        if missing > 0:
            message = f"is truncated: {len(data):,} of {len(data) + missing:,} bytes are there"
            raise self.error("file-truncated", message, place=place)
        try:
            node = der.read(data)
            if kinds.of_der(node) is not Kind.OTHER:
                return node
        except DerError:
            pass
        try:
            return from_ber(data)
        except DerError as error:
            raise self.error("not-a-certificate", f"holds no certificate: {error}", place=place) from None

    def certificate(
        self, data: bytes, place: Place, has_private_key: bool = False, private_key: PrivateKey | None = None
    ) -> Certificate:
        """The certificate in DER, whose errors name the file. Raises InputError ``certificate-invalid``."""
        try:
            return Certificate(data, has_private_key, self.name, private_key)
        except InputError as error:
            raise self.error(error.code, error.message, error.hint, place) from None


def from_ber(data: bytes) -> Node:
    """The first value of `data`, which may be BER, as DER. Raises DerError."""
    from certgate.pki.files.ber import to_der

    return der.read(to_der(data))


def announced(data: bytes) -> int:
    """How many bytes the outer value says it has; 0 where it does not say."""
    if len(data) < 2 or data[1] <= 0x80:
        return 2 + data[1] if len(data) >= 2 and data[1] < 0x80 else 0
    size = data[1] & 0x7F
    return 2 + size + int.from_bytes(data[2 : 2 + size]) if size <= 4 else 0
