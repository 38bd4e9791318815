"""Dapr: the sidecar of a self-hosted gateway, what policies ask of it, and what becomes of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.evaluated import SERVER_ERROR
from certgate.gateway.sending import addresses, calls
from certgate.gateway.sending.calls import NoAnswer, Sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Route
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

SIDECAR = "http://localhost:3500/v1.0"
"""The address of Dapr's HTTP interface."""


def ask(element: Element, run: Run, path: str, body: bytes, kind: str | None) -> End | None:
    """Send `body` of a `kind` to the sidecar. An answer of 400 or above fails the policy, and is the caller's answer,
    unless ``ignore-error`` says otherwise."""
    run.value(element, "timeout")
    url = addresses.absolute(f"{SIDECAR}/{path}")
    if url is None:
        return run.not_simulated(element, f"'{path[:200]}' makes no address of Dapr")
    headers: Mapping[str, tuple[str, ...]] = {"Content-Type": (kind,)} if kind else {}
    sent = Sent("POST", url.text, headers, body)
    ignores, variable = run.flag(element, "ignore-error"), element.literal("response-variable-name")
    if ignores and not variable:
        calls.note(run, element, sent)
        run.says(f"asks Dapr at {url.text}; its answer has no effect")
        return None
    answer = calls.send(run, element, sent)
    match answer:
        case Undecided():
            return answer
        case NoAnswer() if not ignores:
            return calls.unanswered(run, element, answer)
        case NoAnswer():
            run.assume("ignore-error")
            calls.store(run, element, variable, None)
            run.says(f"asks Dapr at {url.text}, which gives no answer; ignored")
            return None
    if answer.status >= 400 and not ignores:
        run.assume("status-error")
        message = f"Dapr answered {answer.status}."
        run.says(f"failed: {message}")
        return Failed(element, answer.status, None, message, SERVER_ERROR, response=answer)
    calls.store(run, element, variable, answer)
    run.says(f"asks Dapr at {url.text}, which answers {answer.status}")
    return None


def binding_body(operation: str | None, metadata: Mapping[str, str], data: str | None) -> bytes:
    """What a binding is sent: JSON, with the data as JSON where they are that, else as a text."""
    import json

    content: dict[str, Any] = {}
    if operation and operation != "none":
        content["operation"] = operation
    if metadata:
        content["metadata"] = dict(metadata)
    if data is not None:
        try:
            content["data"] = json.loads(data)
        except (ValueError, RecursionError):
            content["data"] = data
    try:
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    except RecursionError:
        # Data that can just be read is too deep to be written one level further down.
        return json.dumps(content | {"data": data}, ensure_ascii=False).encode("utf-8", "replace")


def invoke(element: Element, run: Run, route: Route) -> End | None:
    """``set-backend-service`` by Dapr: the sidecar calls a method of another service."""
    names = [run.text(element, name) for name in ("dapr-app-id", "dapr-namespace", "dapr-method")]
    service, method = ".".join(filter(None, names[:2])), names[2]
    url = addresses.absolute(f"{SIDECAR}/invoke/{service}/method")
    if url is None or not names[0] or not method:
        return run.not_simulated(element, "certgate does not know what no Dapr service or method is")
    route.service, route.entity, route.scope = url.text, "dapr", element.scope
    route.path = addresses.escaped(f"/{method.lstrip('/')}")
    run.secrets.put(element, "Url")
    run.says(f"Dapr calls {method} of {service}")
    return None
