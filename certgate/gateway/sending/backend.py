"""The backend: the request as it would reach it, and the answers it was told to give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.core.value import field, frozen, replace
from certgate.gateway import json_text
from certgate.gateway.exchange import DEFAULT_BACKEND, STATUSES, Body, Headers, Response, Url
from certgate.gateway.outcome import BackendRequest
from certgate.gateway.sending import addresses
from certgate.gateway.sending.calls import NO_ANSWERS, NoAnswer, Sent, send

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.core.source import Source
    from certgate.gateway.ending import Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

MAX_ANSWERS = 1000
MAX_REDIRECTS = 50
"""As many as .NET follows."""

_REDIRECTS = (301, 302, 303, 307, 308)

_HOP_BY_HOP = ("Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade")
"""Headers that end at the gateway (RFC 9110 section 7.6.1)."""


@frozen
class BackendAnswer:
    """One answer of the backend; `error` is ``timeout`` or ``connection`` where there is none."""

    status: int = 200
    reason: str | None = None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: bytes = b""
    error: str | None = None


@frozen
class BackendAnswers:
    """The n-th forwarded request gets the n-th answer; the last one repeats."""

    answers: tuple[BackendAnswer, ...] = (BackendAnswer(),)

    @classmethod
    def parse(cls, source: Source) -> BackendAnswers:
        """One ANSWER or a list of them, in JSON. Raises InputError ``backend-response-invalid``."""
        data = json_text.read(source, "backend-response-invalid")
        try:
            rows = data if isinstance(data, list) else [data]
            if not 0 < len(rows) <= MAX_ANSWERS:
                raise ValueError("one answer, or a list of at least one")
            return cls(tuple(map(_answer, rows)))
        except (ValueError, TypeError) as error:
            raise InputError(
                f"is not an answer of a backend: {error}",
                code="backend-response-invalid",
                place=Place(source.name),
                hint='write {"status": 200, "headers": {"X": "y"}, "body": "base64"} or {"error": "timeout"}',
            ) from None

    def __getitem__(self, attempt: int) -> BackendAnswer:
        return self.answers[min(attempt, len(self.answers) - 1)]


def _answer(row: Any) -> BackendAnswer:
    if not isinstance(row, dict):
        raise TypeError("an answer is an object")
    if unknown := set(row) - {"status", "reason", "headers", "body", "error"}:
        raise ValueError(f"unknown key '{min(unknown)}'")
    if "error" in row:
        if row["error"] not in NO_ANSWERS:
            raise ValueError("'error' is timeout or connection")
        return BackendAnswer(error=row["error"])
    status, reason = row.get("status"), row.get("reason")
    if not isinstance(status, int) or isinstance(status, bool) or status not in STATUSES:
        raise ValueError(f"'status' is a number from {STATUSES[0]} to {STATUSES[-1]}")
    if reason is not None and not isinstance(reason, str):
        raise TypeError("'reason' is text")
    return BackendAnswer(status, reason, _headers(row.get("headers", {})), _body(row.get("body", "")))


def _headers(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise TypeError("'headers' is an object")
    lists = {name: [texts] if isinstance(texts, str) else texts for name, texts in value.items()}
    if not all(isinstance(texts, list) and all(isinstance(text, str) for text in texts) for texts in lists.values()):
        raise TypeError("a header is a text or a list of texts")
    return {name: tuple(texts) for name, texts in lists.items()}


def _body(value: Any) -> bytes:
    import base64
    import binascii

    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise ValueError("'body' is base64") from None


def forward(run: Run) -> Response | NoAnswer:
    """Send the request as it now stands: it is recorded as the run's backend request, and answered as configured."""
    attempts = run.backend.attempts if run.backend else 0
    run.backend = replace(_request(run), attempts=attempts + 1)
    answer = run.gateway.backend_response[run.session.forwarded]
    run.session.forwarded += 1
    if answer.error:
        return NO_ANSWERS[answer.error]
    return Response(answer.status, answer.reason, Headers(answer.headers), Body(answer.body))


def service(run: Run) -> Url:
    """Where requests go: what a policy says, else the service URL of the API."""
    chosen = run.exchange.route.service
    return Url.parse(chosen or run.gateway.backend_url or run.context.service_url or DEFAULT_BACKEND)


def gateway_base(run: Run) -> str:
    """The address of the API on the gateway, without a slash at its end."""
    original = run.exchange.request.original_url
    return f"{original.scheme}://{original.authority}/{run.context.api_path.strip('/')}".rstrip("/")


def entity_address(run: Run, name: str) -> tuple[str, str] | None:
    """The id of a backend entity as it is written where it is given, and its address; None where others are given and
    this one is not. Where none is given at all each has an address that goes nowhere."""
    found = addresses.matches(name, run.gateway.backends)
    if found is not None:
        return found, run.gateway.backends[found]
    if run.gateway.backends:
        return None
    run.assume("backend-entity")
    label = re.sub("[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60]
    return name, f"https://{label or 'entity'}.backend.invalid"


def _request(run: Run) -> BackendRequest:
    request, route = run.exchange.request, run.exchange.route
    target = service(run)
    return BackendRequest(
        method=request.method,
        url=backend_url(target, request.url, run.context.api_path, route.path),
        headers=sent_headers(run, target, request.headers, request.body).frozen(),
        body=request.body.left.decode("utf-8", "replace") if request.body else "",
        certificate=route.certificate,
    )


def sent_headers(run: Run, target: Url, headers: Headers, body: Body | None) -> Headers:
    """The caller's headers as another host gets them: its own name, the length that the body has now, and nothing that
    was meant for the connection to the gateway."""
    result = Headers(headers.frozen())
    named = ",".join(result.get("Connection") or ()).split(",")
    for name in (*_HOP_BY_HOP, *(each.strip() for each in named)):
        result.delete(name)
    if result.get("Host") == [run.exchange.request.original_url.authority]:
        result.set("Host", [target.authority])
    if "Content-Length" in result:
        result.set("Content-Length", [str(len(body.left) if body else 0)])
    return result


def backend_url(service: Url, request: Url, api_path: str, path: str | None = None) -> str:
    """The service URL, then the path of the request without the API's own, or the `path` that a policy put in its
    place; then the query."""
    path = addresses.path_below(request.path, api_path) if path is None else path
    base = service.path.rstrip("/")
    return f"{service.scheme}://{service.authority}{(base + path) or '/'}{request.query_string}"


def redirected(run: Run, element: Element, answer: Response) -> Response | NoAnswer | Undecided:
    """Where the backend's answer leads in the end: each other address answers what was recorded of it."""
    request = run.exchange.request
    url, method = run.backend.url if run.backend else "", request.method
    headers = sent_headers(run, service(run), request.headers, None)
    # As .NET does it: a credential for one address is none for another.
    headers.delete("Authorization")
    for _ in range(MAX_REDIRECTS):
        places = answer.headers.get("Location") if answer.status in _REDIRECTS else None
        target = addresses.absolute(urljoin(url, places[0])) if places else None
        if target is None:
            return answer
        if answer.status == 303 or (answer.status in (301, 302) and method == "POST"):
            method = "GET"
        if "Host" in headers:
            headers.set("Host", [target.authority])
        body = request.body.left if request.body and method == request.method else b""
        found = send(run, element, Sent(method, target.text, headers.frozen(), body))
        if not isinstance(found, Response):
            return found
        url, answer = target.text, found
    return run.not_simulated(element, f"the backend redirects more than {MAX_REDIRECTS} times")
