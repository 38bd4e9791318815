"""Encryption and integrity from a password, as PFX files use them: PKCS#12 (RFC 7292), PBES2 and PBMAC1 (RFC 8018).

Knows algorithms and their parameters, not what they protect. cryptography is loaded when something is decrypted.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, TypeVar

from certgate.core.value import field, frozen, slotted
from certgate.pki import der
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from certgate.pki.der import Node

T = TypeVar("T")

MAX_ROUNDS = 5_000_000
"""SECURITY: the most hash computations that one file may cost, a few seconds; a hostile file could ask for 2^31."""
MAX_SALT = 1024
_RC2_COST = 50
"""What decrypting a block of RC2 costs, which is done in Python, in hash computations."""

_PBES2 = "1.2.840.113549.1.5.13"
_PBMAC1 = "1.2.840.113549.1.5.14"
_PBKDF2 = "1.2.840.113549.1.5.12"
_DIGESTS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_HMACS = {
    "1.2.840.113549.2.7": "sha1",
    "1.2.840.113549.2.8": "sha224",
    "1.2.840.113549.2.9": "sha256",
    "1.2.840.113549.2.10": "sha384",
    "1.2.840.113549.2.11": "sha512",
}
_SCHEMES = {
    "1.2.840.113549.1.12.1.3": ("3des", 24),
    "1.2.840.113549.1.12.1.4": ("3des", 16),
    "1.2.840.113549.1.12.1.5": ("rc2", 16),
    "1.2.840.113549.1.12.1.6": ("rc2", 5),
}
"""PKCS#12's own schemes: cipher and key size in bytes (RFC 7292 appendix C)."""
_CIPHERS = {
    "2.16.840.1.101.3.4.1.2": ("aes", 16),
    "2.16.840.1.101.3.4.1.22": ("aes", 24),
    "2.16.840.1.101.3.4.1.42": ("aes", 32),
    "1.2.840.113549.3.7": ("3des", 24),
    "1.2.840.113549.3.2": ("rc2", 16),
}
"""PBES2's ciphers, all in CBC mode (RFC 8018 appendix B.2)."""
_RC2_VERSIONS = {160: 40, 120: 64, 58: 128}
"""How RC2's parameters spell its effective bits (RFC 8018 appendix B.2.3)."""
_NAMES = {
    "1.2.840.113549.1.12.1.1": "RC4 with 128 bits",
    "1.2.840.113549.1.12.1.2": "RC4 with 40 bits",
    "1.2.840.113549.1.5.1": "DES with MD2",
    "1.2.840.113549.1.5.3": "DES with MD5",
    "1.2.840.113549.1.5.4": "RC2 with MD2",
    "1.2.840.113549.1.5.6": "RC2 with MD5",
    "1.2.840.113549.1.5.10": "DES with SHA-1",
    "1.2.840.113549.1.5.11": "RC2 with SHA-1",
    "1.3.14.3.2.7": "DES",
    "1.3.6.1.4.1.11591.4.11": "scrypt",
    "2.16.840.1.101.3.4.1.6": "AES-128 in GCM mode",
    "2.16.840.1.101.3.4.1.26": "AES-192 in GCM mode",
    "2.16.840.1.101.3.4.1.46": "AES-256 in GCM mode",
    "1.2.840.113549.2.5": "MD5",
    "2.16.840.1.101.3.4.2.8": "SHA3-256",
    "2.16.840.1.101.3.4.2.10": "SHA3-512",
    "1.2.643.7.1.1.2.2": "GOST R 34.11-2012",
}
"""Algorithms that certgate has not got, for the message."""


class Unsupported(Exception):
    """An algorithm that certgate has not got; the message names it."""

    def __init__(self, oid: str) -> None:
        super().__init__(f"{_NAMES[oid]} ({oid})" if oid in _NAMES else oid)


class WrongPassword(Exception):
    """What was decrypted is not what was encrypted, or the integrity check failed."""


class LimitExceeded(Exception):
    """The file asks for more work than certgate does; the message says how much."""


@slotted
class Effort:
    """How much work one file may still cause, in hash computations."""

    left: int = MAX_ROUNDS

    def spend(self, rounds: int, blocks: int) -> int:
        """`rounds`, when there is enough left. Raises LimitExceeded, DerError."""
        if rounds < 1:
            raise DerError("an iteration count below 1")
        self.left -= rounds * blocks
        if self.left < 0:
            raise LimitExceeded(f"asks for too much work: more than {MAX_ROUNDS:,} rounds of password hashing")
        return rounds


@frozen
class Secret:
    """A password in the two encodings that PFX files use. SECURITY: in no ``repr``."""

    utf8: bytes = field(repr=False)
    bmp: bytes = field(repr=False)
    """UTF-16, big endian, with its terminator."""

    @classmethod
    def spellings(cls, password: str | None) -> tuple[Secret, ...]:
        """The ways a password may have been used: an empty one and none at all are written alike by most programs."""
        none, empty = cls(b"", b""), cls(b"", b"\0\0")
        if password is None:
            return (none, empty)
        if not password:
            return (empty, none)
        utf8, bmp = (password.encode(encoding, "surrogatepass") for encoding in ("utf-8", "utf-16-be"))
        return (cls(utf8, bmp + b"\0\0"),)


def decrypt(algorithm: Node, data: bytes, secret: Secret, effort: Effort) -> bytes:
    """Decrypt by an AlgorithmIdentifier. Raises Unsupported, WrongPassword, LimitExceeded, ValueError."""
    oid, parameters = _identifier(algorithm)
    if oid == _PBES2:
        return _decrypt_pbes2(parameters, data, secret, effort)
    if oid not in _SCHEMES:
        raise Unsupported(oid)
    cipher, size = _SCHEMES[oid]
    salt, rounds = _salt_and_rounds(parameters)
    key = _pkcs12_key(1, size, salt, rounds, "sha1", secret, effort)
    iv = _pkcs12_key(2, 8, salt, rounds, "sha1", secret, effort)
    if cipher == "rc2":
        return _unpad(_decrypt_rc2(key, iv, data, 8 * size, effort), 8)
    return _unpad(_decrypt(cipher, key, iv, data), 8)


def check_mac(mac_data: Node, content: bytes, secret: Secret, effort: Effort) -> bool:
    """Whether a PFX's MacData fits its content and the password. Raises Unsupported, LimitExceeded, ValueError."""
    info, salt, *rounds = mac_data.expect(der.SEQUENCE).children(3)
    algorithm, expected = info.expect(der.SEQUENCE).children(2)
    oid, parameters = _identifier(algorithm)
    if oid == _PBMAC1:
        derivation, scheme = _two(parameters)
        digest = _known(_identifier(scheme)[0], _HMACS)
        key = _derive(derivation, None, secret, effort)
    else:
        digest = _known(oid, _DIGESTS)
        count = der.integer(rounds[0].expect(der.INTEGER).content) if rounds else 1
        size = hashlib.new(digest, usedforsecurity=False).digest_size
        key = _pkcs12_key(3, size, _salt(salt), count, digest, secret, effort)
    return hmac.compare_digest(hmac.digest(key, content, digest), expected.expect(der.OCTET_STRING).content)


def _decrypt_pbes2(parameters: Node | None, data: bytes, secret: Secret, effort: Effort) -> bytes:
    derivation, scheme = _two(parameters)
    oid, options = _identifier(scheme)
    cipher, size = _known(oid, _CIPHERS)
    bits = 8 * size
    if options is not None and cipher == "rc2":
        version, *rest = options.expect(der.SEQUENCE).children(2)
        if rest:
            number = der.integer(version.content)
            bits = _RC2_VERSIONS.get(number, number)
            options = rest[0]
    if options is None:
        raise DerError("a cipher without its initial vector")
    # RC2 takes keys of any size: only the derivation says of which.
    key = _derive(derivation, None if cipher == "rc2" else size, secret, effort)
    iv = options.expect(der.OCTET_STRING).content
    if cipher == "rc2":
        return _unpad(_decrypt_rc2(key, iv, data, bits, effort), 8)
    return _unpad(_decrypt(cipher, key, iv, data), 16 if cipher == "aes" else 8)


def _derive(derivation: Node, size: int | None, secret: Secret, effort: Effort) -> bytes:
    """A key by PBKDF2 (RFC 8018 appendix A.2); `size` in bytes, None: the size that the parameters name."""
    oid, parameters = _identifier(derivation)
    if oid != _PBKDF2:
        raise Unsupported(oid)
    if parameters is None:
        raise DerError("PBKDF2 without parameters")
    salt, rounds, *rest = parameters.expect(der.SEQUENCE).children(4)
    digest = "sha1"
    for part in rest:
        if part.tag == der.INTEGER:
            size = size or der.integer(part.content)
        else:
            digest = _known(_identifier(part)[0], _HMACS)
    if size is None or not 1 <= size <= 64:
        raise DerError("a key size that no algorithm has")
    blocks = -(-size // hashlib.new(digest, usedforsecurity=False).digest_size)
    count = effort.spend(der.integer(rounds.expect(der.INTEGER).content), blocks)
    return hashlib.pbkdf2_hmac(digest, secret.utf8, _salt(salt), count, size)


def _pkcs12_key(
    purpose: int, size: int, salt: bytes, rounds: int, digest: str, secret: Secret, effort: Effort
) -> bytes:
    """A key by PKCS#12's own derivation (RFC 7292 appendix B.2); `purpose` 1 is a key, 2 an IV, 3 a MAC key."""
    new = getattr(hashlib, digest)
    width = new().block_size
    filled = bytearray(_fill(salt, width) + _fill(secret.bmp, width))
    derived = b""
    while len(derived) < size:
        effort.spend(rounds, 1)
        block = new(bytes([purpose]) * width + filled).digest()
        for _ in range(rounds - 1):
            block = new(block).digest()
        derived += block
        addend = int.from_bytes(_fill(block, width)[:width]) + 1
        for at in range(0, len(filled), width):
            value = int.from_bytes(filled[at : at + width]) + addend
            filled[at : at + width] = (value % (1 << 8 * width)).to_bytes(width)
    return derived[:size]


def _fill(data: bytes, width: int) -> bytes:
    """`data`, repeated up to the next multiple of `width`."""
    size = width * -(-len(data) // width)
    return (data * (size // len(data) + 1))[:size] if data else b""


def _decrypt_rc2(key: bytes, iv: bytes, data: bytes, bits: int, effort: Effort) -> bytes:
    from certgate.pki.files.rc2 import BLOCK, decrypt_cbc

    effort.spend(max(1, len(data) // BLOCK), _RC2_COST)
    return decrypt_cbc(key, bits, iv, data)


def _decrypt(cipher: str, key: bytes, iv: bytes, data: bytes) -> bytes:
    """CBC mode, padding left on. Raises DerError where the sizes do not fit."""
    try:
        from cryptography.hazmat.primitives.ciphers import Cipher, modes

        if cipher == "aes":
            from cryptography.hazmat.primitives.ciphers.algorithms import AES

            decryptor = Cipher(AES(key), modes.CBC(iv)).decryptor()
        else:
            from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES

            three = key if len(key) == 24 else key + key[:8]
            decryptor = Cipher(TripleDES(three), modes.CBC(iv)).decryptor()
        return decryptor.update(data) + decryptor.finalize()
    except ValueError:
        raise DerError("encrypted data of a size that its cipher cannot have") from None


def _unpad(data: bytes, block: int) -> bytes:
    """Without the padding of RFC 8018 section 6.1.1. Raises WrongPassword where it is none."""
    count = data[-1] if data else 0
    if not 1 <= count <= block or data[-count:] != bytes([count]) * count:
        raise WrongPassword
    return data[:-count]


def _identifier(node: Node) -> tuple[str, Node | None]:
    """Object identifier and parameters of an AlgorithmIdentifier."""
    parts = node.expect(der.SEQUENCE).children(2)
    if not parts:
        raise DerError("an algorithm without identifier")
    return der.oid(parts[0].expect(der.OID).content), parts[1] if len(parts) == 2 else None


def _two(node: Node | None) -> tuple[Node, Node]:
    if node is None:
        raise DerError("an algorithm without parameters")
    first, second = node.expect(der.SEQUENCE).children(2)
    return first, second


def _salt_and_rounds(node: Node | None) -> tuple[bytes, int]:
    salt, rounds = _two(node)
    return _salt(salt), der.integer(rounds.expect(der.INTEGER).content)


def _salt(node: Node) -> bytes:
    salt = node.expect(der.OCTET_STRING).content
    if len(salt) > MAX_SALT:
        raise DerError(f"a salt of {len(salt)} bytes")
    return salt


def _known(oid: str, table: dict[str, T]) -> T:
    if oid not in table:
        raise Unsupported(oid)
    return table[oid]
