"""From a file to certificates, whatever the format: it is told by the content, never by a switch or a name.

PEM, DER, base64 without armour, PKCS#7, PFX, and the JSON of Key Vault and ARM, one inside another. Private keys are
looked at only to say which certificate has one. Knows nothing of trust.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place, Source, Text
from certgate.pki import kinds
from certgate.pki.certificate import Certificate
from certgate.pki.containers import Held, Opener, is_binary, kind_of
from certgate.pki.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from certgate.core.finding import Finding
    from certgate.pki.armour import Block

MAX_NESTED = 4
"""SECURITY: how deep files may stand inside files (a PFX in base64 in JSON)."""
MAX_KEYS = 16
"""SECURITY: how many private keys of one file are matched with its certificates."""

_BLANK = "\ufeff\0\x1a \t\r\n"
_BEGIN = b"-----BEGIN "


@dataclass(frozen=True, slots=True)
class Certificates:
    """The certificates of one file: the leaf, and the others in the order of the file. Iterates over all, leaf first.

    `format` is for people: ``PEM``, ``PFX``, ``Key Vault secret (PFX)``; `source` is the file as typed.
    """

    leaf: Certificate
    others: tuple[Certificate, ...] = ()
    format: str = ""
    source: str = ""

    def __iter__(self) -> Iterator[Certificate]:
        yield self.leaf
        yield from self.others

    def __len__(self) -> int:
        return 1 + len(self.others)


def load(source: Source, password: str | None = None, *, ask: Callable[[], str] | None = None) -> Certificates:
    """The certificates of a file. `password` is for a PFX; `ask` is called once when a PFX needs one and none is given.

    Raises InputError (``file-empty``, ``file-truncated``, ``file-damaged``, ``pem-broken``, ``not-a-certificate``,
    ``private-key-only``, ``is-csr``, ``is-crl``, ``is-public-key``, ``leaf-ambiguous``, ``certificate-invalid``,
    ``algorithm-unsupported``, ``limit-exceeded``, ``file-too-large``) and PasswordError (``password-missing``,
    ``password-wrong``).
    """
    held = _read(Opener(source.name, password, ask), source.within().data, 0)
    chosen = _leaf(held.certificates, source.name)
    others = tuple(one for one in held.certificates if one is not chosen)
    if held.unread_key and not any(one.has_private_key for one in held.certificates):
        chosen = Certificate(chosen.der, True, source.name)
    return Certificates(chosen, others, held.name, source.name)


def _leaf(certificates: Sequence[Certificate], source: str) -> Certificate:
    if len(certificates) == 1:
        return certificates[0]
    from certgate.pki.leaf import choose

    return choose(certificates, source)


def load_all(
    source: Source, password: str | None = None, *, ask: Callable[[], str] | None = None
) -> tuple[Certificate, ...]:
    """All certificates of a file in its order, none preferred; at least one. Raises as :func:`load` does."""
    return _read(Opener(source.name, password, ask), source.within().data, 0).certificates


def _read(opener: Opener, data: bytes, depth: int) -> Held:
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
        raise opener.error(
            "not-a-certificate", f"holds no certificate; it looks like {kinds.of_foreign(data, content)}"
        )
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
    # Imported here, as the readers of all formats but DER are: a file pays for its own.
    from certgate.pki import armour

    if armour.BEGIN in content or armour.END in content:
        return _pem(opener, *armour.blocks(text))
    decoded = armour.bare(content)
    if decoded is None or not (is_binary(decoded) or _BEGIN in decoded):
        return None
    return _nested(opener, "base64", decoded, depth)


def _json(opener: Opener, content: str, depth: int) -> Held | None:
    from certgate.pki import envelopes

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
        return _read(opener, data, depth + 1)._replace(wrapping=wrapping)
    except InputError as error:
        # The lines of what is inside are not lines of the file.
        problems = [replace(problem, place=Place(opener.name)) for problem in error.problems]
        raise type(error).of(problems) from None


def _pem(opener: Opener, blocks: Sequence[Block], problems: Sequence[Finding]) -> Held:
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
    from certgate.pki.private_keys import owner

    owners = {owner(key, certificates) for key in keys}
    return tuple(
        Certificate(one.der, one.has_private_key or at in owners, one.source) for at, one in enumerate(certificates)
    )
