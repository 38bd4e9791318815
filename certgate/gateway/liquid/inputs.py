"""What a template of ``set-body`` can read: ``body`` and ``context``.

Of ``context`` the policy's page lists request and response; that context variables can be read is common use. Reading
anything else is unsupported, so the outcome is undecided and never wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import to_utf16
from certgate.gateway.content.media import is_json, is_xml, media_type
from certgate.gateway.exchange import Unknown
from certgate.gateway.liquid.values import Hash, Members, Pair, XmlDocument, of_csharp
from certgate.gateway.phrases import standard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from certgate.gateway.exchange import Body, Headers, Response, Url
    from certgate.gateway.run import Run


@frozen
class Reading:
    """The message whose body the template binds to, and how: `body` None for none."""

    body: Body | None
    headers: Headers
    null_nil: bool = False
    dates: bool = True


class Names(dict[str, Any]):
    """``body`` is read when the template first asks for it, as many a template never does."""

    def __init__(self, run: Run, reading: Reading) -> None:
        super().__init__(context=_context(run))
        self._run = run
        self._reading = reading

    def __missing__(self, name: str) -> Any:
        if name != "body":
            raise KeyError(name)
        self[name] = found = _body(self._run, self._reading)
        return found


def _body(run: Run, reading: Reading) -> Any:
    """The body by its content type. ThrownException where it is not of that type."""
    body, kind = reading.body, media_type(reading.headers)
    if body is None:
        return ""
    if body.consumed:
        raise UnsupportedReached(
            "certgate does not know what Liquid makes of a body that an expression has read before"
        )
    if is_json(kind):
        from certgate.csharp.dotnet.json.reader import parse

        return of_csharp(parse(to_utf16(body.text), "", run.situation.zone, reading.dates))
    if is_xml(kind):
        from certgate.csharp.dotnet.xml.load import parse_document

        return XmlDocument(parse_document(to_utf16(body.text)), reading.null_nil)
    given = f"'{kind}'" if kind else "no Content-Type"
    raise UnsupportedReached(f"Liquid binds to a body whose Content-Type says JSON or XML, and it has {given}")


def _context(run: Run) -> Members:
    return Members(
        "context",
        {
            "Request": lambda: _request(run),
            "Response": lambda: _response(run),
            "Variables": lambda: _Lazy(run.variables, _value, fold=False),
        },
    )


class _Lazy(Hash):
    """Values of the gateway by name, each made a template's when it is read."""

    __slots__ = ("_of",)

    def __init__(self, members: Mapping[str, Any], of: Callable[[Any], Any], *, fold: bool = True) -> None:
        super().__init__(dict(members), str.lower if fold else None)
        self._of = of

    def __getitem__(self, name: str) -> Any:
        return self._of(super().__getitem__(name))

    def pairs(self) -> list[Pair]:
        return [Pair(name, self[name]) for name in self]


def _request(run: Run) -> Members:
    request = run.exchange.request
    original = run.situation.request.method or run.context.method or "GET"

    return Members(
        "context.Request",
        {
            "Method": lambda: request.method,
            "OriginalMethod": lambda: original,
            "Url": lambda: _url(request.url, "context.Request.Url"),
            "OriginalUrl": lambda: _url(request.original_url, "context.Request.OriginalUrl"),
            "IpAddress": lambda: request.ip,
            "HasBody": lambda: request.body is not None,
            "Headers": lambda: _lists(request.headers),
            "MatchedParameters": lambda: _texts(request.matched),
        },
    )


def _response(run: Run) -> Members | None:
    response: Response | None = run.exchange.response
    if response is None:
        return None
    return Members(
        "context.Response",
        {
            "StatusCode": lambda: response.status,
            "StatusReason": lambda: standard(response.status) if response.reason is None else response.reason,
            "Headers": lambda: _lists(response.headers),
        },
    )


def _url(url: Url, name: str) -> Members:
    return Members(
        name,
        {
            "Scheme": lambda: url.scheme,
            "Host": lambda: url.host,
            "Port": lambda: url.port,
            "Path": lambda: to_utf16(url.path),
            "QueryString": lambda: to_utf16(url.query_string),
            "Query": lambda: _lists(url.query.items()),
            "ToString": lambda: to_utf16(url.text),
        },
    )


def _lists(items: Iterable[tuple[str, Iterable[str]]]) -> Hash:
    return _Lazy(dict(items), lambda texts: [_text(each) for each in texts])


def _texts(items: Mapping[str, str]) -> Hash:
    return _Lazy(items, _text)


def _value(value: Any) -> Any:
    return _text(value) if isinstance(value, Unknown) else of_csharp(value)


def _text(text: str) -> str:
    """SECURITY: a value that nobody here knows is not written into a body as if it were one."""
    if isinstance(text, Unknown):
        raise UnsupportedReached(f"nobody knows the value that {text.maker} has set")
    return to_utf16(text)
