"""``switch`` (C# specification 13.8.3): its labels, and that no section runs into the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import convert, describe, is_unknown, natural
from certgate.csharp.binder.patterns import bind_pattern
from certgate.csharp.binder.session import binds_statement
from certgate.csharp.binder.statements import bind_all, condition, expect_names
from certgate.csharp.conversions import bases_of, derives_from
from certgate.csharp.display import display

if TYPE_CHECKING:
    from typing import Any

    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


@binds_statement(syntax.Switch)
def switch(b: Binder, node: syntax.Switch) -> bound.Statement:
    """``switch`` with constants, types and ``when``."""
    value = natural(b, b.operand(node.expression))
    if isinstance(value, bound.UnboundLambda | bound.MethodGroup) or value.type in (types.NULL, types.VOID):
        value = b.bad(node.expression, "CS8119", describe(value))
    previous = b.enter()
    b.nested.append("switch")
    expect_names(b, [one for section in node.sections for one in section.statements])
    seen = Labels(value.type)
    b.switches.append(seen)
    sections = [_section(b, section, value.type, seen) for section in node.sections]
    _check_gotos(b, seen)
    b.nested.pop()
    b.switches.pop()
    b.leave(previous)
    made = bound.Switch(node, value, tuple(sections))
    _check_falls(b, made)
    return made


def _check_gotos(b: Binder, seen: Labels) -> None:
    """``goto case`` and ``goto default`` need the label that they name."""
    for node, wanted in seen.gotos:
        if wanted is None and not seen.default:
            b.error("CS0159", node, "default:")
        elif wanted is not None and (wanted.type, wanted.value) not in seen.named:
            b.error("CS0159", node, f"case {_label_text(wanted)}:")


class Labels:
    """The labels of a switch so far that always take what fits them, by their number: constants and patterns apart, as
    there may be thousands of constants. `plain` are the constants without a ``when``, `gotos` the jumps to labels."""

    __slots__ = ("constants", "count", "default", "gotos", "named", "patterns", "plain", "type")

    def __init__(self, kind: NetType) -> None:
        self.type = kind
        self.count = 0
        self.default = False
        self.named: set[tuple[NetType, Any]] = set()
        self.gotos: list[tuple[syntax.Statement, bound.Constant | None]] = []
        self.constants: dict[tuple[NetType, Any], int] = {}
        self.patterns: list[tuple[int, bound.Pattern]] = []
        self.plain: set[tuple[NetType, Any]] = set()

    def add(self, label: bound.Label) -> None:
        constant = _constant_of(label.pattern)
        if constant is not None:
            self.named.add((constant.type, constant.value))
            if label.when is None:
                self.plain.add((constant.type, constant.value))
        if label.pattern is None or not (label.when is None or _is_true(label.when)):
            return
        self.count += 1
        if constant is not None:
            self.constants.setdefault((constant.type, constant.value), self.count)
        else:
            self.patterns.append((self.count, label.pattern))


def _is_true(when: bound.Expression) -> bool:
    return isinstance(when, bound.Constant) and when.value is True


def _constant_of(pattern: bound.Pattern | None) -> bound.Constant | None:
    value = pattern.value if isinstance(pattern, bound.ConstantPattern) else None
    return value if isinstance(value, bound.Constant) else None


def _section(b: Binder, node: syntax.SwitchSection, kind: NetType, seen: Labels) -> bound.Section:
    inner = b.enter()
    b.scope.is_section = True
    labels = []
    for one in node.labels:
        if isinstance(one, syntax.DefaultLabel):
            if seen.default:
                b.error("CS0152", one, "default:")
            seen.default = True
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


def _check_label(b: Binder, node: syntax.CaseLabel, label: bound.Label, seen: Labels) -> None:
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
    is_plain = label.when is None and (constant.type, constant.value) in seen.plain
    if constant.type is types.NULL or not is_plain:
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
    from certgate.csharp.binder.reach import end_reachable, open_sections

    opened = open_sections(node)
    for index, section in enumerate(node.sections):
        if index in opened and end_reachable(section.body):
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
    if b.switches:
        kind = b.switches[-1].type
        value = convert(b, value, kind) if types.UNKNOWN not in (kind, value.type) else value
    if not isinstance(value, bound.Constant):
        return bound.GotoCase(node, None, False)
    if b.switches:
        b.switches[-1].gotos.append((node, value))
    return bound.GotoCase(node, value.value, False)


@binds_statement(syntax.GotoDefault)
def goto_default(b: Binder, node: syntax.GotoDefault) -> bound.Statement:
    """``goto default``."""
    if "switch" not in b.nested:
        b.error("CS0153", node)
    if b.switches:
        b.switches[-1].gotos.append((node, None))
    return bound.GotoCase(node, None, True)
