"""``a.B().C[0]``: members, calls and elements in a row, bound from the left without recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from certgate.csharp import bound, syntax
from certgate.csharp.binder.access import access, binding, index_into
from certgate.csharp.binder.calls import call_on
from certgate.csharp.binder.convert import natural
from certgate.csharp.binder.session import TooComplex, binds
from certgate.csharp.depth import MAX_HEIGHT

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder

    Link: TypeAlias = syntax.MemberAccess | syntax.Invocation | syntax.ElementAccess

_LINKS = (syntax.MemberAccess, syntax.Invocation, syntax.ElementAccess)


@binds(*_LINKS)
def chain(b: Binder, node: Link) -> bound.Expression:
    """The whole row that ends in `node`."""
    links: list[Link] = []
    inner: syntax.Expression = node
    while isinstance(inner, _LINKS):
        links.append(inner)
        inner = inner.expression
    called = isinstance(links[-1], syntax.Invocation)
    found = binding(b, inner, True) if called and isinstance(inner, syntax.MemberBinding) else b.expression(inner)
    b.nodes += len(links)
    if len(links) > MAX_HEIGHT:
        # Written out, the clauses of a query are such a row.
        raise TooComplex
    while links:
        link = links.pop()
        if isinstance(link, syntax.MemberAccess):
            found = access(b, link, found, bool(links) and isinstance(links[-1], syntax.Invocation))
        elif isinstance(link, syntax.Invocation):
            found = call_on(b, link, found)
        else:
            found = _element(b, link, found)
    return found


def _element(b: Binder, node: syntax.ElementAccess, found: bound.Expression) -> bound.Expression:
    """``a[i]``."""
    left = natural(b, b.as_operand(node.expression, found))
    if isinstance(left, bound.MethodGroup):
        return b.bad(node, "CS0021", "method group")
    return index_into(b, node, left, node.arguments, checked=True)
