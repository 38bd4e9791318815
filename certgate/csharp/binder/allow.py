"""The gateway's allow-list as it is checked when a policy is saved (fact sheet 7.2.1).

Only invocations, simple member accesses, element accesses, object creations, object initialisers and anonymous object
creations
are looked at, and what counts is the type that declares the member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import types

if TYPE_CHECKING:
    from certgate.csharp import syntax
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


def check(b: Binder, node: syntax.Node, owner: NetType | None, name: str, refused: bool = False) -> None:
    """Refuse a member that the gateway does not allow.

    `name` is ``Item`` for an indexer and ``.ctor`` for a constructor. `refused`: this overload is not allowed even
    where the others are.
    """
    if b.environment.unrestricted or owner is None or owner.definition is None:
        return
    definition = owner.definition
    if not definition.declared:
        definition.load()
    allowed = definition.allowed
    if owner is types.OBJECT:
        allowed = frozenset((".ctor",))
    if allowed is True and not refused:
        return
    if not allowed:
        b.refuse(node, f"Usage of type '{definition.full_name}' is not supported within expressions")
    elif refused or (allowed is not True and name not in allowed):
        b.refuse(node, f"Usage of member '{name}' of type '{definition.full_name}' is not supported within expressions")


def allowed_type(full_name: str, arity: int = 0) -> bool:
    """Whether any member of that type is allowed."""
    definition = types.find(full_name, arity)
    if definition is not None:
        return bool(definition.allowed)
    from certgate.csharp.dotnet.system.known_types import is_allowed

    return is_allowed(full_name)
