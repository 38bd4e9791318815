"""Interpolated strings (C# specification 12.8.3): as text, or as a FormattableString where one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.convert import convert
from certgate.csharp.binder.session import binds

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


@binds(syntax.InterpolatedString)
def interpolated(b: Binder, node: syntax.InterpolatedString) -> bound.Expression:
    """``$"…"``."""
    parts: list[str | bound.Hole] = []
    wrong = False
    for part in node.parts:
        if isinstance(part, syntax.InterpolatedText):
            parts.append(part.text)
            continue
        value = b.value(part.expression)
        if isinstance(value, bound.MethodGroup | bound.UnboundLambda) or value.type is types.VOID:
            value = convert(b, value, types.OBJECT)
        alignment = _alignment(b, part.alignment) if part.alignment is not None else None
        wrong = wrong or isinstance(value, bound.Bad) or _wrong_format(b, part)
        parts.append(bound.Hole(part, value, alignment, part.format))
    return bound.Bad(node, types.UNKNOWN) if wrong else bound.Interpolated(node, types.STRING, tuple(parts))


def _alignment(b: Binder, node: syntax.Expression) -> int:
    value = convert(b, b.value(node), types.INT32)
    if isinstance(value, bound.Constant):
        return int(value.value)
    if not isinstance(value, bound.Bad):
        b.error("CS0150", node)
    return 0


def _wrong_format(b: Binder, node: syntax.Interpolation) -> bool:
    """A format must be something, and must not end in blanks."""
    if node.format is None or (node.format and not node.format[-1].isspace()):
        return False
    b.error("CS8088" if node.format else "CS8089", node.format_span or node)
    return True


def formattable(b: Binder, expression: bound.Interpolated, target: NetType) -> bound.Expression:
    """The format string with its arguments, each as an object."""
    template: list[str] = []
    arguments: list[bound.Expression] = []
    for part in expression.parts:
        if isinstance(part, str):
            template.append(part.replace("{", "{{").replace("}", "}}"))
            continue
        width = f",{part.alignment}" if part.alignment is not None else ""
        spec = f":{part.format}" if part.format else ""
        template.append(f"{{{len(arguments)}{width}{spec}}}")
        arguments.append(convert(b, part.value, types.OBJECT))
    return bound.Formattable(expression.syntax, target, "".join(template), tuple(arguments))
