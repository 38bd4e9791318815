"""What ``validate-graphql-request`` refuses whatever the schema: size, depth, and fields that a rule rejects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from certgate.gateway.content import graphql

if TYPE_CHECKING:
    from certgate.gateway.content.graphql import Selected
    from certgate.gateway.ending import Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_TYPES = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}


def refusal(element: Element, run: Run) -> str | Undecided | None:
    """Why the request is refused; None where nothing refuses it without the schema."""
    body = run.exchange.request.body
    data = b"" if body is None else body.left
    limit = run.number(element, "max-size") if element.value("max-size") is not None else None
    if limit is not None and len(data) > limit:
        return f"The query is {len(data)} bytes long and it exceeds the limit of {limit} bytes."
    query = _query(data)
    if query is None:
        return run.not_simulated(element, "certgate judges no GraphQL request that is not JSON with a query")
    try:
        selected = graphql.read(query)
    except graphql.NotGraphQL as error:
        return f"The query is not valid GraphQL. {error}"
    except graphql.NotSimulated as error:
        return run.not_simulated(element, str(error))
    deepest = run.number(element, "max-depth") if element.value("max-depth") is not None else 6
    if selected.depth > deepest:
        return f"The query has a depth of {selected.depth} and it exceeds the limit of {deepest}."
    return _rules(element, run, selected)


def _query(data: bytes) -> str | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    query = found.get("query") if isinstance(found, dict) else None
    return query if isinstance(query, str) else None


def _rules(element: Element, run: Run, selected: Selected) -> str | None:
    fields = {f"/{_TYPES[kind]}/{name}" for kind, names in selected.roots.items() for name in names}
    settled: set[str] = set()
    for authorize in element.named("authorize"):
        for rule in authorize.named("rule"):
            path = rule.literal("path") or ""
            hit = {path} & fields if path != "/__*" else ({path} if selected.introspects else set())
            hit -= settled
            action = run.value(element, "action", rule) or "allow"
            if not hit or action == "ignore":
                continue
            if action == "reject":
                return f"The path {path} is not allowed."
            settled |= hit
    return None
