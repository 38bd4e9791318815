"""The requests of a file, whose form is told by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.source import Place, Text
from certgate.gateway import json_text
from certgate.gateway.requests import har, json_form
from certgate.gateway.requests.json_places import JsonText
from certgate.gateway.requests.named import CODE, MAX_REQUESTS, fault

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.source import Source
    from certgate.gateway.requests.named import NamedRequest

_HINT = "a file of requests is JSON, an .http file (GET https://...), or a HAR recording"


def read(source: Source, now: datetime) -> tuple[NamedRequest, ...]:
    """All requests of a file in their order, at least one; `now` is what its variables count from.

    Raises InputError ``request-invalid`` with the place of what is wrong, ``not-text``.
    """
    text = source.decode()
    head = text.text.lstrip()
    if not head:
        raise fault("holds no request", Place(source.name), _HINT)
    if head.startswith(("{", "[")) and not head.startswith("{{"):
        found = _json(source, text)
    else:
        from certgate.gateway.requests import http_file

        found = http_file.read(text, now)
    if not found:
        raise fault("holds no request", Place(source.name), _HINT)
    return tuple(found)


def _json(source: Source, text: Text) -> list[NamedRequest]:
    data = json_text.read(source, CODE)
    places = JsonText(text)
    rows = [(row, (number,)) for number, row in enumerate(data)] if isinstance(data, list) else [(data, ())]
    found: list[NamedRequest] = []
    for row, path in rows:
        found += _of(row, places, path)
        if len(found) > MAX_REQUESTS:
            raise fault(f"holds more than {MAX_REQUESTS} requests", places.place(path))
    return found


def _of(row: Any, places: JsonText, path: tuple[str | int, ...]) -> list[NamedRequest]:
    """The requests of one object: more than one where it is a whole recording."""
    if not isinstance(row, dict):
        raise fault("a request is an object", places.place(path), _HINT)
    entries = har.entries(row, places, path)
    if entries is None:
        return [json_form.read(row, places, path)]
    if len(entries) > MAX_REQUESTS:
        raise fault(f"holds more than {MAX_REQUESTS} requests", places.place(path))
    return [har.read(each, places, at) for each, at in entries]
