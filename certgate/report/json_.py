"""The JSON reports, by the contract of their schemas in ``certgate/schemas``."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.core.excerpt import JSON_ESCAPE, unseen_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from certgate.core.source import Place
    from certgate.csharp.trace import Trace
    from certgate.gateway.outcome import Call, Evaluated, LastError, Open, Outcome, Step
    from certgate.pki.verdict import Evidence, Verdict
    from certgate.result import Asked, Case, Client, PolicyWay, Report, VerifiedCertificate

Document = dict[str, Any]


def dump(document: Document | list[Document]) -> str:
    """The text of a document: two-space indent, a final LF, and no escapes beyond those of JSON and of `unseen_as`."""
    # Imported here: pages for people, which are asked for more often, pay nothing for it.
    import json

    return unseen_as(JSON_ESCAPE, json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def validate(report: Report) -> str:
    cases = [_case(case) for case in report.cases]
    notes = [{"code": note.code, "message": note.message, **_maybe_place(note.place)} for note in report.notes]
    return dump({"schema": "certgate/validate/1", "now": timestamp(report.now), "cases": cases, "notes": notes})


def verify(certificates: Sequence[VerifiedCertificate]) -> str:
    return dump({"schema": "certgate/verify/1", "certificates": list(map(_verified, certificates))})


def _verified(row: VerifiedCertificate) -> Document:
    document = {
        "source": row.client.source,
        "thumbprint": row.client.thumbprint,
        "question": row.question,
        **_verdict(row.verdict),
        "settle": list(row.settle),
        "hints": list(row.hints),
        "verify": _answer(row.verify),
        "without_revocation": _answer(row.without_revocation),
        "validate_client_certificate": _policy(row.policy),
    }
    if row.paths is not None:
        from certgate.report.paths import document as paths

        document["paths"] = paths(row.paths)
    return document


def _answer(verdict: Verdict | None) -> Document | None:
    return None if verdict is None else {"build": verdict.build, "status": list(verdict.status)}


def _policy(ways: Sequence[PolicyWay]) -> Document:
    """What is the same in all ways, and null where it is not."""
    reasons, messages = {way.reason for way in ways}, {way.message for way in ways}
    passes = {reason is None for reason in reasons}
    return {
        "passes": passes.pop() if len(passes) == 1 else None,
        "reason": reasons.pop() if len(reasons) == 1 else None,
        "message": (messages.pop() or None) if len(messages) == 1 else None,
        "ways": [
            {
                "given": way.given,
                "reason": way.reason,
                "message": way.message or None,
                "confirmed": way.confirmed,
            }
            for way in ways
        ],
    }


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second where it is one."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _case(case: Case) -> Document:
    outcome = case.outcome
    document: Document = {
        "certificate": _client(case.client),
        "policy": case.policy,
        "request": _asked(case.request),
        "decision": str(outcome.decision),
        "status": outcome.status,
        "reason": outcome.reason,
        "headers": _headers(outcome.headers),
        "body": outcome.body,
        "decided_by": None,
        "last_error": _last_error(outcome.last_error),
        "backend": _backend(outcome),
        "calls": list(map(_call, outcome.calls)),
        "steps": [_step(step) for step in outcome.steps],
        "assumptions": [{"id": item.id, "text": item.text, "source": item.source} for item in outcome.assumptions],
        "verdict": _verdict(outcome.verdict) if outcome.verdict else None,
        "open": _open(outcome.open),
        "hints": list(outcome.hints),
    }
    if outcome.decided_by:
        by = outcome.decided_by
        document["decided_by"] = {"element": by.element, "path": by.path, **_place(by.place)}
    if case.expectation:
        document["expected"] = {
            "status": case.expectation.status,
            "reason": case.expectation.reason,
            "unmet": case.unmet,
        }
    return document


def _client(client: Client | None) -> Document | None:
    if client is None:
        return None
    return {"source": client.source, "thumbprint": client.thumbprint, "subject": client.subject}


def _asked(request: Asked | None) -> Document | None:
    if request is None:
        return None
    return {
        "index": request.index,
        "name": request.name,
        "method": request.method,
        "url": request.url,
        "at": timestamp(request.at),
    }


def _call(call: Call) -> Document:
    return {
        "element": call.element,
        "method": call.method,
        "url": call.url,
        "headers": _headers(call.headers),
        "body": call.body,
        "certificate": call.certificate,
    }


def _maybe_place(place: Place | None) -> Document:
    return _place(place) if place else {"file": None, "line": None, "column": None}


def _place(place: Place) -> Document:
    return {"file": place.file, "line": place.line, "column": place.column}


def _headers(headers: Mapping[str, Sequence[str]]) -> Document:
    return {name: list(values) for name, values in headers.items()}


def _last_error(error: LastError | None) -> Document | None:
    if error is None:
        return None
    return {
        "Source": error.source,
        "Reason": error.reason,
        "Message": error.message,
        "Scope": error.scope,
        "Section": error.section,
        "Path": error.path,
        "PolicyId": error.policy_id,
    }


def _backend(outcome: Outcome) -> Document | None:
    sent = outcome.backend
    if sent is None:
        return None
    return {
        "method": sent.method,
        "url": sent.url,
        "headers": _headers(sent.headers),
        "body": sent.body,
        "attempts": sent.attempts,
        "certificate": sent.certificate,
    }


def _step(step: Step) -> Document:
    return {
        "element": step.element,
        "path": step.path,
        "scope": step.scope,
        **_place(step.place),
        "effect": step.effect,
        "expressions": [_evaluated(expression) for expression in step.expressions],
    }


def _evaluated(evaluated: Evaluated) -> Document:
    document: Document = {"text": evaluated.text, **_place(evaluated.place)}
    if evaluated.exception is not None:
        document["exception"] = evaluated.exception
    else:
        document["value"] = evaluated.value
    if evaluated.trace:
        document["trace"] = tree(evaluated.trace)
    return document


def tree(trace: Trace) -> Document:
    """The explain tree of one expression."""
    document: Document = {"text": trace.text, "type": trace.static_type}
    if trace.skipped:
        document["skipped"] = True
    elif trace.exception is not None:
        document["exception"] = trace.exception
    else:
        document["value"] = trace.value
    if trace.children:
        document["children"] = [tree(child) for child in trace.children]
    return document


def _verdict(verdict: Verdict) -> Document:
    return {
        "build": verdict.build,
        "status": list(verdict.status),
        "elements": [
            {
                "thumbprint": element.certificate.thumbprint,
                "subject": element.certificate.subject,
                "status": list(element.status),
                "origin": str(element.origin),
                "file": element.origin_name or None,
                "reasons": list(element.reasons),
                "revocation": element.revocation or None,
            }
            for element in verdict.elements
        ],
        "evidence": list(map(_evidence, verdict.evidence)),
        "wanted": list(verdict.wanted),
        "settle": list(verdict.settle),
        "notes": list(verdict.notes),
    }


def _evidence(row: Evidence) -> Document:
    return {
        "url": row.url,
        "kind": row.kind,
        "result": row.result,
        "subject": row.subject,
        "detail": row.detail,
        "rules": row.rules or None,
        "given": row.given or None,
        "fetched": timestamp(row.fetched) if row.fetched is not None else None,
        "seconds": row.seconds,
        "size": row.size,
        "until": timestamp(row.until) if row.until is not None else None,
    }


def _open(open_: Open | None) -> Document | None:
    if open_ is None:
        return None
    return {
        "message": open_.message,
        **_maybe_place(open_.place),
        "wanted": list(open_.wanted),
        "settle": list(open_.settle),
        "ways": [
            {"given": way.given, "decision": str(way.decision), "status": way.status, "reason": way.reason}
            for way in open_.ways
        ],
    }
