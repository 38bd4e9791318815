"""What a text holds: armour, base64 without armour, or the JSON of Key Vault and ARM, and files inside these.

Private keys are looked at only to say which certificate has one, and kept in memory with it. What is binary is for
`containers` to open.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place, Source, Text
from certgate.core.value import replace
from certgate.pki.certificate import Certificate, PrivateKey
from certgate.pki.files import armour
from certgate.pki.files.containers import Held, Opener, is_binary, kind_of
from certgate.pki.files.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.files.armour import Block

MAX_NESTED = 4
"""SECURITY: how deep files may stand inside files (a PFX in base64 in JSON)."""
MAX_KEYS = 16
"""SECURITY: how many private keys of one file are matched with its certificates."""

_BLANK = "\ufeff\0\x1a \t\r\n"
_BEGIN = armour.BEGIN.encode()


def read(opener: Opener, data: bytes, depth: int = 0) -> Held:
    """What a text holds, or a binary file that stood in one; `depth` counts the files around it.

    Raises InputError and PasswordError, as :func:`certgate.pki.files.load.load` does.
    """
    if depth > MAX_NESTED:
        raise opener.error("limit-exceeded", f"holds files inside files, more than {MAX_NESTED} deep")
    if is_binary(data):
        return opener.open(data)
    text = _decoded(opener.name, data)
    content = text.text.strip(_BLANK) if text else None
    if content == "":
        raise opener.error("file-empty", "holds nothing but white space" if data else "is empty")
    held = _text(opener, text, content, depth) if text and content else None
    if held is None:
        from certgate.pki.files import foreign

        looks_like = foreign.likeness(data, content)
        raise opener.error("not-a-certificate", f"holds no certificate; it looks like {looks_like}")
    return held


def _decoded(name: str, data: bytes) -> Text | None:
    try:
        return Source(name, data).decode()
    except InputError:
        # What stands around the armour may be in any code page; the armour itself is ASCII.
        return Text(name, data.decode("latin-1")) if _BEGIN in data else None


def _text(opener: Opener, text: Text, content: str, depth: int) -> Held | None:
    """What a text holds; None where it is none of the formats."""
    if content[0] in '{["':
        return _json(opener, content, depth)
    if armour.BEGIN in content or armour.END in content:
        return _pem(opener, text)
    decoded = armour.bare(content)
    if decoded is None or not (is_binary(decoded) or _BEGIN in decoded):
        return None
    return _nested(opener, "base64", decoded, depth)


def _json(opener: Opener, content: str, depth: int) -> Held | None:
    from certgate.pki.files import envelopes

    try:
        envelope = envelopes.read(content)
    except envelopes.NoEnvelope as error:
        raise opener.error("not-a-certificate", str(error), error.hint) from None
    except ValueError:
        return None
    inner = Opener(opener.name, envelope.password if opener.password is None else opener.password, opener.ask)
    return _nested(inner, envelope.kind, envelope.text.encode("utf-8", "surrogatepass"), depth)


def _nested(opener: Opener, wrapping: str, data: bytes, depth: int) -> Held:
    """What stands inside a wrapping; of several wrappings the outermost is named."""
    try:
        return read(opener, data, depth + 1)._replace(wrapping=wrapping)
    except InputError as error:
        # The lines of what is inside are not lines of the file.
        problems = [replace(problem, place=Place(opener.name)) for problem in error.problems]
        raise type(error).of(problems) from None


def _pem(opener: Opener, text: Text) -> Held:
    blocks, problems = armour.blocks(text)
    if problems:
        raise InputError.of(problems)
    parts: list[Held] = []
    others: list[Kind] = []
    keys: list[bytes] = []
    for block in blocks:
        kind = _kind(block)
        if kind in (Kind.CERTIFICATE, Kind.PKCS7, Kind.PFX):
            parts.append(opener.open(block.data, block.place))
            continue
        others.append(kind)
        if kind is Kind.PRIVATE_KEY:
            keys.append(block.data)
    if not parts:
        raise opener.instead(others)
    certificates = opener.distinct([one for part in parts for one in part.certificates])
    name = parts[0].format if len(parts) == 1 and parts[0].format != "DER" else "PEM"
    return Held(name, _with_keys(certificates, keys[:MAX_KEYS]), Kind.ENCRYPTED_KEY in others)


def _kind(block: Block) -> Kind:
    """What a block is: a private key by its label, all else by its content, since labels are often wrong."""
    if block.label.endswith("PRIVATE KEY"):
        unreadable = block.encrypted or block.label.startswith(("ENCRYPTED", "OPENSSH"))
        return Kind.ENCRYPTED_KEY if unreadable else Kind.PRIVATE_KEY
    kind = kind_of(block.data)
    # Damaged or cut: opening it says what is wrong.
    return Kind.CERTIFICATE if kind is Kind.OTHER and block.label.endswith("CERTIFICATE") else kind


def _with_keys(certificates: Sequence[Certificate], keys: Sequence[bytes]) -> tuple[Certificate, ...]:
    """The certificates, those with a key among `keys` marked so."""
    if not keys:
        return tuple(certificates)
    from certgate.pki.files.private_keys import owner

    owned = {owner(key, certificates): PrivateKey(partial(bytes, key)) for key in keys}
    return tuple(
        Certificate(one.der, one.has_private_key, one.source, owned.get(at, one.private_key))
        for at, one in enumerate(certificates)
    )
