"""Percent-encoding and HTML entities, as ``System.Uri`` and ``System.Net.WebUtility`` write and read them."""

from __future__ import annotations

import re

from certgate.csharp.values import from_utf16, to_utf16

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
_FORM_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!*()")
_RUN = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ENTITY = re.compile(r"&([^&;]*);")


def percent_encode(text: str, safe: frozenset[int] = _UNRESERVED) -> str:
    """UTF-8 bytes that are not `safe` as ``%XX``."""
    data = from_utf16(text).encode("utf-8")
    return "".join(chr(byte) if byte in safe else f"%{byte:02X}" for byte in data)


def percent_decode(text: str) -> str:
    """Only what decodes to whole UTF-8 characters is decoded; the rest stays as it is."""
    return _RUN.sub(lambda run: _decode_run(run[0]), text)


def _decode_run(run: str) -> str:
    data = bytes.fromhex(run.replace("%", ""))
    out: list[str] = []
    at = 0
    while at < len(data):
        length = _sequence_length(data, at)
        if length:
            out.append(to_utf16(data[at : at + length].decode("utf-8")))
        else:
            length = 1
            out.append(run[at * 3 : at * 3 + 3])
        at += length
    return "".join(out)


def _sequence_length(data: bytes, at: int) -> int:
    """The bytes of the UTF-8 character at `at`; 0 where there is none."""
    first = data[at]
    length = 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    try:
        data[at : at + length].decode("utf-8")
    except UnicodeDecodeError:
        return 0
    return length


def form_encode(text: str) -> str:
    """For forms: a space is ``+``."""
    return percent_encode(text, _FORM_SAFE | {0x20}).replace(" ", "+")


def form_encode_bytes(data: bytes) -> bytes:
    encoded = (bytes([byte]) if byte in _FORM_SAFE else b"+" if byte == 0x20 else b"%%%02X" % byte for byte in data)
    return b"".join(encoded)


def form_decode(text: str) -> str:
    """``+`` is a space; bytes that are no UTF-8 become U+FFFD; a broken escape stays."""
    return to_utf16(_decode_bytes(text))


def _decode_bytes(text: str) -> str:
    """Escapes and ASCII characters beside them make one run of bytes."""
    out: list[str] = []
    pending = bytearray()
    at = 0
    while at < len(text):
        char = text[at]
        if char == "%" and _RUN.match(text, at):
            pending.append(int(text[at + 1 : at + 3], 16))
            at += 3
            continue
        if char < "\x80":
            pending.append(0x20 if char == "+" else ord(char))
        else:
            out.append(pending.decode("utf-8", "replace"))
            pending.clear()
            out.append(char)
        at += 1
    out.append(pending.decode("utf-8", "replace"))
    return "".join(out)


def html_encode(text: str) -> str:
    """The five characters of markup, U+00A0 to U+00FF and everything beyond U+FFFF as entities."""
    return "".join(map(_encode_char, from_utf16(text)))


def _encode_char(char: str) -> str:
    named = {"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "&": "&amp;"}.get(char)
    if named is not None:
        return named
    return f"&#{ord(char)};" if "\xa0" <= char <= "\xff" or char > "\uffff" else char


def html_decode(text: str) -> str:
    """Entities that HTML 4 knows, ``&apos;`` and numbers; anything else stays."""
    return to_utf16(_ENTITY.sub(_decode_entity, from_utf16(text)))


def _decode_entity(found: re.Match[str]) -> str:
    from html.entities import name2codepoint

    name = found[1]
    number: int | None = None
    if name[:2] in ("#x", "#X"):
        number = int(name[2:], 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", name[2:]) else None
    elif name[:1] == "#":
        number = int(name[1:]) if re.fullmatch(r"\+?[0-9]{1,10}", name[1:], re.ASCII) else None
    else:
        number = 39 if name == "apos" else name2codepoint.get(name)
    if number is None or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return found[0]
    return chr(number)
