"""``System.String.Split``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import casing
from certgate.csharp.dotnet.text.string_type import STRING
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import EnumValue, NetArray, array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NO_LIMIT = 2**31 - 1
_REMOVE_EMPTY, _TRIM = 1, 2

_EACH = 16
"""What a piece is charged besides its characters: it and its place take that much memory."""

Separators = list[tuple[int, int]]
"""Start and length of each separator found, in order."""


@STRING.method("string[] Split(params char[] separator)")
def split_params(self: str, separator: NetArray | None) -> NetArray:
    return _by_chars(self, separator, _NO_LIMIT, 0)


@STRING.method("string[] Split(char[] separator, int count)")
def split_chars_count(self: str, separator: NetArray | None, count: int) -> NetArray:
    return _by_chars(self, separator, count, 0)


@STRING.method("string[] Split(char[] separator, StringSplitOptions options)")
def split_chars_options(self: str, separator: NetArray | None, options: EnumValue) -> NetArray:
    return _by_chars(self, separator, _NO_LIMIT, options.value)


@STRING.method("string[] Split(char[] separator, int count, StringSplitOptions options)")
def split_chars(self: str, separator: NetArray | None, count: int, options: EnumValue) -> NetArray:
    return _by_chars(self, separator, count, options.value)


@STRING.method("string[] Split(char separator, StringSplitOptions options = None)")
def split_char(self: str, separator: str, options: EnumValue) -> NetArray:
    return _split(self, _NO_LIMIT, options.value, lambda text: _find_all(text, separator))


@STRING.method("string[] Split(char separator, int count, StringSplitOptions options = None)")
def split_char_count(self: str, separator: str, count: int, options: EnumValue) -> NetArray:
    return _split(self, count, options.value, lambda text: _find_all(text, separator))


@STRING.method("string[] Split(string separator, StringSplitOptions options = None)")
def split_string(self: str, separator: str | None, options: EnumValue) -> NetArray:
    return _split(self, _NO_LIMIT, options.value, lambda text: _find_all(text, separator))


@STRING.method("string[] Split(string separator, int count, StringSplitOptions options = None)")
def split_string_count(self: str, separator: str | None, count: int, options: EnumValue) -> NetArray:
    return _split(self, count, options.value, lambda text: _find_all(text, separator))


@STRING.method("string[] Split(string[] separator, StringSplitOptions options)")
def split_strings(self: str, separator: NetArray | None, options: EnumValue) -> NetArray:
    return split_strings_count(self, separator, _NO_LIMIT, options)


@STRING.method("string[] Split(string[] separator, int count, StringSplitOptions options)")
def split_strings_count(self: str, separator: NetArray | None, count: int, options: EnumValue) -> NetArray:
    if separator is None or not separator.items:
        return _by_chars(self, None, count, options.value)
    wanted = [text for text in separator.items if text]
    return _split(self, count, options.value, lambda text: list(_find_any(text, wanted)))


def _by_chars(text: str, separator: NetArray | None, count: int, options: int) -> NetArray:
    if separator is None or not separator.items:
        return _split(text, count, options & ~_TRIM, lambda whole: _find_chars(whole, casing.WHITE))
    chars = "".join(separator.items)
    return _split(text, count, options, lambda whole: _find_chars(whole, chars))


def _find_chars(text: str, chars: str) -> Separators:
    charge_size(_EACH * sum(map(text.count, set(chars))))
    return [(at, 1) for at, char in enumerate(text) if char in chars]


def _find_all(text: str, separator: str | None) -> Separators:
    found: Separators = []
    if separator:
        charge_size(_EACH * text.count(separator))
        at = text.find(separator)
        while at >= 0:
            found.append((at, len(separator)))
            at = text.find(separator, at + len(separator))
    return found


def _find_any(text: str, separators: list[str]) -> Iterator[tuple[int, int]]:
    """The first of `separators` that fits at a place counts, in the order given."""
    firsts = {separator[0] for separator in separators}
    at = 0
    while at < len(text):
        length = 0
        if text[at] in firsts:
            length = next((len(separator) for separator in separators if text.startswith(separator, at)), 0)
        if length:
            charge_size(_EACH)
            yield at, length
        at += length or 1


def _split(text: str, count: int, options: int, find: Callable[[str], Separators]) -> NetArray:
    if count < 0:
        raise faults.negative("count", count)
    if not 0 <= options <= 3:
        raise faults.argument("Value of flags is invalid.", "options")
    separators = find(text) if count > 1 and text else []
    if not separators:
        return array(types.STRING, _alone(text, count, options))
    charge_size(len(text))
    return array(types.STRING, _cut(text, separators, count, options))


def _alone(text: str, count: int, options: int) -> list[str]:
    entry = _trimmed(text, options)
    return [entry] if count and (entry or not options & _REMOVE_EMPTY) else []


def _trimmed(entry: str, options: int) -> str:
    return entry.strip(casing.WHITE) if options & _TRIM else entry


def _cut(text: str, separators: Separators, count: int, options: int) -> list[str]:
    keep_empty = not options & _REMOVE_EMPTY
    entries: list[str] = []
    start = index = 0
    while index < len(separators) and len(entries) < count - 1:
        at, length = separators[index]
        entry = _trimmed(text[start:at], options)
        if entry or keep_empty:
            entries.append(entry)
        start, index = at + length, index + 1
    if not keep_empty and len(entries) == count - 1:
        while index < len(separators) and not _trimmed(text[start : separators[index][0]], options):
            start, index = sum(separators[index]), index + 1
    last = _trimmed(text[start:], options)
    return [*entries, last] if last or keep_empty else entries
