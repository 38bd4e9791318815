"""Statements with parts of their own kind (C# specification 13.9.5, 13.11, 13.13, 13.14): foreach, try, using, lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import convert, describe, is_unknown
from certgate.csharp.binder.lookup import find_member, mapping_of
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.session import binds_statement
from certgate.csharp.binder.statements import body, condition, declare_all, embedded, is_var
from certgate.csharp.conversions import bases_of, derives_from, explicit

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


# foreach


def element_type(b: Binder, kind: NetType) -> NetType | None:
    """The type of what enumerating gives (13.9.5); None where a type cannot be enumerated."""
    if isinstance(kind, types.ArrayType):
        return kind.element
    if kind is types.STRING:
        return types.CHAR
    if kind.kind != "interface":
        found = find_member(kind, "GetEnumerator")
        if found is not None and found.is_method:
            member, owner = found.members[0]
            returns = types.substitute(member.signature.returns, mapping_of(owner))
            return returns.arguments[0] if returns.arguments else types.OBJECT
    generic = None
    for base in (kind, *bases_of(kind)):
        if base.full_name == "System.Collections.IEnumerable":
            generic = generic or types.OBJECT
        if base.definition is not None and base.definition.metadata_name == "System.Collections.Generic.IEnumerable`1":
            return base.arguments[0]
    return generic


@binds_statement(syntax.ForEach)
def for_each(b: Binder, node: syntax.ForEach) -> bound.Statement:
    """``foreach``."""
    collection = b.value(node.expression)
    if collection.type is types.DYNAMIC:
        collection = convert(b, collection, types.named("System.Collections.IEnumerable"))
        element: NetType = types.DYNAMIC
    else:
        element = _element(b, node.expression, collection)
    previous = b.enter()
    kind = element if is_var(b, node.type) else bind_type(b, node.type)
    item = b.temporary(element)
    variable = b.declare(node.name, kind, "bad" if isinstance(collection, bound.Bad) else "foreach", node.name_span)
    read: bound.Expression = bound.Local(node.expression, element, item)
    if element is not kind and types.UNKNOWN not in (element, kind):
        found = explicit(element, kind)
        if found is None:
            b.error("CS0030", (node.start, node.start + 7), element.full_name, kind.full_name)
        else:
            read = bound.Convert(node.expression, kind, read, found, b.checked)
    inner = body(b, node.body)
    b.leave(previous)
    if isinstance(collection, bound.Unsupported):
        return bound.Block(node, (bound.ExpressionStatement(node.expression, collection), inner))
    return bound.ForEach(node, variable, collection, item, read, (), inner)


def _element(b: Binder, node: syntax.Expression, collection: bound.Expression) -> NetType:
    if is_unknown(collection) or isinstance(collection, bound.Bad):
        return types.UNKNOWN
    element = (
        element_type(b, collection.type)
        if not isinstance(collection, bound.UnboundLambda | bound.MethodGroup)
        else None
    )
    if element is not None:
        return element
    if (
        collection.type.definition is not None
        and collection.type.definition.known is None
        and collection.type.kind != "special"
    ):
        b.unsupported(node, f"certgate cannot enumerate '{collection.type.display}'")
        return types.UNKNOWN
    if collection.type is types.NULL:
        b.error("CS0186", node)
    else:
        b.error("CS1579", node, describe(collection))
    return types.UNKNOWN


@binds_statement(syntax.ForEachDeconstruction)
def for_each_deconstruction(b: Binder, node: syntax.ForEachDeconstruction) -> bound.Statement:
    """``foreach (var (a, b) in …)``."""
    from certgate.csharp.binder.assignment import deconstruct

    collection = b.value(node.expression)
    element = _element(b, node.expression, collection)
    previous = b.enter()
    item, variable = b.temporary(element), b.temporary(element)
    read = bound.Local(node.expression, element, item)
    step = deconstruct(b, node.target, node.target, bound.Local(node.expression, element, variable))
    inner = body(b, node.body)
    b.leave(previous)
    return bound.ForEach(node, variable, collection, item, read, (step,), inner)


# try, using, lock


@binds_statement(syntax.Try)
def try_(b: Binder, node: syntax.Try) -> bound.Statement:
    """``try``, ``catch``, ``when``, ``finally``."""
    b.nested.append("guarded" if node.catches else "try")
    inner = b.statement(node.block)
    b.nested.pop()
    catches: list[bound.Catch] = []
    for one in node.catches:
        catches.append(_catch(b, one, catches))
    final = None
    if node.final is not None:
        b.nested.append("finally")
        final = b.statement(node.final)
        b.nested.pop()
    assert isinstance(inner, bound.Block) and isinstance(final, bound.Block | None)  # noqa: S101 - blocks bind to blocks
    return bound.Try(node, inner, tuple(catches), final)


def _catch(b: Binder, node: syntax.Catch, before: list[bound.Catch]) -> bound.Catch:
    previous = b.enter()
    kind: NetType | None = None
    variable = None
    if node.type is not None:
        kind = bind_type(b, node.type)
        exception = types.named("System.Exception")
        if kind is not types.UNKNOWN and not types.is_opaque(kind) and not derives_from(kind, exception):
            b.error("CS0155", node.type)
        for other in before:
            caught = other.type or exception
            if other.when is None and types.UNKNOWN not in (kind, caught) and derives_from(kind, caught):
                b.error("CS0160", node.type, caught.display)
                break
        if node.name is not None:
            variable = b.declare(node.name, kind, "local", node.name_span)
    when = condition(b, node.when) if node.when is not None else None
    b.nested.append("catch")
    inner = b.statement(node.block)
    b.nested.pop()
    b.leave(previous)
    assert isinstance(inner, bound.Block)  # noqa: S101 - blocks bind to blocks
    return bound.Catch(node, kind, variable, when, inner)


@binds_statement(syntax.Using)
def using(b: Binder, node: syntax.Using) -> bound.Statement:
    """``using (…)``: Dispose is called at the end."""
    previous = b.enter()
    declared: list[bound.Declare] = []
    if node.declaration is not None:
        made = declare_all(b, node.declaration, kind="using")
        declared = [one for one in made if isinstance(one, bound.Declare)]
        place: syntax.Node = node.declaration
    elif node.expression is not None:
        value = b.value(node.expression)
        declared = [bound.Declare(node.expression, b.temporary(value.type), value)]
        place = node.expression
    calls = tuple(_dispose(b, place, one) for one in declared)
    inner = embedded(b, node.body)
    b.leave(previous)
    return bound.Using(node, tuple(declared), calls, inner)


def _dispose(b: Binder, node: syntax.Node, declared: bound.Declare) -> bound.Expression | None:
    variable = declared.variable
    kind = variable.type
    if kind in (types.UNKNOWN, types.NULL):
        return None
    disposable = types.named("System.IDisposable")
    if not derives_from(kind, disposable) and not derives_from(types.nullable_inner(kind) or kind, disposable):
        if not types.is_opaque(kind):
            b.error("CS1674", node, kind.display)
        return None
    found = find_member(kind, "Dispose")
    if found is None or found.members[0][0].call is None:
        return None
    member, owner = found.members[0]
    return bound.Call(node, types.VOID, bound.Local(node, kind, variable), member, owner, (), (), ())


@binds_statement(syntax.Lock)
def lock(b: Binder, node: syntax.Lock) -> bound.Statement:
    """``lock``: there is one thread only."""
    value = b.value(node.expression)
    if not is_unknown(value) and value.type.is_value:
        value = b.bad(node.expression, "CS0185", describe(value))
    held = bound.Declare(node.expression, b.temporary(value.type), value)
    return bound.Block(node, (held, embedded(b, node.body)))
