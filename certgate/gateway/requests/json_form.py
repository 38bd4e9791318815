"""Requests as JSON objects: ``method``, ``url``, ``headers``, ``body``, ``ip``, ``at``, ``context``, ``name``."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.registry import did_you_mean
from certgate.gateway.context.data import ContextData
from certgate.gateway.requests.named import Field, NamedRequest, fault, headers, made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from certgate.core.source import Place
    from certgate.gateway.requests.json_places import JsonText

_TEXTS = ("method", "url", "body", "ip", "at", "name")
_MEMBERS = (*_TEXTS, "headers", "context")

_HALF = re.compile("[\ud800-\udfff]")

Path = tuple[str | int, ...]


def read(row: Mapping[str, Any], text: JsonText, path: Path) -> NamedRequest:
    """The request of an object that stands at `path`. Raises InputError with the member at fault."""

    def place(member: str) -> Place:
        return text.place((*path, member))

    for member in row:
        if member not in _MEMBERS:
            meant = did_you_mean(member, _MEMBERS) or f"known are {', '.join(_MEMBERS)}"
            raise fault(f"unknown member '{member}' of a request", place(member), meant)
    given = {member: value for member, value in row.items() if value is not None}
    for member in _TEXTS:
        if member in given and not isinstance(given[member], str):
            hint = 'write a JSON body as text: its quotes as \\"' if member == "body" else None
            raise fault(f"'{member}' must be text", place(member), hint)
        if member in given and _HALF.search(given[member]):
            raise fault(f"'{member}' holds half of a surrogate pair, which is no character", place(member))
    parts: dict[str, Any] = {
        member: given[member] for member in ("method", "url", "body", "ip", "at") if member in given
    }
    if "context" in given:
        parts["context"] = _context(given["context"], partial(place, "context"))
    fields = headers(_fields(given.get("headers", {}), text, (*path, "headers")))
    return NamedRequest(made(place, headers=fields, **parts), given.get("name"))


def _fields(value: Any, text: JsonText, path: Path) -> Iterator[Field]:
    if not isinstance(value, dict):
        raise fault("'headers' must be an object: name to text, or to a list of texts", text.place(path))
    for name, texts in value.items():
        rows = texts if isinstance(texts, list) else [texts]
        for each in rows:
            if not isinstance(each, str):
                raise fault(f"the header '{name}' must be a text or a list of texts", text.place((*path, name)))
            yield name, each, partial(text.place, (*path, name))


def _context(value: Any, place: Callable[[], Place]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise fault("'context' must be an object in the shape of a context file", place())
    try:
        ContextData.parse(None, value)
    except InputError as error:
        raise fault(f"context: {error.message}", place(), error.hint) from None
    return value
