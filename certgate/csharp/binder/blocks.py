"""Statements with parts of their own kind (C# specification 13.8.3, 13.9.5, 13.11, 13.13, 13.14): switch, foreach,
try, using, lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import describe, is_unknown, natural
from certgate.csharp.binder.lookup import find_member, mapping_of
from certgate.csharp.binder.names import bind_type
from certgate.csharp.binder.patterns import bind_pattern
from certgate.csharp.binder.session import binds_statement
from certgate.csharp.binder.statements import bind_all, body, condition, declare_all, embedded, expect_names, is_var
from certgate.csharp.conversions import bases_of, derives_from, explicit
from certgate.csharp.display import display

if TYPE_CHECKING:
    from typing import Any

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


# switch


@binds_statement(syntax.Switch)
def switch(b: Binder, node: syntax.Switch) -> bound.Statement:
    """``switch`` with constants, types and ``when``."""
    value = natural(b, b.operand(node.expression))
    if isinstance(value, bound.UnboundLambda | bound.MethodGroup) or value.type in (types.NULL, types.VOID):
        value = b.bad(node.expression, "CS8119", describe(value))
    previous = b.enter()
    b.nested.append("switch")
    b.defaults.append(False)
    expect_names(b, [one for section in node.sections for one in section.statements])
    seen = _Labels()
    sections = [_section(b, section, value.type, seen) for section in node.sections]
    b.nested.pop()
    b.defaults.pop()
    b.leave(previous)
    made = bound.Switch(node, value, tuple(sections))
    _check_falls(b, made)
    return made


class _Labels:
    """The labels of a switch so far that always take what fits them, by their number: constants and patterns apart, as
    there may be thousands of constants."""

    __slots__ = ("constants", "count", "patterns")

    def __init__(self) -> None:
        self.count = 0
        self.constants: dict[tuple[NetType, Any], int] = {}
        self.patterns: list[tuple[int, bound.Pattern]] = []

    def add(self, label: bound.Label) -> None:
        if label.pattern is None or not (label.when is None or _is_true(label.when)):
            return
        self.count += 1
        constant = _constant_of(label.pattern)
        if constant is not None:
            self.constants.setdefault((constant.type, constant.value), self.count)
        else:
            self.patterns.append((self.count, label.pattern))


def _is_true(when: bound.Expression) -> bool:
    return isinstance(when, bound.Constant) and when.value is True


def _constant_of(pattern: bound.Pattern | None) -> bound.Constant | None:
    value = pattern.value if isinstance(pattern, bound.ConstantPattern) else None
    return value if isinstance(value, bound.Constant) else None


def _section(b: Binder, node: syntax.SwitchSection, kind: NetType, seen: _Labels) -> bound.Section:
    inner = b.enter()
    b.scope.is_section = True
    labels = []
    for one in node.labels:
        if isinstance(one, syntax.DefaultLabel):
            if b.defaults and b.defaults[-1]:
                b.error("CS0152", one, "default:")
            b.defaults[-1:] = [True]
            labels.append(bound.Label(one, None, None))
            continue
        pattern = bind_pattern(b, one.pattern, kind)
        when = condition(b, one.when) if one.when is not None else None
        if pattern is None:
            pattern = bound.AnyPattern(one.pattern, None)
            when = bound.Bad(one, types.UNKNOWN)
        label = bound.Label(one, pattern, when)
        _check_label(b, one, label, seen)
        seen.add(label)
        labels.append(label)
    made = bound.Block(node, bind_all(b, node.statements))
    b.leave(inner)
    return bound.Section(node, tuple(labels), made)


def _check_label(b: Binder, node: syntax.CaseLabel, label: bound.Label, seen: _Labels) -> None:
    """A constant that stands twice, or a type that an earlier label takes."""
    constant = _constant_of(label.pattern)
    same = seen.constants.get((constant.type, constant.value), 0) if constant is not None else 0
    for number, first in seen.patterns:
        if same and number > same:
            break
        if _covers(first, label.pattern):
            b.error("CS8120", node.pattern)
            return
    if constant is None or not same:
        return
    if constant.type is types.NULL or label.when is not None:
        b.error("CS8120", node.pattern)
    else:
        b.error("CS0152", node, _label_text(constant))


def _label_text(value: bound.Constant) -> str:
    from certgate.csharp.values import EnumValue, text_of

    if isinstance(value.value, EnumValue):
        return value.value.to_text()
    return display(value.value) if isinstance(value.value, str) else text_of(value.value)


def _covers(first: bound.Pattern | None, pattern: bound.Pattern | None) -> bool:
    """Whether all that `pattern` takes is taken by `first`."""
    if isinstance(first, bound.AnyPattern):
        return True
    if not isinstance(first, bound.TypePattern):
        return False
    if isinstance(pattern, bound.TypePattern):
        return derives_from(pattern.type, first.type) or pattern.type is first.type or _boxed(pattern.type, first.type)
    if isinstance(pattern, bound.ConstantPattern):
        kind = pattern.value.type
        return kind is not types.NULL and (kind is first.type or _boxed(kind, first.type))
    return False


def _boxed(kind: NetType, target: NetType) -> bool:
    return kind.is_value and any(base is target for base in bases_of(kind))


def _check_falls(b: Binder, node: bound.Switch) -> None:
    """No section may run into the next (13.8.3)."""
    from certgate.csharp.binder.reach import end_reachable

    for index, section in enumerate(node.sections):
        if section.body.statements and end_reachable(section.body):
            label = section.labels[-1].syntax
            text = b.text[label.start : label.end]
            code = "CS8070" if index == len(node.sections) - 1 else "CS0163"
            b.error(code, label, text)


@binds_statement(syntax.GotoCase)
def goto_case(b: Binder, node: syntax.GotoCase) -> bound.Statement:
    """``goto case x``."""
    value = b.operand(node.expression)
    if "switch" not in b.nested:
        b.error("CS0153", node)
    if not isinstance(value, bound.Constant):
        if not is_unknown(value):
            b.error("CS0150", node.expression)
        return bound.GotoCase(node, None, False)
    return bound.GotoCase(node, value.value, False)


@binds_statement(syntax.GotoDefault)
def goto_default(b: Binder, node: syntax.GotoDefault) -> bound.Statement:
    """``goto default``."""
    if "switch" not in b.nested:
        b.error("CS0153", node)
    return bound.GotoCase(node, None, True)


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
    b.nested.append("try")
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
    held = bound.Declare(node.expression, b.temporary(value.type), value)
    return bound.Block(node, (held, embedded(b, node.body)))
