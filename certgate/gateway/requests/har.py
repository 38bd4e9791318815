"""Requests of a HAR recording, as browsers and proxies save it: the whole, one entry, or the request of an entry.

What was answered then is left out, and so is when it was.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from certgate.gateway.requests.named import Field, NamedRequest, fault, headers, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certgate.core.source import Place
    from certgate.gateway.requests.json_places import JsonText

Path = tuple[str | int, ...]


def entries(row: Mapping[str, Any], text: JsonText, path: Path) -> list[tuple[Any, Path]] | None:
    """The requests, each with its path, of an object that is HAR; None for another one. Raises InputError."""
    match row:
        case {"log": {"entries": list(found)}}:
            return [(_request(each, text, at), (*at, "request")) for each, at in _numbered(found, (*path, "log"))]
        case {"log": _}:
            raise fault("a HAR recording has log.entries, a list", text.place((*path, "log")))
        case {"request": dict()}:
            return [(row["request"], (*path, "request"))]
        case {"url": str(), "headers": list()}:
            return [(row, path)]
    return None


def _numbered(found: list[Any], path: Path) -> list[tuple[Any, Path]]:
    return [(each, (*path, "entries", number)) for number, each in enumerate(found)]


def _request(entry: Any, text: JsonText, path: Path) -> Any:
    match entry:
        case {"request": dict() as request}:
            return request
    raise fault("an entry of a HAR recording has a request, an object", text.place(path))


def read(row: Mapping[str, Any], text: JsonText, path: Path) -> NamedRequest:
    """The request of a HAR request that stands at `path`. Raises InputError."""

    def place(member: str) -> Place:
        return text.place((*path, member))

    for member in ("method", "url"):
        if not isinstance(row.get(member), str):
            raise fault(f"'{member}' of a HAR request is text", place(member))
    fields = headers(_pairs(row.get("headers", []), text, (*path, "headers")))
    url = row["url"].split("#", 1)[0]
    if "?" not in url and row.get("queryString"):
        url = f"{url}?{_form(row['queryString'], text, (*path, 'queryString'))}"
    body = _body(row.get("postData"), text, (*path, "postData"))
    return NamedRequest(made(place, method=row["method"], url=url, headers=fields, body=body))


def _pairs(rows: Any, text: JsonText, path: Path) -> Iterator[Field]:
    """The names and values of a list of ``{"name", "value"}``."""
    if not isinstance(rows, list):
        raise fault(f"'{path[-1]}' of a HAR request is a list of names and values", text.place(path))
    for number, row in enumerate(rows):
        match row:
            case {"name": str(name), "value": str(value)}:
                yield name, value, partial(text.place, (*path, number))
            case _:
                raise fault("must be a name and a value, both text", text.place((*path, number)))


def _form(rows: Any, text: JsonText, path: Path) -> str:
    from urllib.parse import quote

    return "&".join(f"{_coded(name, quote)}={_coded(value, quote)}" for name, value, _ in _pairs(rows, text, path))


def _coded(value: str, quote: Any) -> str:
    """A part of a query; recorders write some already encoded."""
    return str(quote(value, safe="%-._~!$'()*,;:@/?", errors="replace"))


def _body(data: Any, text: JsonText, path: Path) -> bytes | None:
    if data is None:
        return None
    if not isinstance(data, dict):
        raise fault("'postData' of a HAR request is an object", text.place(path))
    content = data.get("text")
    if content is None or (content == "" and data.get("params")):
        return _form(data.get("params") or [], text, (*path, "params")).encode() or None
    if not isinstance(content, str):
        raise fault("'text' of a HAR body is text", text.place((*path, "text")))
    if data.get("encoding") != "base64":
        return content.encode("utf-8", "surrogatepass")
    import base64
    import binascii

    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise fault("'text' of a HAR body is not base64, as its encoding says", text.place((*path, "text"))) from None
