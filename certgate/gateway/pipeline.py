"""One request through one policy: inbound, backend, outbound, and on-error where something fails.

Knows the order of sections, the built-in answers (fact sheet §1.8, §6) and when an outcome is accepted, rejected or
undecided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.arriving.arrival import EMPTIED
from certgate.gateway.ending import Answered, Failed, SectionEnded, Undecided
from certgate.gateway.evaluated import SERVER_ERROR
from certgate.gateway.exchange import Body, Exchange, Headers, Incoming, Response
from certgate.gateway.outcome import DecidedBy, Decision, LastError, Outcome
from certgate.gateway.phrases import standard
from certgate.gateway.run import Run
from certgate.gateway.tiers import V2
from certgate.gateway.traces.received import received
from certgate.policy.declaration import Section
from certgate.policy.document import Kind

if TYPE_CHECKING:
    from certgate.gateway.certificates.verdicts import Verdicts
    from certgate.gateway.ending import End
    from certgate.gateway.session import Session
    from certgate.gateway.situation import Situation
    from certgate.policy.compose import Effective


def start(situation: Situation, verdicts: Verdicts, session: Session | None = None) -> Run:
    """A run before its first element; `session` is what earlier requests left behind, which the run changes."""
    from certgate.gateway.context.context import context_value

    run = Run(situation, lambda: Exchange(_incoming(run)), verdicts, session)
    run.globals["context"] = context_value(run)
    return run


def _incoming(run: Run) -> Incoming:
    """The request: what the client's options say, else the context file, else a plain GET."""
    situation, arrival = run.situation, run.arrival
    request, data, original = situation.request, situation.gateway.context, situation.called
    headers = Headers(data.headers)
    for name, values in request.headers.items():
        headers.set(name, [values] if isinstance(values, str) else values)
    if data.headers is None and "Host" not in headers:
        headers.set("Host", [original.authority])
    for name, value in arrival.headers.items():
        if name not in headers:
            headers.set(name, [value])
    for name in arrival.supposed:
        run.assume(name)
    if situation.gateway.tier in V2 and EMPTIED in headers:
        # That it comes empty was observed (fact sheet §8.1, B2).
        headers.set(EMPTIED, [""])
        run.assume("arr-header")
    content = situation.content
    incoming = Incoming(
        method=request.method or data.method or "GET",
        url=situation.url,
        original_url=original,
        headers=headers,
        body=Body(content) if content else None,
        ip=request.ip or data.ip or "",
        certificate=arrival.certificate,
        matched=data.matched,
    )
    if situation.tracing:
        run.received = received(situation, incoming)
    return incoming


def execute(effective: Effective, run: Run) -> Outcome:
    """Run a policy to its end."""
    if run.gateway.behind is not None and (stopped := _stopped(run, run.gateway.behind)):
        return stopped
    if any(document.kind is Kind.SNIPPET for document in effective.documents.values()):
        run.assume("base-around")
    for document in effective.documents.values():
        if any(note.code == "base-repeated" for note in document.notes):
            run.assume("base-repeated")
    run.outbound = effective.sections[Section.OUTBOUND]
    end = _forward(effective, run)
    if isinstance(end, Failed):
        return _on_error(effective, run, end)
    return _outcome(run, end)


def _stopped(run: Run, behind: str) -> Outcome | None:
    """The answer of a proxy that does not let the request through: no policy runs."""
    from certgate.gateway.fronting.proxy import parse
    from certgate.gateway.fronting.strict import refusal

    if not parse(behind).proxy.strict:
        return None
    run.assume("proxy-authorities")
    found = refusal(run.situation)
    if found is None:
        return None
    response, run.stopped = found
    return _record(run, Decision.REJECTED, response, None)


def _forward(effective: Effective, run: Run) -> End | None:
    """Inbound, backend, outbound."""
    for section in (Section.INBOUND, Section.BACKEND, Section.OUTBOUND):
        _enter(effective, run, section)
        if section is Section.OUTBOUND:
            run.exchange.response = run.exchange.response or Response()
            for seen in run.on_answer:
                seen()
        elements = effective.sections[section]
        if section is Section.INBOUND and run.exchange.request.method == "OPTIONS":
            from certgate.gateway.arriving.cross_origin import preflight

            if end := preflight(elements, run):
                return end
        end = run.elements(elements)
        if end and not isinstance(end, SectionEnded):
            return end
    return None


def _enter(effective: Effective, run: Run, section: Section) -> None:
    run.section = section
    run.entered.append(section)
    if section in effective.lacking:
        run.assume("base-around")


def _on_error(effective: Effective, run: Run, failed: Failed) -> Outcome:
    _raise(run, failed)
    _enter(effective, run, Section.ON_ERROR)
    end = run.elements(effective.sections[Section.ON_ERROR])
    if isinstance(end, Failed):
        run.assume("error-in-on-error")
        failed = Failed(end.element, 500, end.reason, end.message, SERVER_ERROR, True, end.holder)
        _raise(run, failed)
        end = None
    return _outcome(run, failed if end is None or isinstance(end, SectionEnded) else end)


def _raise(run: Run, failed: Failed) -> None:
    """Set ``context.LastError`` and the built-in response."""
    run.last_error = LastError(
        source=failed.element.name,
        reason=failed.reason,
        message=failed.message,
        scope=failed.element.scope,
        section=run.section,
        path=failed.at.path,
        policy_id=failed.element.id,
    )
    run.exchange.response = failed.response or _built_in(failed, run.situation)


def _built_in(failed: Failed, situation: Situation) -> Response:
    import json

    content: dict[str, object] = {"statusCode": failed.status, "message": failed.body_message}
    if failed.activity:
        content["activityId"] = situation.request_id
    body = json.dumps(content, separators=(", ", ": "), ensure_ascii=False)
    headers = Headers({"Content-Type": "application/json", **failed.headers})
    return Response(failed.status, None, headers, Body(f"{{ {body[1:-1]} }}".encode()))


def _outcome(run: Run, end: End | None) -> Outcome:
    match end:
        case Undecided():
            place = end.open.place or end.element.place()
            by = DecidedBy(end.element.name, end.element.path, place)
            run.end(None)
            return _record(run, Decision.UNDECIDED, None, by, end)
        case Answered():
            by = DecidedBy(end.element.name, end.element.path, end.element.place())
            run.end(end.response)
            return _record(run, _decision(end.response), end.response, by)
        case Failed():
            by = DecidedBy(end.element.name, end.at.path, end.at.place())
            response = run.exchange.response or Response(500)
            if _body(response) == _body(_built_in(end, run.situation)):
                run.assume("body-format")
            run.end(response)
            return _record(run, _decision(response), response, by)
    response = run.exchange.response or Response()
    run.end(response)
    return _record(run, Decision.ACCEPTED, response, None)


def _decision(response: Response) -> Decision:
    """Of an answer that the gateway itself makes."""
    return Decision.REJECTED if response.status >= 400 else Decision.ACCEPTED


def _record(
    run: Run, decision: Decision, response: Response | None, by: DecidedBy | None, end: Undecided | None = None
) -> Outcome:
    # Of a certificate that came in a header too there may be a verdict.
    certificate = run.certificate or run.situation.certificate
    return Outcome(
        decision=decision,
        status=response.status if response else None,
        reason=_reason(response) if response else None,
        headers=response.headers.frozen() if response else {},
        body=response.body.text if response and response.body and not response.body.consumed else "",
        decided_by=by,
        last_error=run.last_error,
        backend=run.backend,
        calls=tuple(run.calls),
        steps=run.steps,
        assumptions=run.assumptions,
        verdict=run.verdicts.built(certificate) if certificate else None,
        open=end.open if end else None,
        received=run.received,
        sections=tuple(run.entered),
    )


def _body(response: Response) -> bytes | None:
    return response.body.data if response.body else None


def _reason(response: Response) -> str:
    return standard(response.status) if response.reason is None else response.reason
