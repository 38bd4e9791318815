"""Who answers for a world: recorded answers, then the cache, then the network, as far as the world has them.

Follows redirects as .NET does, keeps what came, remembers what was asked, and stops at the limits of a run. Loads what
speaks to the network only when an address is to be asked there.
"""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.core.fetch import Answer, Given, Kind, Recorded
from certgate.core.value import replace
from certgate.core.world import clock
from certgate.net.cache import Cache, Kept
from certgate.net.reply import CONNECTION, REDIRECTS, TIMEOUT, Reply, Silence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from certgate.core.fetch import Fresh
    from certgate.core.world import World
    from certgate.net.guard import Resolve
    from certgate.net.responses import Responses

MAX_REDIRECTS = 10
"""How many redirects .NET follows for one address."""

_OFFLINE = ("--online", "--responses FILE")
_RECORDED = ("--responses FILE",)
_NOT_LISTED = "it is not among the recorded answers, so it answers 404"

_Hops = dict[str, "Reply | Silence"]


class Limits(NamedTuple):
    """SECURITY: what one run takes from the network, redirects included, before it asks nothing more."""

    fetches: int = 1000
    bytes: int = 512 * 1024 * 1024
    seconds: float = 600


def fetcher_of(world: World) -> WorldFetcher:
    """Who fetches in a world. Raises InputError for recorded answers that are malformed."""
    return WorldFetcher(world)


class WorldFetcher:
    """The :class:`certgate.core.fetch.Fetcher` of a world, for one run; may be used by several threads.

    `resolve` gives the addresses of a host, `now` the moment of a fetch.
    """

    def __init__(
        self,
        world: World,
        *,
        limits: Limits | None = None,
        resolve: Resolve | None = None,
        now: Callable[[], datetime] = clock,
    ) -> None:
        self._world = world
        self._resolve = resolve
        self._now = now
        self._responses = _responses(world)
        self._cache = Cache(world.cache) if world.cache is not None else None
        self._answers: dict[str, Answer] = {}
        self._unknown: dict[tuple[str, bool], Answer] = {}
        """What is not known, by the address and by whether whoever named it is trusted."""
        self._held: dict[tuple[str, Kind], Answer | None] = {}
        self._hops: _Hops = {}
        """What the network answered, redirects included."""
        self._asked: _Hops = {}
        """All that was answered, by whomever."""
        self._notes: dict[str, None] = {}
        self._spent = _Spent(limits or Limits())
        self._lock = RLock()

    @property
    def notes(self) -> tuple[str, ...]:
        """What else there is to say of this run, in sentences."""
        return tuple(self._notes)

    @property
    def answered(self) -> tuple[str, ...]:
        """The addresses whose answers :meth:`recorded` has got."""
        return tuple(self._asked)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The addresses that were asked for and whose answers :meth:`recorded` has not got: they are not known."""
        return tuple(dict.fromkeys(url for url, _ in self._unknown if url not in self._answers))

    def recorded(self) -> str:
        """What was answered, redirects included, as the JSON that ``--responses`` replays."""
        from certgate.net import responses

        with self._lock:
            return responses.write(self._asked.items())

    def ask(self, url: str, kind: Kind, *, trusted: bool, fresh: Fresh) -> Answer:
        with self._lock:
            found = self._answers.get(url) or self._unknown.get((url, trusted))
            if found is not None:
                return found
            if self._responses is not None:
                return self._remembered(self._replayed(url, kind, self._responses), trusted)
            held = self.kept(url, kind)
            if held is not None and held.body is not None and held.fetched and fresh(held.body, held.fetched):
                self._asked[url] = Reply(held.status or 200, body=held.body)
                return held
            if self._world.online:
                return self._remembered(self._fetched(url, kind, trusted), trusted)
            error = "certgate is offline" + (_stale(held) if held else "")
            return Answer(url, Given.NOBODY, error=error, known=False, settle=_OFFLINE)

    def kept(self, url: str, kind: Kind) -> Answer | None:
        with self._lock:
            if (url, kind) not in self._held:
                found = self._cache.find(url, kind) if self._cache is not None else None
                self._held[url, kind] = _from_cache(found) if found is not None else None
            return self._held[url, kind]

    def listed(self, url: str) -> Recorded | None:
        if self._responses is None:
            return None
        reply = self._responses.find(url) or Reply(404)
        if isinstance(reply, Silence):
            return Recorded(error=reply.error)
        return Recorded(reply.status, reply.reason, reply.headers, reply.body)

    def _remembered(self, answer: Answer, trusted: bool) -> Answer:
        if answer.known:
            self._answers[answer.url] = answer
        else:
            self._unknown[answer.url, trusted] = answer
        return answer

    def _replayed(self, url: str, kind: Kind, responses: Responses) -> Answer:
        """The recorded answer; what is not recorded answers 404."""
        first = responses.find(url, responder=kind is Kind.OCSP)
        if first is None:
            self._asked[url] = Reply(404)
            return Answer(url, Given.RESPONSES, status=404, error=_NOT_LISTED)
        reply, hops = _followed(url, lambda at: (first if at == url else responses.find(at)) or Reply(404))
        answer = _answer(url, Given.RESPONSES, reply)
        self._asked |= hops
        self._keep(answer, kind, self._world.now)
        return answer

    def _fetched(self, url: str, kind: Kind, trusted: bool) -> Answer:
        """What the network answers; what is known of it is recorded and kept."""
        ticks, start, fetched = self._world.ticks, self._world.ticks(), self._now()
        deadline = start + self._world.timeout
        private = trusted or self._world.allow_private_network

        def one(at: str) -> Reply | Silence:
            # What several addresses lead to is asked once, so that a replay gives them the same.
            return self._hops.get(at) or self._spent.get(at, self._world, deadline - ticks(), private, self._resolve)

        reply, hops = _followed(url, one)
        answer = _answer(url, Given.NETWORK, reply, fetched, max(0.0, ticks() - start))
        if answer.known:
            # Redirects took some of the time: it is the first address that gave nothing within it.
            self._hops |= {url: reply} if isinstance(reply, Silence) and reply.error == TIMEOUT else hops
            self._asked |= self._hops
            self._keep(answer, kind, fetched)
        return answer

    def _keep(self, answer: Answer, kind: Kind, fetched: datetime) -> None:
        """Keep a body that may be what was asked for: the page of a gate or a fault displaces no list."""
        if self._cache is None or answer.body is None or not _plausible(answer.body):
            return
        kept = Kept(answer.url, kind, fetched, answer.status or 200, answer.body)
        try:
            self._cache.keep(kept)
        except InputError as error:
            self._notes[f"nothing is kept: the cache {error.message}"] = None
        else:
            self._held[answer.url, kind] = _from_cache(kept)


class _Spent:
    """What a run has taken from the network so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.fetches = 0
        self.bytes = 0
        self.seconds = 0.0

    def get(self, url: str, world: World, seconds: float, private: bool, resolve: Resolve | None) -> Reply | Silence:
        """One GET, as far as the limits of the run allow it."""
        spent = Limits(self.fetches, self.bytes, self.seconds)
        if any(taken >= most for taken, most in zip(spent, self.limits, strict=True)):
            return Silence("", "this run has reached the limit of what certgate fetches", _RECORDED)
        # Imported here: the first of all requests pays for what knows how to make one.
        from certgate.net import client

        start = world.ticks()
        reply = client.get(
            url,
            seconds=max(0.001, seconds),
            limit=world.max_size,
            private=private,
            resolve=resolve or client.resolve,
        )
        self.fetches += 1
        self.seconds += max(0.0, world.ticks() - start)
        self.bytes += len(reply.body) if isinstance(reply, Reply) else reply.size
        if isinstance(reply, Silence) and reply.error == TIMEOUT:
            return replace(reply, words=f"it gives no whole answer within {world.timeout:g} s")
        return reply


def _responses(world: World) -> Responses | None:
    if world.responses is None:
        return None
    from certgate.net.responses import Responses

    return Responses.parse(world.responses)


def _followed(url: str, one: Callable[[str], Reply | Silence]) -> tuple[Reply | Silence, _Hops]:
    """The reply that redirects lead to, by the rules of .NET, and every reply on the way."""
    from urllib.parse import urldefrag, urljoin

    hops: _Hops = {}
    at = url
    while True:
        reply = hops[at] = one(at)
        if isinstance(reply, Silence) or reply.status not in REDIRECTS:
            return reply, hops
        location = reply.header("Location")
        if not location:
            return Silence(CONNECTION, f"it answers {reply.status} without saying where to go instead"), hops
        try:
            at = urldefrag(urljoin(at, location))[0]
        except ValueError:
            at = ""
        if not (at.isascii() and at.isprintable()):
            return Silence("", "it leads to an address in characters that certgate does not ask"), hops
        if at[:7].lower() != "http://":
            return Silence(CONNECTION, "it leads to an address that is not plain http, which is not followed"), hops
        if at in hops:
            return Silence(CONNECTION, "it leads around in a circle"), hops
        if len(hops) > MAX_REDIRECTS:
            return Silence(CONNECTION, f"it leads on more than {MAX_REDIRECTS} times"), hops


def _answer(
    url: str, given: Given, reply: Reply | Silence, fetched: datetime | None = None, seconds: float | None = None
) -> Answer:
    """The answer to a question, from the reply that the redirects led to."""
    if isinstance(reply, Silence):
        whose = given if reply.known else Given.NOBODY
        return Answer(
            url,
            whose,
            error=reply.words,
            known=reply.known,
            settle=reply.settle,
            fetched=fetched,
            seconds=seconds,
        )
    body = reply.body or None
    error = "" if body else f"it answers {reply.status} with nothing in it"
    return Answer(url, given, body, reply.status, error, fetched=fetched, seconds=seconds)


def _from_cache(kept: Kept) -> Answer:
    return Answer(kept.url, Given.CACHE, kept.body, kept.status, fetched=kept.fetched)


def _stale(held: Answer) -> str:
    return (
        f", and what the cache has is of {held.fetched:%Y-%m-%d %H:%M} UTC and no longer good" if held.fetched else ""
    )


def _plausible(body: bytes) -> bool:
    """Does it begin as DER or hold PEM, as all that is asked for does?"""
    return body.startswith(b"\x30") or b"-----BEGIN " in body
