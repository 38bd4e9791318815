"""One request of a file, and how its reader says what is wrong with it.

Knows what a request may hold, whatever the form of the file; not how any of the forms is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError, UsageError
from certgate.core.value import frozen
from certgate.gateway.exchange import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from certgate.core.source import Place

CODE = "request-invalid"
MAX_REQUESTS = 1000
"""SECURITY: the most requests of one file."""
MAX_HEADERS = 1000
"""SECURITY: the most header fields of one request."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD = re.compile(r"[^\r\n\0\ud800-\udfff]*")
"""A header's name and value (RFC 9110 section 5)."""


Field = tuple[str, str, "Callable[[], Place]"]
"""Name and value of a header, and where it stands, which takes time to find and is only asked once it is wrong."""


@frozen
class NamedRequest:
    """A request and what its file calls it."""

    request: Request
    name: str | None = None


def fault(message: str, place: Place, hint: str | None = None) -> InputError:
    return InputError(message, code=CODE, place=place, hint=hint)


def made(place: Callable[[str], Place], **parts: Any) -> Request:
    """The request of these parts; `place` says where a part stands. Raises InputError."""
    try:
        return Request(**parts)
    except UsageError as error:
        part = {"url-invalid": "url", "method-invalid": "method", "ip-invalid": "ip", "time-invalid": "at"}[error.code]
        raise fault(error.message, place(part), error.hint) from None


def headers(fields: Iterable[Field]) -> dict[str, tuple[str, ...]]:
    """Fields in order as a map; a name that comes again, in whatever spelling, has several values. Raises InputError.

    What says how the message was carried is left out: pseudo fields of HTTP/2, and the length.
    """
    found: dict[str, tuple[str, ...]] = {}
    spelling: dict[str, str] = {}
    for count, (name, value, place) in enumerate(fields):
        if count == MAX_HEADERS:
            raise fault(f"a request has at most {MAX_HEADERS} headers", place())
        if name.startswith(":") or name.lower() == "content-length":
            continue
        if not _TOKEN.fullmatch(name) or not _FIELD.fullmatch(value):
            raise fault(f"'{name[:40]}' is no header: a name, and a value on one line", place())
        key = spelling.setdefault(name.lower(), name)
        found[key] = (*found.get(key, ()), value)
    return found
