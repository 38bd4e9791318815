"""Object, array and anonymous-object creation, with initialisers (C# specification 12.8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder import allow
from certgate.csharp.binder.access import array_index, index_into, instance
from certgate.csharp.binder.calls import bind_arguments, call_group
from certgate.csharp.binder.completion import finish_arguments
from certgate.csharp.binder.convert import convert, default_value, describe, is_unknown, natural
from certgate.csharp.binder.failures import report_failure
from certgate.csharp.binder.lambdas import common_type
from certgate.csharp.binder.lookup import callee_of
from certgate.csharp.binder.names import bind_array_type, bind_type
from certgate.csharp.binder.overload import Argument, resolve
from certgate.csharp.binder.session import Report, binds
from certgate.csharp.conversions import NUMERIC, derives_from

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.bound import Variable
    from certgate.csharp.types import ArrayType, NetType, TypeDefinition


@binds(syntax.ObjectCreation)
def object_creation(b: Binder, node: syntax.ObjectCreation) -> bound.Expression:
    """``new T(…) { … }``."""
    kind = bind_type(b, node.type)
    made = _create(b, node, kind)
    if node.initializer is None or isinstance(made, bound.Bad):
        return made
    return _initialized(b, node, made, node.initializer)


def _create(b: Binder, node: syntax.ObjectCreation, kind: NetType) -> bound.Expression:
    arguments = bind_arguments(b, node.arguments or ())
    if kind is types.UNKNOWN:
        return b.unknown(node) if b.report.unsupported and not b.report.diagnostics else bound.Bad(node, kind)
    if kind is types.VOID:
        return b.bad(node, "CS1547", at=node.type)
    if kind.kind == "interface":
        return b.bad(node, "CS0144", kind.display)
    if kind.kind == "static":
        return b.bad(node, "CS0712", kind.display)
    definition = kind.definition
    if isinstance(kind, types.TupleType):
        return _tuple(b, node, kind, arguments)
    if definition is None:
        return b.unsupported(node, f"certgate does not create '{kind.display}'")
    if kind.kind == "delegate":
        return _delegate(b, node, kind, arguments)
    definition.load()
    allow.check(b, node, kind, ".ctor")
    if not arguments and (
        kind in NUMERIC or kind is types.BOOLEAN or kind.kind == "enum" or types.nullable_inner(kind)
    ):
        return default_value(node, kind)
    if kind.kind == "enum" or kind is types.BOOLEAN or (kind in NUMERIC and kind is not types.DECIMAL):
        return b.bad(node, "CS1729", kind.display, len(arguments), at=node.type)
    return _construct(b, node, kind, definition, arguments)


def _delegate(b: Binder, node: syntax.ObjectCreation, kind: NetType, arguments: list[Argument]) -> bound.Expression:
    """``new Func<int>(f)``: of a lambda, a method or another delegate."""
    if not arguments:
        return b.bad(node, "CS1729", kind.display, 0)
    value = arguments[0].value
    is_function = isinstance(value, bound.UnboundLambda | bound.MethodGroup | bound.Bad) or is_unknown(value)
    if len(arguments) > 1 or not (is_function or value.type.kind == "delegate" or value.type is types.NULL):
        return b.bad(node, "CS0149", at=value.syntax)
    return convert(b, value, kind)


def _tuple(
    b: Binder, node: syntax.ObjectCreation, kind: types.TupleType, arguments: list[Argument]
) -> bound.Expression:
    """``new ValueTuple<int, int>(1, 2)``."""
    if isinstance(node.type, syntax.TupleType):
        return b.bad(node, "CS8181", at=node.type)
    if not arguments:
        return default_value(node, kind)
    if len(arguments) != len(kind.elements):
        return b.bad(node, "CS1729", kind.display, len(arguments), at=node.type)
    items = tuple(convert(b, one.value, wanted) for one, wanted in zip(arguments, kind.elements, strict=True))
    if any(isinstance(item, bound.Bad) for item in items):
        return bound.Bad(node, types.UNKNOWN)
    return bound.NewObject(node, kind, items)


def _construct(
    b: Binder, node: syntax.ObjectCreation, kind: NetType, definition: TypeDefinition, arguments: list[Argument]
) -> bound.Expression:
    members = definition.members(".ctor")
    is_struct = kind.kind == "struct"
    if not arguments and is_struct and not any(not one.signature.parameters for one in members):
        return default_value(node, kind)
    from certgate.csharp.binder.uncreatable import is_abstract, is_closed

    if is_abstract(kind):
        return b.bad(node, "CS0144", kind.display)
    if not members and is_closed(kind):
        return b.bad(node, "CS1729", kind.display, len(arguments), at=node.type)
    if not members:
        plain = [one.value for one in arguments if not isinstance(one.value, bound.UnboundLambda | bound.MethodGroup)]
        return b.unsupported(node, f"certgate does not create '{kind.display}'", *plain, type_=kind)
    found = resolve(b, [callee_of(one, kind) for one in members], arguments)
    if found.best is None:
        if any(is_unknown(one.value) for one in arguments):
            return b.unknown(node, *(one.value for one in arguments))
        if any(one.more for one in members):
            return b.unsupported(node, f"certgate does not know all constructors of '{kind.display}'", type_=kind)
        report_failure(b, node, found, arguments, node.type, kind.display, constructor=True)
        return bound.Bad(node, types.UNKNOWN)
    values, modes = finish_arguments(b, node, found.best, arguments)
    if any(isinstance(one, bound.Bad) for one in values):
        return bound.Bad(node, types.UNKNOWN)
    member = found.best.callee.member
    assert member is not None  # noqa: S101 - constructors are declared members
    if member.call is None:
        return b.unsupported(
            node, f"certgate does not simulate this constructor of '{kind.display}'", *values, type_=kind
        )
    return bound.New(node, kind, member, values, modes)


# Initialisers


def _initialized(
    b: Binder, node: syntax.Node, made: bound.Expression, initializer: syntax.Initializer
) -> bound.Expression:
    variable = b.temporary(made.type)
    steps = _steps(b, variable, initializer, made.type)
    if any(isinstance(step, bound.Bad) for step in steps):
        return bound.Bad(node, types.UNKNOWN)
    if is_unknown(made):
        return b.unknown(node, made)
    return bound.Initialized(node, made.type, made, variable, tuple(steps))


def _steps(b: Binder, variable: Variable, initializer: syntax.Initializer, kind: NetType) -> list[bound.Expression]:
    target = bound.Local(initializer, kind, variable)
    if kind is types.UNKNOWN:
        return [target]
    if initializer.kind is syntax.InitializerKind.COLLECTION:
        enumerable = types.named("System.Collections.IEnumerable")
        if not types.is_opaque(kind) and not derives_from(kind, enumerable) and not _may_enumerate(kind):
            return [b.bad(initializer, "CS1922", kind.display)]
        return [_add(b, target, element) for element in initializer.elements if isinstance(element, syntax.Expression)]
    steps: list[bound.Expression] = []
    seen: set[str] = set()
    for element in initializer.elements:
        if isinstance(element, syntax.MemberInitializer):
            if element.name.text in seen:
                b.error("CS1912", element.name, element.name.text)
            seen.add(element.name.text)
            steps += _member_step(b, target, element)
        elif isinstance(element, syntax.IndexInitializer):
            place = index_into(b, element, target, element.arguments, checked=True)
            steps += _assign_step(b, element, place, element.value)
        else:
            steps.append(b.bad(element, "CS0747"))
    return steps


def _may_enumerate(kind: NetType) -> bool:
    definition = kind.definition
    return definition is not None and bool(definition.members("GetEnumerator"))


def _member_step(b: Binder, target: bound.Expression, element: syntax.MemberInitializer) -> list[bound.Expression]:
    from certgate.csharp.binder.lookup import find_member, is_known

    name = element.name
    found = find_member(target.type, name.text)
    if found is None:
        if is_known(target.type, name.text) is False:
            return [b.bad(name, "CS0117", target.type.display, name.text)]
        return [instance(b, name, target, name, called=False, checked=False)]
    if found.is_method:
        return [b.bad(name, "CS1913", name.text)]
    if found.members[0][0].signature.static:
        return [b.bad(name, "CS1914", f"{target.type.display}.{name.text}")]
    place = instance(b, element.name, target, element.name, called=False, checked=True)
    return _assign_step(b, element, place, element.value)


def _assign_step(
    b: Binder, element: syntax.Node, place: bound.Expression, value_node: syntax.Expression
) -> list[bound.Expression]:
    from certgate.csharp.binder.assignment import assignable

    if isinstance(place, bound.Bad):
        return [place]
    if isinstance(value_node, syntax.Initializer):
        inner = b.temporary(place.type)
        return [bound.Initialized(element, place.type, place, inner, tuple(_steps(b, inner, value_node, place.type)))]
    if not assignable(b, place):
        return [bound.Bad(element, types.UNKNOWN)]
    value = convert(b, b.operand(value_node), place.type)
    return [value if isinstance(value, bound.Bad) else bound.Assign(element, place.type, place, value)]


def _add(b: Binder, target: bound.Expression, element: syntax.Expression) -> bound.Expression:
    """One element of a collection initialiser: a call of ``Add``."""
    if isinstance(element, syntax.Assignment):
        return b.bad(element, "CS0747")
    nodes = element.elements if isinstance(element, syntax.Initializer) else (element,)
    if not nodes:
        return b.bad(element, "CS1920")
    span = (element.start, element.start)
    name = syntax.Name(element.start, element.end, "Add", None, span)
    group = instance(b, element, target, name, called=True, checked=False)
    if not isinstance(group, bound.MethodGroup):
        return group
    arguments = [Argument(b.operand(one), one) for one in nodes if isinstance(one, syntax.Expression)]
    before = len(b.report.diagnostics)
    made = call_group(b, element, group, arguments, element)
    if len(b.report.diagnostics) > before and b.report.diagnostics[before].code == "CS1503":
        text = group.candidates[0].text if group.candidates else "Add"
        b.error("CS1950", element, text)
        b.report.diagnostics.insert(before, b.report.diagnostics.pop())
    return made


# Arrays


@binds(syntax.ArrayCreation)
def array_creation(b: Binder, node: syntax.ArrayCreation) -> bound.Expression:
    """``new T[n]``, ``new T[] { … }``."""
    ranks = node.type.ranks
    for rank in ranks[1:]:
        for size in rank.sizes:
            if size is not None:
                return b.bad(node, "CS0178", at=size)
    kind = bind_array_type(b, node.type)
    if not isinstance(kind, types.ArrayType) or kind.element is types.UNKNOWN:
        return b.unknown(node) if b.report.unsupported and not b.report.diagnostics else bound.Bad(node, types.UNKNOWN)
    sizes = tuple(_array_size(b, size) for size in ranks[0].sizes if size is not None)
    if any(isinstance(size, bound.Bad) for size in sizes):
        return bound.Bad(node, types.UNKNOWN)
    if node.initializer is None:
        return bound.NewArray(node, kind, sizes, None) if sizes else b.bad(node, "CS1586", at=ranks[0])
    return array_initializer(b, node, kind, node.initializer, sizes)


def _array_size(b: Binder, node: syntax.Expression) -> bound.Expression:
    size = array_index(b, b.value(node))
    return b.bad(node, "CS0248") if isinstance(size, bound.Constant) and size.value < 0 else size


def array_initializer(
    b: Binder,
    node: syntax.Node,
    kind: ArrayType,
    initializer: syntax.Initializer,
    sizes: tuple[bound.Expression, ...] = (),
) -> bound.Expression:
    """``{ … }`` as an array of a known type; written sizes must be constants that fit."""
    if kind.rank > 1:
        return _matrix(b, node, kind, initializer)
    if sizes:
        if not isinstance(sizes[0], bound.Constant):
            return b.bad(node, "CS0150", at=sizes[0].syntax)
        if sizes[0].value != len(initializer.elements):
            return b.bad(node, "CS0847", sizes[0].value, at=initializer)
    items = tuple(
        _array_item(b, one, kind.element) for one in initializer.elements if isinstance(one, syntax.Expression)
    )
    return _array(node, kind, items)


def _matrix(b: Binder, node: syntax.Node, kind: ArrayType, initializer: syntax.Initializer) -> bound.Expression:
    """``{ { 1, 2 }, { 3, 4 } }``: every level as long as its first part says."""
    lengths: list[int] = []
    level: list[syntax.Expression] = [initializer]
    for _ in range(kind.rank):
        below: list[syntax.Expression] = []
        for one in level:
            elements = _elements(one)
            if elements is None:
                return b.bad(node, "CS0846", at=one)
            if len(elements) != len(_elements(level[0]) or ()):
                return b.bad(node, "CS0847", len(_elements(level[0]) or ()), at=one)
            below += elements
        lengths.append(len(_elements(level[0]) or ()))
        level = below
    items = tuple(_array_item(b, one, kind.element) for one in level)
    if any(isinstance(item, bound.Bad) for item in items):
        return bound.Bad(node, types.UNKNOWN)
    sizes = tuple(bound.Constant(node, types.INT32, length) for length in lengths)
    return bound.NewArray(node, kind, sizes, items)


def _elements(node: syntax.Expression) -> list[syntax.Expression] | None:
    """The parts of an initialiser; None for another expression."""
    if not isinstance(node, syntax.Initializer):
        return None
    return [one for one in node.elements if isinstance(one, syntax.Expression)]


def _array_item(b: Binder, node: syntax.Expression, element: NetType) -> bound.Expression:
    if isinstance(node, syntax.Initializer):
        return b.bad(node, "CS0623")
    return convert(b, b.operand(node), element)


def _array(node: syntax.Node, kind: ArrayType, items: tuple[bound.Expression, ...]) -> bound.Expression:
    if any(isinstance(item, bound.Bad) for item in items):
        return bound.Bad(node, types.UNKNOWN)
    size = bound.Constant(node, types.INT32, len(items))
    return bound.NewArray(node, kind, (size,), items)


@binds(syntax.ImplicitArray)
def implicit_array(b: Binder, node: syntax.ImplicitArray) -> bound.Expression:
    """``new[] { … }``: the best common type of its elements."""
    if node.rank > 1:
        return _implicit_matrix(b, node)
    elements = [one for one in node.initializer.elements if isinstance(one, syntax.Expression)]
    items = tuple(b.operand(one) for one in elements)
    if any(isinstance(item, bound.Bad) for item in items):
        return bound.Bad(node, types.UNKNOWN)
    kind = common_type(b, items)
    if kind is types.UNKNOWN:
        return b.unknown(node, *items)
    if kind is None or kind.kind == "special":
        return b.bad(node, "CS0826")
    return _array(node, kind.array(), tuple(convert(b, item, kind) for item in items))


def _implicit_matrix(b: Binder, node: syntax.ImplicitArray) -> bound.Expression:
    """``new[,] { … }``."""
    level: list[syntax.Expression] = [node.initializer]
    for _ in range(node.rank):
        level = [below for one in level for below in _elements(one) or ()]
    saved, b.report = b.report, Report()
    kind = common_type(b, tuple(b.operand(one) for one in level))
    b.report = saved
    if kind is types.UNKNOWN:
        return b.unsupported(node, "certgate does not know the element type of this array")
    if kind is None or kind.kind == "special":
        return b.bad(node, "CS0826")
    return _matrix(b, node, kind.array(node.rank), node.initializer)


@binds(syntax.Initializer)
def bare_initializer(b: Binder, node: syntax.Initializer) -> bound.Expression:
    """``{ … }`` where its type is not known."""
    return b.bad(node, "CS0747")


# Anonymous objects


@binds(syntax.AnonymousObject)
def anonymous_object(b: Binder, node: syntax.AnonymousObject) -> bound.Expression:
    """``new { A = x, y.B }``."""
    names: list[str] = []
    items: list[bound.Expression] = []
    for member in node.members:
        value = b.value(member.expression)
        name = member.name or _member_name(member.expression)
        if name is None:
            value, name = b.bad(member, "CS0746"), ""
        elif value.type in (types.NULL, types.VOID) or isinstance(value, bound.UnboundLambda | bound.MethodGroup):
            value = _no_member(b, member, value)
        if name in names and name:
            b.error("CS0833", member, name)
        names.append(name)
        items.append(natural(b, value))
    if any(isinstance(item, bound.Bad) for item in items):
        return bound.Bad(node, types.UNKNOWN)
    kind = types.anonymous_type(tuple(names), tuple(item.type for item in items))
    return bound.NewObject(node, kind, tuple(items))


def _no_member(b: Binder, node: syntax.AnonymousMember, value: bound.Expression) -> bound.Expression:
    from certgate.csharp.binder.queries import RangeMember

    if isinstance(node, RangeMember) and node.name_span is not None:
        return b.bad(node, "CS1932", describe(value), at=(node.name_span[0], node.expression.end))
    return b.bad(node, "CS0828", describe(value))


def _member_name(node: syntax.Expression) -> str | None:
    match node:
        case syntax.Name():
            return node.text
        case syntax.MemberAccess() | syntax.MemberBinding():
            return node.name.text
        case syntax.ConditionalAccess():
            return _member_name(node.chain)
    return None
