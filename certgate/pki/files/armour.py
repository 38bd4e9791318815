"""Armour: base64 between BEGIN and END lines (RFC 7468), and base64 without them.

Knows labels and where a block stands; knows nothing of what is inside.
"""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.source import Place

if TYPE_CHECKING:
    from certgate.core.finding import Finding
    from certgate.core.source import Text

BEGIN = "-----BEGIN "
END = "-----END "
MAX_BLOCKS = 2_000
"""SECURITY: the most blocks that are read of one file."""

# Patterns are compiled when first used: most files need only the first, and compiling all is felt at start-up.
_BOUNDARY = r"-----(BEGIN|END) ([^\r\n-]{1,60})-----"
_NOT_BASE64 = r"[^A-Za-z0-9+/=\s]"
_HEADER = r"\s*(?:[A-Za-z][A-Za-z0-9-]{0,40}:[^\r\n]*(?:\r\n|\r|\n)(?:[ \t][^\r\n]*(?:\r\n|\r|\n))*)+"
_INVISIBLE = str.maketrans(dict.fromkeys("\ufeff\u200b\u200e\u200f", " "))


_ALONE = f"{BEGIN}CERTIFICATE-----".encode(), f"{END}CERTIFICATE-----".encode()


def alone(data: bytes) -> bytes | None:
    """The bytes of the block that a file of text consists of, when that is one certificate as it is usually written.

    None for every other file, which is for `blocks` to read; it finds the same in those that are answered here.
    """
    begin, end = _ALONE
    text = data.rstrip()
    if not (text.startswith(begin) and text.endswith(end)):
        return None
    packed = text[len(begin) : -len(end)].translate(None, b"\r\n")
    try:
        return binascii.a2b_base64(packed, strict_mode=True) or None
    except ValueError:
        return None


class Block(NamedTuple):
    """One block: its label, its bytes, and where its BEGIN line stands. `encrypted`: its headers say so (RFC 1421)."""

    label: str
    data: bytes
    encrypted: bool
    place: Place


def blocks(text: Text) -> tuple[list[Block], list[Finding]]:
    """The blocks of a text in order, and what is wrong with the others (``pem-broken``, ``file-truncated``).

    Anything may stand around the blocks; a BEGIN line need not start its line nor end it.
    """
    found: list[Block] = []
    problems: list[Finding] = []
    begin: re.Match[str] | None = None
    for boundary in re.finditer(_BOUNDARY, text.text):
        if len(found) + len(problems) >= MAX_BLOCKS:
            problems.append(_problem(text, boundary, f"more than {MAX_BLOCKS} blocks in one file", "limit-exceeded"))
            return found, problems
        if boundary[1] == "BEGIN":
            if begin is not None:
                problems.append(_problem(text, begin, f"the {begin[2]} block has no END line", "pem-broken"))
            begin = boundary
        elif begin is None:
            problems.append(_problem(text, boundary, f"END {boundary[2]} without its BEGIN line", "pem-broken"))
        else:
            result = _block(text, begin, boundary)
            if isinstance(result, Block):
                found.append(result)
            else:
                problems.append(result)
            begin = None
    if begin is not None:
        message = f"is truncated: the {begin[2]} block that starts here has no END line"
        problems.append(_problem(text, begin, message, "file-truncated"))
    return found, problems


def _block(text: Text, begin: re.Match[str], end: re.Match[str]) -> Block | Finding:
    label = begin[2].strip()
    if end[2].strip() != label:
        return _problem(text, end, f"BEGIN {label} ends with END {end[2]}", "pem-broken")
    body = _visible(text.text[begin.end() : end.start()])
    header = re.match(_HEADER, body) if ":" in body else None
    start = header.end() if header else 0
    try:
        data = binascii.a2b_base64("".join(body[start:].split()), strict_mode=True)
    except ValueError:
        bad = re.search(_NOT_BASE64, body[start:])
        if bad is None:
            return _problem(text, begin, f"the base64 of this {label} block is incomplete", "pem-broken")
        return _problem(text, bad, f"{bad[0]!r} in the {label} block is not base64", "pem-broken", begin.end() + start)
    if not data:
        return _problem(text, begin, f"this {label} block is empty", "pem-broken")
    encrypted = header is not None and "ENCRYPTED" in header[0]
    return Block(label, data, encrypted, _place(text, begin.start()))


def _problem(text: Text, at: re.Match[str], message: str, code: str, offset: int = 0) -> Finding:
    """`offset` is where the text that was matched begins."""
    # Imported here: sound files have no problems, and the start-up of the quick commands is counted.
    from certgate.core.finding import Finding

    return Finding(code, message, _place(text, offset + at.start()))


def _place(text: Text, offset: int) -> Place:
    # SECURITY: without the source line, which may hold a private key.
    return Place(text.name, *text.position(offset))


def bare(text: str) -> bytes | None:
    """The bytes of base64 without armour, wrapped or in one line, padded or not; None where it is not base64."""
    packed = "".join(_visible(text).split()).rstrip("=")
    # A single character left over is what a cut file ends in.
    packed = packed[:-1] if len(packed) % 4 == 1 else packed
    try:
        return binascii.a2b_base64(packed + "=" * (-len(packed) % 4), strict_mode=True) or None
    except ValueError:
        return None


def _visible(text: str) -> str:
    """The text with white space, as many characters, in place of characters that are there without being seen.

    A text that once was a string literal or an environment variable has its line ends spelled out.
    """
    return text.replace("\\n", "  ").replace("\\r", "  ").translate(_INVISIBLE)
