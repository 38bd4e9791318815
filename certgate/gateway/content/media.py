"""Content types: which media types are JSON or XML, and what an ``Accept`` header asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certgate.gateway.exchange import Headers

_CHARSET = re.compile(r"(;\s*charset\s*=\s*)(\"[^\"]*\"|[^;\s]*)", re.IGNORECASE)


def media_type(headers: Headers) -> str:
    """The media type that ``Content-Type`` names, in small letters; empty where none does."""
    return _bare((headers.get("Content-Type") or [""])[0])


def _bare(text: str) -> str:
    return text.partition(";")[0].strip().lower()


def is_json(kind: str) -> bool:
    return kind in ("application/json", "text/json") or kind.endswith("+json")


def is_xml(kind: str) -> bool:
    return kind in ("application/xml", "text/xml") or kind.endswith("+xml")


def accepted(headers: Headers) -> list[str]:
    """The media types that ``Accept`` lists, those of quality 0 left out."""
    ranges = [each for text in headers.get("Accept") or () for each in text.split(",")]
    return [_bare(each) for each in ranges if not re.search(r";\s*q\s*=\s*0(\.0*)?\s*(;|$)", each, re.IGNORECASE)]


def with_charset(text: str, charset: str) -> str:
    """A ``Content-Type`` that has a charset, with another one."""
    return _CHARSET.sub(lambda found: found[1] + charset, text)
