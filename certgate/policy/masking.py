"""Secrets masked in a text: as they are, and as XML, JSON, C#, addresses and base64 write them.

Knows texts only; which of them are secret, named values and runs say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "***"

_HEAD = 8
_PIECE = 12
"""SECURITY: messages quote the beginning of long texts; a beginning of a secret this long is masked too."""
_KEPT = "/:@!$&'()*+,;=?#[]-._~%"
"""What stands in an address as it is."""


class Masking:
    """Masks `secrets`, and `more` texts, such as what an expression made of a secret, in any case."""

    __slots__ = ("_forms", "_heads", "_whole")

    def __init__(self, secrets: Iterable[str], more: Iterable[str] = ()) -> None:
        own = {form for text in secrets for form in _forms(text) if form}
        forms = own | {form for text in more for form in _escaped(text) if form}
        self._whole = _any(sorted(forms, key=len, reverse=True))
        self._forms = [form.lower() for form in sorted(own, key=len, reverse=True) if len(form) > _PIECE]
        self._heads = _any(form[:_HEAD] for form in self._forms) if self._forms else None

    def __call__(self, text: str) -> str:
        text = self._whole.sub(MASK, text)
        return text if self._heads is None else self._without_beginnings(self._heads, text)

    def _without_beginnings(self, heads: re.Pattern[str], text: str) -> str:
        """The text without what is left of a secret where it is cut off."""
        parts, at = [], 0
        for found in heads.finditer(text):
            start = found.start()
            end = max(_beginning(form, text, start) for form in self._forms)
            if start >= at and end - start >= _PIECE and text[end : end + 1] in ("", "'", '"', "…"):
                parts += [text[at:start], MASK]
                at = end
        return "".join([*parts, text[at:]]) if parts else text


def _any(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, texts)) or r"(?!)", re.IGNORECASE)


def _beginning(form: str, text: str, at: int) -> int:
    """Where the text stops being the beginning of `form`."""
    for char in form:
        if text[at : at + 1].lower() != char:
            break
        at += 1
    return at


def _forms(text: str) -> Iterator[str]:
    from base64 import b64encode
    from html import unescape
    from urllib.parse import quote, quote_plus

    for form in {text, text.strip(), unescape(text)}:
        yield from _escaped(form)
        if len(form) >= _HEAD:
            # Shorter ones would be masked where they mean something else.
            data = form.encode("utf-8", "surrogatepass")
            encoded = b64encode(data).decode().rstrip("=")
            yield from (encoded, encoded.replace("+", "-").replace("/", "_"))
            yield from (quote(data, safe=""), quote(data, safe=_KEPT), quote_plus(data))


def _escaped(text: str) -> Iterator[str]:
    """A text as XML, and as strings of C# and JSON write it."""
    yield text
    yield text.replace("\\", "\\\\").replace('"', '\\"')
    if not text.isascii() or not text.isprintable() or '"' in text or "\\" in text:
        from json import dumps

        yield dumps(text)[1:-1]
    if any(char in text for char in "&<>"):
        yield text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
