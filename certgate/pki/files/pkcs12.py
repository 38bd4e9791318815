"""PFX files (PKCS#12, RFC 7292): integrity check, decryption, and the certificates in them.

Keys are looked at only as far as it takes to say which certificate they belong to; each stays as it is in the file
until somebody uses it. Files that are signed or encrypted with certificates instead of a password are not read.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from certgate.core.value import field, frozen, slotted
from certgate.pki import der
from certgate.pki.certificate import Certificate, PrivateKey
from certgate.pki.der import DerError
from certgate.pki.files import pkcs7
from certgate.pki.files.pbe import Effort, Secret, Unsupported, WrongPassword, check_mac, decrypt
from certgate.pki.files.private_keys import owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.pki.der import Node

MAX_BAGS = 1_000
MAX_KEYS = 100
MAX_NESTED = 4
"""SECURITY: bounds on the bags and keys of one file, and on bags inside bags."""

_DATA = "1.2.840.113549.1.7.1"
_ENCRYPTED_DATA = "1.2.840.113549.1.7.6"
_BAGS = "1.2.840.113549.1.12.10.1."
_KEY, _SHROUDED_KEY, _CERTIFICATE, _NESTED = (_BAGS + number for number in ("1", "2", "3", "6"))
_X509 = "1.2.840.113549.1.9.22.1"
_LOCAL_KEY_ID = "1.2.840.113549.1.9.21"
_VALUE = 0xA0
_CONTENT = 0x80
_CONTENT_IN_PIECES = 0xA0


@frozen
class Entry:
    """A certificate of the file, DER, and whether its private key is there too."""

    der: bytes
    has_private_key: bool
    private_key: PrivateKey | None = field(default=None, repr=False, compare=False)


@frozen
class Contents:
    """What a file holds: its certificates in order, and how many private keys."""

    entries: tuple[Entry, ...]
    keys: int


@frozen
class _Bag:
    kind: str
    value: Node
    local_id: bytes | None


@slotted
class _Opened:
    """The bags of a file while it is being read, and what is known of the password by then."""

    secrets: tuple[Secret, ...]
    effort: Effort
    proven: bool = False
    bags: list[_Bag] = field(default_factory=list)

    def decrypt(self, algorithm: Node, data: bytes) -> bytes:
        """Decrypt with the spelling of the password that fits; from then on only that one is tried."""
        for secret in self.secrets:
            try:
                plain = decrypt(algorithm, data, secret, self.effort)
            except WrongPassword:
                continue
            if _is_sequence(plain):
                self.secrets, self.proven = (secret,), True
                return plain
        if self.proven:
            raise DerError("a part does not open with the password of the others")
        raise WrongPassword


def read(data: bytes, password: str | None, effort: Effort) -> Contents:
    """The certificates of a PFX, DER; `password` None: none was given.

    Raises WrongPassword, and Unsupported, LimitExceeded, ValueError for a file that cannot be read at all.
    """
    opened = _Opened(Secret.spellings(password), effort)
    content_type, content, mac = _outline(data)
    if content_type != _DATA:
        raise Unsupported(f"{pkcs7.CONTENT_NAMES.get(content_type, content_type)} in place of a password")
    safe = content.expect(der.OCTET_STRING).content
    if mac is not None:
        opened.secrets = (_fitting(mac, safe, opened),)
        opened.proven = True
    for info in der.read_only(safe, der.SEQUENCE).children(MAX_BAGS):
        opened.bags += _bags(_safe_contents(info, opened), 0)
        if len(opened.bags) > MAX_BAGS:
            raise DerError(f"more than {MAX_BAGS} bags")
    return _contents(opened)


def _is_sequence(plain: bytes) -> bool:
    """One time in 256 a wrong password leaves a valid padding; what stands before it then is no structure."""
    try:
        return der.read_only(plain).tag == der.SEQUENCE
    except DerError:
        return False


def _outline(data: bytes) -> tuple[str, Node, Node | None]:
    parts = der.read(data).expect(der.SEQUENCE).children(3)
    if len(parts) < 2 or der.integer(parts[0].expect(der.INTEGER).content) != 3:
        raise DerError("not the outline of a PFX")
    return *pkcs7.content_info(parts[1]), parts[2] if len(parts) == 3 else None


def _fitting(mac: Node, content: bytes, opened: _Opened) -> Secret:
    for secret in opened.secrets:
        if check_mac(mac, content, secret, opened.effort):
            return secret
    raise WrongPassword


def _safe_contents(info: Node, opened: _Opened) -> Node:
    """The SafeContents in one part of the file, decrypted where it is encrypted."""
    content_type, content = pkcs7.content_info(info)
    if content_type == _DATA:
        return der.read(content.expect(der.OCTET_STRING).content).expect(der.SEQUENCE)
    if content_type != _ENCRYPTED_DATA:
        raise Unsupported(f"{pkcs7.CONTENT_NAMES.get(content_type, content_type)} inside the PFX")
    encrypted = content.expect(der.SEQUENCE).children(3)[1]
    _, algorithm, data = encrypted.expect(der.SEQUENCE).children(3)
    if data.tag == _CONTENT_IN_PIECES:
        return der.read(opened.decrypt(algorithm, b"".join(piece.content for piece in data)))
    return der.read(opened.decrypt(algorithm, data.expect(_CONTENT).content))


def _bags(contents: Node, depth: int) -> Iterator[_Bag]:
    if depth > MAX_NESTED:
        raise DerError("bags nested too deep")
    for node in contents.children(MAX_BAGS):
        kind, wrapped, *attributes = node.expect(der.SEQUENCE).children(3)
        [value] = wrapped.expect(_VALUE).children(1)
        oid = der.oid(kind.expect(der.OID).content)
        if oid == _NESTED:
            yield from _bags(value.expect(der.SEQUENCE), depth + 1)
        else:
            yield _Bag(oid, value, _local_id(attributes[0]) if attributes else None)


def _local_id(attributes: Node) -> bytes | None:
    for attribute in attributes.expect(der.SET).children(64):
        name, values = attribute.expect(der.SEQUENCE).children(2)
        if der.oid(name.expect(der.OID).content) == _LOCAL_KEY_ID:
            return values.children(1)[0].content
    return None


def _contents(opened: _Opened) -> Contents:
    found = [(bag, _certificate(bag.value)) for bag in opened.bags if bag.kind == _CERTIFICATE]
    certificates = [(bag, encoded) for bag, encoded in found if encoded is not None]
    keys = [bag for bag in opened.bags if bag.kind in (_KEY, _SHROUDED_KEY)]
    if len(keys) > MAX_KEYS:
        raise DerError(f"more than {MAX_KEYS} private keys")
    owned = {at: PrivateKey(partial(_private_key, key, opened)) for key, at in _owners(keys, certificates, opened)}
    entries = tuple(Entry(encoded, at in owned, owned.get(at)) for at, (_, encoded) in enumerate(certificates))
    return Contents(entries, len(keys))


def _owners(
    keys: list[_Bag], certificates: list[tuple[_Bag, bytes]], opened: _Opened
) -> Iterator[tuple[_Bag, int | None]]:
    """Each key and whose it is: by their common identifier, else by the public key."""
    parsed: list[Certificate] = []
    for key in keys:
        marked = _by_local_id(key, certificates)
        # SECURITY: a key is decrypted only where nothing else proves the password or tells whose key it is.
        private_key = b"" if marked is not None and opened.proven else _private_key(key, opened)
        if marked is None:
            parsed = parsed or [Certificate(encoded) for _, encoded in certificates]
            marked = owner(private_key, parsed)
        yield key, marked


def _certificate(bag: Node) -> bytes | None:
    """The certificate in a CertBag; None for a kind that is not X.509."""
    kind, wrapped = bag.expect(der.SEQUENCE).children(2)
    if der.oid(kind.expect(der.OID).content) != _X509:
        return None
    [value] = wrapped.expect(_VALUE).children(1)
    return value.expect(der.OCTET_STRING).content


def _private_key(bag: _Bag, opened: _Opened) -> bytes:
    if bag.kind == _KEY:
        return bag.value.raw
    algorithm, data = bag.value.expect(der.SEQUENCE).children(2)
    return opened.decrypt(algorithm, data.expect(der.OCTET_STRING).content)


def _by_local_id(key: _Bag, certificates: list[tuple[_Bag, bytes]]) -> int | None:
    if key.local_id is None:
        return None
    return next((at for at, (bag, _) in enumerate(certificates) if bag.local_id == key.local_id), None)
