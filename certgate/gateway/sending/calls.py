"""What policies send besides the request to the backend: recorded as calls, answered by what was recorded.

A call to a service that speaks no HTTP has an address of its own kind: ``eventhub:LOGGER``, ``servicebus:QUEUE``,
``metric:NAMESPACE/NAME``, with the method that names what is done.

SECURITY: no policy reaches the network through certgate, whatever it says and whatever certgate itself may fetch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.fetch import Recorded
from certgate.core.value import field, frozen
from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.evaluated import SERVER_ERROR
from certgate.gateway.exchange import Body, Headers, Response
from certgate.gateway.outcome import Call, Open

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.gateway.run import Run
    from certgate.policy.document import Element

MAX_CALLS = 10_000
"""SECURITY: the most calls of one run, whatever the loops around them."""

SETTLE = ("--responses FILE",)


@frozen
class Sent:
    """A request that a policy sends. `url` is absolute; `certificate` is the thumbprint of what goes with it."""

    method: str
    url: str
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: bytes = b""
    certificate: str | None = None


@frozen
class NoAnswer:
    """The other side gave no answer: what ``LastError`` says of it (fact sheet §6.3)."""

    reason: str | None
    message: str


TIMED_OUT = NoAnswer("Timeout", "The operation has timed out.")
NOT_CONNECTED = NoAnswer("BackendConnectionFailure", "Unable to connect to the backend.")
NO_ANSWERS = {"timeout": TIMED_OUT, "connection": NOT_CONNECTED}


def send(run: Run, element: Element, sent: Sent) -> Response | NoAnswer | Undecided:
    """Record a call and give its recorded answer; Undecided where nothing is recorded at all."""
    note(run, element, sent)
    fetcher = run.situation.fetcher
    recorded = fetcher.listed(sent.url) if fetcher else None
    if recorded is None:
        message = f"what {sent.url} answers to {element.name} is not known: certgate sends nothing for a policy"
        run.says(message)
        return Undecided(element, Open(message, element.place(), (sent.url,), SETTLE))
    return _answer(recorded)


def note(run: Run, element: Element, sent: Sent) -> None:
    """Record a call whose answer nobody waits for."""
    if len(run.calls) < MAX_CALLS:
        text = sent.body.decode("utf-8", "replace")
        run.calls.append(Call(element.name, sent.method, sent.url, sent.headers, text, sent.certificate))


def unanswered(run: Run, element: Element, none: NoAnswer) -> Failed:
    """The policy fails because nothing came back, or nothing could be sent."""
    run.assume("no-answer" if none.reason else "call-failed")
    run.says(f"failed: {none.message}")
    return Failed(element, 500, none.reason, none.message, SERVER_ERROR, activity=True)


def store(run: Run, element: Element, name: str | None, response: Response | None) -> None:
    """Put what came back into a context variable, where one is named; None: nothing did."""
    if not name:
        return
    from certgate.gateway.context.messages import ResponseValue

    run.variables[name] = None if response is None else ResponseValue(response)
    if response is not None and response.body is not None:
        run.exchange.held.append(response.body)
    run.secrets.put(element, f'"{name}"')


def _answer(recorded: Recorded) -> Response | NoAnswer:
    if recorded.error:
        return NO_ANSWERS[recorded.error]
    return Response(recorded.status, recorded.reason or None, Headers(recorded.headers), Body(recorded.body))
