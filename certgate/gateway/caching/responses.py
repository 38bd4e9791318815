"""Responses in the cache: what requests share one, and how a stored one answers.

A hit answers in place of the backend, and the outbound policies after the ``cache-store`` that kept it still run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.gateway.amounts import switch
from certgate.gateway.caching.shelf import MAX_ITEM, Entry, family, found, keep, later
from certgate.gateway.ending import Answered, SectionEnded
from certgate.gateway.exchange import Body, Headers, Response
from certgate.gateway.session import Full
from certgate.policy.declaration import Section

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from certgate.gateway.ending import End, Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

RESPONSES = "cache-response"
NOTE = "cache-lookup"
_FRESH = ("no-cache", "no-store")


@frozen
class Stored:
    """A response that nobody changes."""

    status: int
    reason: str | None
    headers: Mapping[str, tuple[str, ...]]
    body: bytes | None

    @classmethod
    def of(cls, response: Response) -> Stored:
        body = response.body.data if response.body else None
        return cls(response.status, response.reason, response.headers.frozen(), body)

    def response(self) -> Response:
        body = None if self.body is None else Body(self.body)
        return Response(self.status, self.reason, Headers(self.headers), body)

    @property
    def size(self) -> int:
        headers = sum(len(name) + len(value) for name, values in self.headers.items() for value in values)
        return len(self.body or b"") + headers


@frozen
class Lookup:
    """What a ``cache-lookup`` leaves for the ``cache-store`` that follows. `downstream`: the ``Cache-Control`` that the
    response gets; empty: its own."""

    table: str
    key: Hashable
    downstream: str


def look_up(element: Element, run: Run) -> End | None:
    request = run.exchange.request
    if request.method != "GET":
        run.says(f"no effect: a cache answers GET, not {request.method}")
        return None
    if "Authorization" in request.headers and not switch(run, element, "allow-private-response-caching", default=False):
        run.says("no effect: the request has an Authorization header")
        return None
    asked = Lookup(family(RESPONSES, element), tuple(_key(element, run)), _downstream(element, run))
    run.notes[NOTE] = asked
    entry = found(run, asked.table, asked.key)
    if entry is None:
        run.says("a miss: the request goes on")
        return None
    if any(word in text.lower() for text in request.headers.get("Cache-Control") or () for word in _FRESH):
        run.assume("cache-fresh")
        run.says("a miss: the request wants no cached response")
        return None
    return _hit(element, run, entry.value.response(), asked)


def _hit(element: Element, run: Run, response: Response, asked: Lookup) -> End:
    _mark(response, asked)
    run.says(f"a hit: answers {response.status} from the cache")
    return answered(element, run, response, ("cache-store",))


def answered(element: Element, run: Run, response: Response, stores: tuple[str, ...]) -> End:
    """Answer with a stored response, and run what comes in outbound after the element that kept it."""
    run.section, run.exchange.response = Section.OUTBOUND, response
    run.entered.append(Section.OUTBOUND)
    rest = _after_store(run.outbound, stores)
    if rest:
        run.assume("cache-hit")
    end = run.elements(rest)
    return end if end and not isinstance(end, SectionEnded) else Answered(element, run.exchange.response)


def _after_store(outbound: Sequence[Element], names: tuple[str, ...]) -> Sequence[Element]:
    """The elements that come after the one that keeps responses."""
    for at, element in enumerate(outbound):
        if any(each.name in names for each in element.walk()):
            return outbound[at + 1 :]
    return ()


def _key(element: Element, run: Run) -> Iterator[Hashable]:
    request, context = run.exchange.request, run.context
    url = request.original_url
    yield url.authority.lower(), url.path
    names = [name for text in _names(element, run, "vary-by-query-parameter") for name in text.split(";")]
    wanted = {name.strip().lower() for name in names}
    for name, values in sorted(request.url.query.items()):
        if not wanted or name.lower() in wanted:
            yield name.lower(), tuple(values)
    for name in _names(element, run, "vary-by-header"):
        yield name.lower(), tuple(request.headers.get(name.strip()) or ())
    if switch(run, element, "vary-by-developer", default=False):
        yield "developer", str((context.user or {}).get("id") or (context.subscription or {}).get("id"))
    if switch(run, element, "vary-by-developer-groups", default=False):
        yield "groups", tuple(sorted(map(str, (context.user or {}).get("groups") or ())))


def _names(element: Element, run: Run, child: str) -> list[str]:
    return [text for each in element.named(child) if (text := run.content(element, each))]


def _downstream(element: Element, run: Run) -> str:
    kind = run.text(element, "downstream-caching-type") or "none"
    if kind not in ("private", "public"):
        return ""
    return f"{kind}, must-revalidate" if switch(run, element, "must-revalidate", default=True) else kind


def _mark(response: Response, asked: Lookup) -> None:
    if asked.downstream:
        response.headers.set("Cache-Control", [asked.downstream])


def store(element: Element, run: Run, seconds: int, *, every: bool) -> Undecided | None:
    """Keep the response as it now is. `every`: whatever its status, else only a 200."""
    asked, response = run.notes.get(NOTE), run.exchange.response
    if not isinstance(asked, Lookup) or response is None:
        run.says("not kept: no cache-lookup looked for it")
        return None
    if response.status != 200 and not every:
        run.says(f"not kept: its status is {response.status}")
        return None
    _mark(response, asked)
    stored = Stored.of(response)
    if seconds <= 0 or stored.size > MAX_ITEM:
        run.says("not kept: it is larger than 2 MiB" if seconds > 0 else "not kept: its time is over at once")
        return None
    until = later(run, seconds)
    try:
        keep(run, asked.table, asked.key, Entry(stored, until, until, run.secrets.kept()), stored.size)
    except Full:
        return run.not_simulated(element, "the cache holds more than certgate keeps")
    run.says(f"kept for {seconds} s")
    return None
