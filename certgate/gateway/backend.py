"""The backend: the request as it would reach it, and the answers it was told to give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.core.value import field, frozen, replace
from certgate.gateway import json_text
from certgate.gateway.calls import NO_ANSWERS, NoAnswer
from certgate.gateway.exchange import DEFAULT_BACKEND, STATUSES, Body, Headers, Response, Url
from certgate.gateway.outcome import BackendRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.core.source import Source
    from certgate.gateway.run import Run

MAX_ANSWERS = 1000


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


def _request(run: Run) -> BackendRequest:
    request = run.exchange.request
    service = Url.parse(run.gateway.backend_url or run.context.service_url or DEFAULT_BACKEND)
    headers = Headers(request.headers.frozen())
    if headers.get("Host") == [request.original_url.authority]:
        headers.set("Host", [service.authority])
    return BackendRequest(
        method=request.method,
        url=backend_url(service, request.url, run.context.api_path),
        headers=headers.frozen(),
        body=request.body.text if request.body else "",
    )


def backend_url(service: Url, request: Url, api_path: str) -> str:
    """The service URL, then the path of the request without the API's own, then the query."""
    path, own = request.path, "/" + api_path.strip("/")
    if own != "/" and (path == own or path.lower().startswith(own.lower() + "/")):
        path = path[len(own) :]
    base = service.path.rstrip("/")
    return (
        f"{service.scheme}://{service.authority}{base}{path}{request.query_string}"
        if base + path
        else (f"{service.scheme}://{service.authority}/{request.query_string}")
    )
