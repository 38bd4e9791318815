"""Member access, element access and ``?.`` (C# specification 12.8.7, 12.8.8, 12.8.11, 12.8.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder import allow
from certgate.csharp.binder.calls import bind_arguments
from certgate.csharp.binder.completion import finish_arguments
from certgate.csharp.binder.convert import convert, describe, is_unknown, natural
from certgate.csharp.binder.failures import report_failure
from certgate.csharp.binder.lookup import callee_of, extension_methods, find_member, hierarchy, is_known
from certgate.csharp.binder.names import bind_type, is_namespace
from certgate.csharp.binder.overload import Argument, Resolution, resolve
from certgate.csharp.binder.session import binds
from certgate.csharp.conversions import implicit
from certgate.csharp.members import MISSING
from certgate.csharp.types import AnonymousType, ArrayType, TupleType
from certgate.csharp.values import enum_value

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.members import Member, Signature
    from certgate.csharp.types import NetType


def access(b: Binder, node: syntax.MemberAccess, left: bound.Expression, called: bool) -> bound.Expression:
    """``a.B`` where `a` is bound. `called`: a ``(`` follows, and what cannot be called gives way to a method."""
    match left:
        case bound.Namespace():
            return _in_namespace(b, node, left)
        case bound.TypeName():
            return _static(b, node, left, called)
    left = natural(b, left)
    return instance(b, node, left, node.name, called, checked=True)


def _in_namespace(b: Binder, node: syntax.MemberAccess, left: bound.Namespace) -> bound.Expression:
    from certgate.csharp.binder.names import construct, exists

    full = f"{left.name}.{node.name.text}"
    arity = len(node.name.arguments or ())
    if exists(full, arity):
        return bound.TypeName(node, construct(b, node.name, full))
    if not arity and is_namespace(full):
        return bound.Namespace(node, types.UNKNOWN, full)
    return b.bad(node, "CS0234", node.name.text, left.name, at=node.name)


def _static(b: Binder, node: syntax.MemberAccess, left: bound.TypeName, called: bool) -> bound.Expression:
    """A member of a type by the type's name: a constant, a static property or method, a nested type."""
    kind, name = left.type, node.name.text
    if kind is types.UNKNOWN:
        return b.unknown(node)
    definition = kind.definition
    if definition is not None and definition.kind == "enum" and name in definition.constants:
        allow.check(b, node, kind, name)
        return bound.Constant(node, kind, enum_value(definition, name))
    found = find_member(kind, name)
    if found is None:
        nested = f"{kind.full_name}.{name}"
        from certgate.csharp.binder.names import construct, exists

        if exists(nested, len(node.name.arguments or ())):
            return bound.TypeName(node, construct(b, node.name, nested))
        return _missing(b, node, kind, name, None)
    if found.is_method:
        return _group(b, node, None, node.name, found.members, kind)
    member, owner = found.members[0]
    if called and _delegate_of(callee_of(member, owner).returns) is None:
        return b.bad(node, "CS1955", f"{owner.display}.{name}", at=node.name)
    if not member.signature.static:
        return b.bad(node, "CS0120", f"{owner.display}.{name}")
    allow.check(b, node, owner, name)
    return _member(b, node, None, member, owner)


def instance(
    b: Binder, node: syntax.Node, left: bound.Expression, name_node: syntax.Name, called: bool, checked: bool
) -> bound.Expression:
    """A member of a value. `checked`: the node is one that the gateway's allow-list looks at."""
    name, kind = name_node.text, left.type
    if is_unknown(left) or isinstance(left, bound.Bad):
        return b.unknown(node, left)
    if kind is types.DYNAMIC:
        from certgate.csharp.binder import dynamic

        return dynamic.member(b, node, left, name_node, called)
    if kind.kind == "special" or isinstance(left, bound.MethodGroup | bound.UnboundLambda):
        if isinstance(left, bound.MethodGroup):
            return b.bad(node, "CS0119", left.name, "method", at=left.syntax)
        place = node.operator_span if isinstance(node, syntax.MemberAccess | syntax.MemberBinding) else node
        return b.bad(node, "CS0023", ".", describe(left), at=place)
    item = _item(b, node, left, name)
    if item is not None:
        return item
    if isinstance(kind, ArrayType) and name == "Length" and not called and kind.rank == 1:
        if checked:
            allow.check(b, node, types.named("System.Array"), name)
        return bound.ArrayLength(node, types.INT32, left)
    if name == "Invoke" and kind.kind == "delegate" and called:
        return left
    found = find_member(kind, name)
    if found is None or (called and not found.is_method and not _callable(found.members[0])):
        return _extension_or_missing(b, node, left, name_node, found is not None, called)
    if found.is_method:
        return _group(b, node, left, name_node, found.members, kind)
    member, owner = found.members[0]
    if name_node.arguments is not None:
        return b.bad(node, "CS0307", f"{owner.display}.{name}", "property", at=name_node)
    if member.signature.static:
        return b.bad(node, "CS0176", f"{owner.display}.{name}")
    if checked:
        allow.check(b, node, owner, name)
    return _member(b, node, left, member, owner)


def _callable(found: tuple[Member, NetType]) -> bool:
    returns = callee_of(*found).returns
    return _delegate_of(returns) is not None or returns is types.UNKNOWN


def _delegate_of(kind: NetType) -> Signature | None:
    # Imported here: most expressions have neither lambdas nor delegates.
    from certgate.csharp.binder.lambdas import delegate_of

    return delegate_of(kind)


def _item(b: Binder, node: syntax.Node, left: bound.Expression, name: str) -> bound.Expression | None:
    """A property of an anonymous object or an element of a tuple."""
    kind = left.type
    if isinstance(kind, AnonymousType) and name in kind.names:
        index = kind.names.index(name)
        return bound.Item(node, kind.types[index], left, index)
    if isinstance(kind, TupleType):
        index = kind.names.index(name) if name in kind.names else _item_number(name)
        if name == "Rest" and len(kind.elements) > _BEFORE_REST:
            return _rest(b, node, left, kind)
        if len(kind.elements) == 1 and isinstance(node, syntax.MemberAccess):
            b.refuse(node, "Usage of type 'System.ValueTuple' is not supported within expressions")
        if 0 <= index < len(kind.elements):
            return bound.Item(node, kind.elements[index], left, index)
    return None


_BEFORE_REST = 7


def _rest(b: Binder, node: syntax.Node, left: bound.Expression, kind: TupleType) -> bound.Expression:
    """The tuple of what follows the seventh element."""
    held = bound.Local(node, kind, b.temporary(kind))
    rest = kind.elements[_BEFORE_REST:]
    items = tuple(bound.Item(node, one, held, index) for index, one in enumerate(rest, _BEFORE_REST))
    made = bound.NewObject(node, types.tuple_type(rest), items)
    return bound.Sequence(node, made.type, (bound.Assign(node, kind, held, left),), made)


def _item_number(name: str) -> int:
    return int(name[4:]) - 1 if name.startswith("Item") and name[4:].isdigit() and len(name) < 7 else -1


def _extension_or_missing(
    b: Binder, node: syntax.Node, left: bound.Expression, name_node: syntax.Name, exists: bool, called: bool
) -> bound.Expression:
    name = name_node.text
    definition = left.type.definition
    hidden = not exists and (is_known(left.type, name) or (definition is not None and definition.opaque))
    extensions = extension_methods(name) if not hidden else []
    if extensions and (called or _any_receives(b, extensions, left)):
        return _group(b, node, left, name_node, (), left.type)
    if exists:
        return b.bad(node, "CS1955", f"{left.type.display}.{name}", at=name_node)
    return _missing(b, node, left.type, name, left)


def _any_receives(b: Binder, extensions: list[tuple[Member, NetType]], left: bound.Expression) -> bool:
    from certgate.csharp.binder.inference import receives

    return any(receives(b, callee_of(*pair), left) for pair in extensions)


def _missing(b: Binder, node: syntax.Node, kind: NetType, name: str, left: bound.Expression | None) -> bound.Expression:
    """A name that is not declared: .NET has it and certgate not, or nobody has it."""
    known = is_known(kind, name)
    place = node.name if isinstance(node, syntax.MemberAccess | syntax.MemberBinding) else node
    if known is False:
        code = "CS0117" if left is None else "CS1061"
        if isinstance(place, syntax.Name) and type(place) is not syntax.Name:
            from certgate.csharp.binder.queries import QueryName, no_provider

            if isinstance(place, QueryName):
                return no_provider(b, place, kind)
        return b.bad(node, code, kind.display, name, at=place, hint=_nearest(kind, name))
    if isinstance(node, syntax.MemberAccess):
        allow.check(b, node, _declaring(kind, name), name)
    owner = _declaring(kind, name).definition
    message = f"certgate does not simulate '{kind.display}.{name}'"
    if owner is not None and name in owner.undocumented:
        message += ", which is not documented"
    return b.unsupported(node, message, *((left,) if left is not None else ()), at=place)


def _nearest(kind: NetType, name: str) -> str | None:
    """``did you mean Thumbprint?``: the nearest member that the type or a base of it has."""
    from certgate.core.registry import did_you_mean

    definitions = [one.definition for one in hierarchy(kind) if one.definition is not None]
    return did_you_mean(name, sorted({each for one in definitions for each in (*one.names(), *(one.known or ()))}))


def _declaring(kind: NetType, name: str) -> NetType:
    """The type that declares a member which certgate knows by name only."""

    for owner in hierarchy(kind):
        if owner.definition is not None and owner.definition.known is not None and name in owner.definition.known:
            return owner
    return kind


def _group(
    b: Binder,
    node: syntax.Node,
    receiver: bound.Expression | None,
    name_node: syntax.Name,
    members: tuple[tuple[Member, NetType], ...],
    owner: NetType,
) -> bound.Expression:
    arguments = tuple(bind_type(b, one) for one in name_node.arguments or ())
    callees = tuple(callee_of(member, declaring) for member, declaring in members)
    return bound.MethodGroup(
        node, types.METHOD_GROUP, receiver, name_node.text, callees, arguments, owner, receiver is not None
    )


def _member(
    b: Binder, node: syntax.Node, left: bound.Expression | None, member: Member, owner: NetType
) -> bound.Expression:
    """A property, field or constant."""
    callee = callee_of(member, owner)
    if member.value is not MISSING:
        return bound.Constant(node, callee.returns, member.value)
    if member.call is None:
        message = f"certgate does not simulate '{owner.display}.{member.name}'"
        return b.unsupported(node, message, *((left,) if left is not None else ()), type_=callee.returns)
    return bound.Property(node, callee.returns, left, member, owner)


# ?.


@binds(syntax.ConditionalAccess)
def conditional_access(b: Binder, node: syntax.ConditionalAccess) -> bound.Expression:
    """``a?.b.c``: the whole chain is skipped when `a` is null."""
    left = b.value(node.expression)
    if is_unknown(left) or isinstance(left, bound.Bad):
        return b.unknown(node, left)
    inner = types.nullable_inner(left.type)
    if inner is None and not (left.type.is_reference or left.type is types.DYNAMIC):
        return b.bad(node, "CS0023", "?", describe(left), at=node.operator_span)
    variable = b.temporary(inner or left.type)
    b.placeholders.append(bound.Local(node.expression, variable.type, variable))
    try:
        chain = natural(b, b.operand(node.chain))
    finally:
        b.placeholders.pop()
    if isinstance(chain, bound.Bad):
        return chain
    kind = chain.type
    if isinstance(chain, bound.MethodGroup):
        return b.bad(node, "CS0119", chain.name, "method", at=node.chain)
    if kind.is_value and types.nullable_inner(kind) is None:
        kind = types.nullable(kind)
    return bound.ConditionalAccess(node, kind, left, variable, chain)


@binds(syntax.MemberBinding)
def member_binding(b: Binder, node: syntax.MemberBinding) -> bound.Expression:
    """The ``.b`` of ``a?.b``."""
    return binding(b, node, called=False)


def binding(b: Binder, node: syntax.MemberBinding, called: bool) -> bound.Expression:
    """The same; `called` as for `access`."""
    return instance(b, node, b.placeholders[-1], node.name, called, checked=False)


@binds(syntax.ElementBinding)
def element_binding(b: Binder, node: syntax.ElementBinding) -> bound.Expression:
    """The ``[…]`` of ``a?[…]``."""
    return index_into(b, node, b.placeholders[-1], node.arguments, checked=False)


# []


def index_into(
    b: Binder, node: syntax.Node, left: bound.Expression, nodes: tuple[syntax.Argument, ...], checked: bool
) -> bound.Expression:
    """An element of an array or what an indexer gives."""
    return index_with(b, node, left, bind_arguments(b, nodes), checked)


def index_with(
    b: Binder, node: syntax.Node, left: bound.Expression, arguments: list[Argument], checked: bool
) -> bound.Expression:
    """The same with arguments that are bound."""
    if is_unknown(left) or isinstance(left, bound.Bad):
        return b.unknown(node, left, *(one.value for one in arguments))
    if types.DYNAMIC in (left.type, *(one.value.type for one in arguments)):
        from certgate.csharp.binder.dynamic import element

        return element(b, node, left, arguments)
    if isinstance(left.type, ArrayType):
        return _element(b, node, left, left.type, arguments)
    if left.type.kind == "special":
        return b.bad(node, "CS0021", describe(left))
    found = find_member(left.type, "Item")
    indexers = [pair for pair in found.members if pair[0].kind == "indexer"] if found is not None else []
    if not indexers:
        if is_known(left.type, "Item") is False:
            return b.bad(node, "CS0021", left.type.display)
        return b.unsupported(node, f"certgate does not simulate the indexer of '{left.type.display}'", left)
    return _indexer(b, node, left, arguments, checked)


def _chosen_indexer(b: Binder, kind: NetType, arguments: list[Argument]) -> Resolution:
    """The nearest type with an indexer that takes the arguments decides; the first error where none does."""
    first: Resolution | None = None
    for owner in hierarchy(kind):
        members = owner.definition.members("Item") if owner.definition is not None else ()
        callees = [callee_of(member, owner) for member in members if member.kind == "indexer"]
        if not callees:
            continue
        found = resolve(b, callees, arguments)
        if found.best is not None or found.ambiguous:
            return found
        first = first or found
    assert first is not None  # noqa: S101 - the caller found an indexer
    return first


def _indexer(
    b: Binder, node: syntax.Node, left: bound.Expression, arguments: list[Argument], checked: bool
) -> bound.Expression:
    found = _chosen_indexer(b, left.type, arguments)
    if found.best is None:
        report_failure(b, node, found, arguments, node, "this")
        return (
            b.unknown(node, left, *(one.value for one in arguments))
            if not b.report.diagnostics
            else bound.Bad(node, types.UNKNOWN)
        )
    callee = found.best.callee
    values, _ = finish_arguments(b, node, found.best, arguments)
    if any(isinstance(one, bound.Bad) for one in values):
        return bound.Bad(node, types.UNKNOWN)
    if checked:
        allow.check(b, node, callee.owner, "Item")
    assert callee.member is not None and callee.owner is not None  # noqa: S101 - indexers are declared members
    if callee.member.call is None:
        return b.unsupported(
            node, f"certgate does not simulate '{callee.owner.display}[…]'", left, *values, type_=callee.returns
        )
    return bound.Indexer(node, callee.returns, left, callee.member, callee.owner, values)


def _element(
    b: Binder, node: syntax.Node, left: bound.Expression, kind: ArrayType, arguments: list[Argument]
) -> bound.Expression:
    if len(arguments) != kind.rank:
        return b.bad(node, "CS0022", kind.rank)
    indices = tuple(array_index(b, one.value) for one in arguments)
    if any(isinstance(one, bound.Bad) for one in indices):
        return bound.Bad(node, types.UNKNOWN)
    return bound.Element(node, kind.element, left, indices)


def array_index(b: Binder, value: bound.Expression) -> bound.Expression:
    """An array index or size: int, uint, long or ulong, the first that fits."""
    for kind in (types.INT32, types.UINT32, types.INT64, types.UINT64):
        if implicit(value.type, kind) is not None and not is_unknown(value):
            return convert(b, value, kind)
    return convert(b, value, types.INT32)
