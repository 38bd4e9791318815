"""Answers to similar prompts: a cached answer is given where the embedding of the prompt lies near enough.

The embedding is the recorded answer of its backend. Without one, equal prompts are alike, and of others nobody knows.
"""

from __future__ import annotations

import json
import math
from operator import mul
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.gateway.amounts import amount, switch
from certgate.gateway.caching.responses import Stored, answered
from certgate.gateway.caching.shelf import MAX_ITEM, Entry, keep, later
from certgate.gateway.ending import Undecided
from certgate.gateway.language import messages
from certgate.gateway.outcome import Open
from certgate.gateway.sending.backend import entity_address
from certgate.gateway.sending.calls import SETTLE, NoAnswer, Sent, note, send
from certgate.gateway.session import Full

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

FAMILY, NOTE = "semantic-cache", "semantic-cache-lookup"
STORES = ("llm-semantic-cache-store", "azure-openai-semantic-cache-store")
MAX_LENGTH = 16_384
"""SECURITY: the most numbers of an embedding."""
MAX_ANSWERS = 1_000
"""SECURITY: the most answers that share a place."""


@frozen
class Asked:
    """A prompt, where answers to it are kept, and its embedding; None: not known."""

    text: str
    place: Hashable
    embedding: tuple[float, ...] | None
    url: str


@frozen
class Answer:
    """A stored answer to a prompt."""

    asked: Asked
    stored: Stored


def look_up(element: Element, run: Run) -> End | None:
    body = run.exchange.request.body
    found = messages.prompt(body.data) if body else None
    most = amount(run, element, "max-message-count")
    if found is None or (most is not None and len(found.texts) > most):
        run.says("no effect: " + ("the request holds no prompt" if found is None else f"more than {most} messages"))
        return None
    threshold = _threshold(run.value(element, "score-threshold"))
    if threshold is None:
        return run.not_simulated(element, "score-threshold is no number", attribute="score-threshold")
    vary = tuple(run.content(element, each) for each in element.named("vary-by"))
    place = (run.exchange.request.original_url.path, element.literal("cache-id"), vary)
    text = found.joined(system=not switch(run, element, "ignore-system-messages", default=False))
    asked = _ask(element, run, text, place)
    if asked is None:
        run.says("a miss: the embeddings backend gives no embedding")
        return None
    run.notes[NOTE] = asked
    return _found(element, run, asked, threshold)


def _threshold(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _ask(element: Element, run: Run, text: str, place: Hashable) -> Asked | None:
    """Have the prompt embedded; None where the backend's answer is none."""
    entity = entity_address(run, run.text(element, "embeddings-backend-id") or "")
    url = entity[1] if entity else ""
    if not url:
        return Asked(text, place, None, url)
    sent = Sent("POST", url, {"Content-Type": ("application/json",)}, json.dumps({"input": text}).encode())
    fetcher = run.situation.fetcher
    if fetcher is None or fetcher.listed(url) is None:
        note(run, element, sent)
        return Asked(text, place, None, url)
    response = send(run, element, sent)
    if isinstance(response, NoAnswer | Undecided) or response.status != 200 or response.body is None:
        return None
    embedding = _embedding(response.body.data)
    return None if embedding is None else Asked(text, place, embedding, url)


def _embedding(body: bytes) -> tuple[float, ...] | None:
    try:
        numbers = json.loads(body)["data"][0]["embedding"]
        if len(numbers) > MAX_LENGTH:
            return None
        found = tuple(map(float, numbers))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    return found if any(found) and all(map(math.isfinite, found)) else None


def _found(element: Element, run: Run, asked: Asked, threshold: float) -> End | None:
    entries: Sequence[Entry] = run.session.get(FAMILY, asked.place) or ()
    fresh = [entry for entry in entries if run.now < entry.until]
    if not fresh:
        run.assume("cache-empty")
        run.says("a miss: no answer is stored yet")
        return None
    near = [(distance, entry) for entry in fresh if (distance := _distance(asked, entry.value.asked)) is not None]
    best = min(near, key=lambda each: each[0], default=None)
    if best and best[0] <= threshold and (best[0] == 0 or len(near) == len(fresh)):
        run.assume("semantic-distance")
        run.secrets.adopt(best[1].secrets)
        run.says(f"a hit: answers from the cache, at a distance of {best[0]:.3g}")
        return answered(element, run, best[1].value.stored.response(), STORES)
    if len(near) < len(fresh):
        message = "whether a stored answer fits is not known without the embeddings of both prompts"
        run.says(message)
        return Undecided(element, Open(message, element.place(), (asked.url,) if asked.url else (), SETTLE))
    run.assume("semantic-distance")
    run.says("a miss: no stored prompt is near enough")
    return None


def _distance(one: Asked, other: Asked) -> float | None:
    """One less the cosine between two prompts; None where it is not known."""
    if one.text == other.text:
        return 0.0
    if one.embedding is None or other.embedding is None or len(one.embedding) != len(other.embedding):
        return None
    # Scaled, so that no square of a number is too large.
    scaled = [[number / max(map(abs, each)) for number in each] for each in (one.embedding, other.embedding)]
    product = float(sum(map(mul, *scaled)))
    return max(0.0, 1 - product / (math.hypot(*scaled[0]) * math.hypot(*scaled[1])))


def store(element: Element, run: Run, seconds: int, *, every: bool) -> End | None:
    """Keep the answer to the prompt that the lookup saw."""
    asked, response = run.notes.get(NOTE), run.exchange.response
    if not isinstance(asked, Asked) or response is None:
        run.says("not kept: no lookup saw a prompt")
        return None
    if response.status != 200 and not every:
        run.says(f"not kept: its status is {response.status}")
        return None
    stored = Stored.of(response)
    if seconds <= 0 or stored.size > MAX_ITEM:
        run.says("not kept: it is larger than 2 MiB" if seconds > 0 else "not kept: its time is over at once")
        return None
    until = later(run, seconds)
    entry = Entry(Answer(asked, stored), until, until, run.secrets.kept())
    entries = run.session.get(FAMILY, asked.place) or ()
    size = stored.size + 32 * len(asked.embedding or ()) + len(asked.text)
    try:
        keep(run, FAMILY, asked.place, (*entries, entry)[-MAX_ANSWERS:], size)
    except Full:
        return run.not_simulated(element, "the cache holds more than certgate keeps")
    run.says(f"kept for {seconds} s")
    return None
