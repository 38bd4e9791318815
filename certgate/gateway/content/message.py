"""New content put into the message that an element acts on, with the headers that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.content.media import with_charset
from certgate.gateway.exchange import Body

if TYPE_CHECKING:
    from certgate.gateway.run import Run


def replace(run: Run, data: bytes, content_type: str | None = None, *, text: bool = True) -> None:
    """Put `data` into the message. `text`: it is UTF-8, and a charset that ``Content-Type`` has says so afterwards.

    A ``Content-Length`` that is there follows; the gateway makes its own.
    """
    headers = run.headers
    run.put_body(Body(data))
    if content_type is not None:
        headers.set("Content-Type", [content_type])
    elif text and (given := headers.get("Content-Type")):
        headers.set("Content-Type", [with_charset(each, "utf-8") for each in given])
    if "Content-Length" in headers:
        headers.set("Content-Length", [str(len(data))])


def current(run: Run) -> Body | None:
    """The body of the message that an element acts on."""
    response = run.response
    return response.body if response else run.exchange.request.body
