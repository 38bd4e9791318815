"""Whose counter a limit is: that of the subscription, for the product, API or operation that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from certgate.policy.declaration import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.gateway.context.data import ContextData
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

Key = tuple[str, ...]


def subscription(run: Run) -> str | None:
    """The id of the caller's subscription; None, which is said, where the call comes without one: nothing counts it."""
    found = run.context.subscription
    if found is None:
        run.assume("no-subscription")
        run.says("no effect: the call comes without a subscription")
        return None
    return str(found.get("id") or "")


def levels(element: Element, run: Run, owner: str) -> Iterator[tuple[Key, Element]]:
    """The limits of `element` that apply to the request, each with the key of its counter: its own, then those of the
    ``api`` and ``operation`` in it that the request goes to. They count apart from each other."""
    key = ("subscription", owner, element.scope, *_scope(element.scope, run.context))
    yield key, element
    if (element.named("api") and not run.context.api) or (_names_operations(element) and not run.context.operation):
        run.assume("limit-parts")
    for child in element.named("api"):
        if _is(child, run.context.api):
            api = (*key, "api", _name(child))
            yield api, child
            yield from _operations(child, run, api)
    yield from _operations(element, run, key)


def _names_operations(element: Element) -> bool:
    return any(child.name == "operation" for child in element.walk())


def _operations(holder: Element, run: Run, key: Key) -> Iterator[tuple[Key, Element]]:
    for child in holder.named("operation"):
        if _is(child, run.context.operation):
            yield (*key, "operation", _name(child)), child


def _scope(scope: str, context: ContextData) -> Iterator[str]:
    """The ids of what the policy's scope is."""
    parts = {
        Scope.WORKSPACE: (context.workspace,),
        Scope.PRODUCT: (context.product,),
        Scope.API: (context.api,),
        Scope.OPERATION: (context.api, context.operation),
    }
    for entity in parts.get(Scope(scope), ()):
        yield str((entity or {}).get("id") or (entity or {}).get("name") or "")


def _name(child: Element) -> str:
    return (child.literal("id") or child.literal("name") or "").lower()


def _is(child: Element, entity: object) -> bool:
    """Whether `child` names the entity: by its id, else by its name, without regard to case."""
    members = entity if isinstance(entity, Mapping) else {}
    kind = "id" if child.literal("id") else "name"
    named = child.literal(kind)
    return bool(named) and str(members.get(kind) or "").lower() == (named or "").lower()
