"""Conversions of expressions (C# specification 10.2): constants, null, lambdas, method groups, and all that types
allow.

:func:`convert` applies an implicit conversion or reports the error that C# gives where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, syntax, types
from certgate.csharp.conversions import NUMERIC, Conversion, explicit, implicit
from certgate.csharp.operations import BOUNDS, number_of, numeric_conversion
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import EnumValue, default_of, make_number, text_of

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType

_CONSTANT_TARGETS = frozenset((types.SBYTE, types.BYTE, types.INT16, types.UINT16, types.UINT32, types.UINT64))
_FORMATTABLE = ("System.FormattableString", "System.IFormattable")
LAMBDA_CONVERSION = Conversion("lambda", types.LAMBDA, types.LAMBDA)
GROUP_CONVERSION = Conversion("group", types.METHOD_GROUP, types.METHOD_GROUP)
CONDITIONAL_CONVERSION = Conversion("conditional", types.UNKNOWN, types.UNKNOWN)
"""Of ``c ? x : y`` whose operands have no common type but both convert: known to the compiler, an error before C# 9."""


def describe(expression: bound.Expression, full: bool = False) -> str:
    """The type of an expression as the compiler names it in an error."""
    match expression:
        case bound.UnboundLambda():
            return "anonymous method" if isinstance(expression.syntax, syntax.AnonymousMethod) else "lambda expression"
        case bound.UntypedConditional():
            return "<null>"
    return expression.type.full_name if full else expression.type.display


def is_unknown(expression: bound.Expression) -> bool:
    """Whether this is the result of something that was wrong or is not simulated."""
    return expression.type is types.UNKNOWN and not isinstance(
        expression,
        bound.TupleLiteral | bound.UntypedConditional | bound.OutDeclaration | bound.Namespace | bound.TypeName,
    )


def natural(b: Binder, expression: bound.Expression) -> bound.Expression:
    """The expression as a value of its own type; an error where it has none. Null, lambdas and method groups stay as
    they are."""
    match expression:
        case bound.UntypedConditional():
            left, right = describe(expression.when_true), describe(expression.when_false)
            return b.bad(expression.syntax, "CS0173", left, right)
        case bound.TupleLiteral():
            items = tuple(natural(b, item) for item in expression.items)
            kind = types.tuple_type(tuple(item.type for item in items), expression.names)
            return bound.NewObject(expression.syntax, kind, items)
        case bound.Throw():
            return b.bad(expression.syntax, "CS8115")
        case bound.Default() if expression.type is types.DEFAULT:
            return b.bad(expression.syntax, "CS8716")
    return expression


def classify(b: Binder, expression: bound.Expression, target: NetType) -> Conversion | None:
    """The implicit conversion from an expression to a type, or None."""
    source = expression.type
    match expression:
        case bound.Bad() | bound.Throw():
            return Conversion("identity", source, target)
        case bound.UnboundLambda():
            from certgate.csharp.binder.lambdas import converts

            return LAMBDA_CONVERSION if converts(b, expression, target) else None
        case bound.MethodGroup():
            from certgate.csharp.binder.groups import converts_group

            return GROUP_CONVERSION if converts_group(b, expression, target) else None
        case bound.Default() if source is types.DEFAULT:
            return Conversion("identity", source, target)
        case bound.Interpolated() if target.full_name in _FORMATTABLE:
            return Conversion("interpolated", source, target)
        case bound.TupleLiteral():
            return _tuple_literal(b, expression, target)
        case bound.UntypedConditional():
            arms = (expression.when_true, expression.when_false)
            fits = target.kind != "special" and all(classify(b, arm, target) is not None for arm in arms)
            return CONDITIONAL_CONVERSION if fits else None
        case bound.Constant() if _constant_fits(expression, target):
            return Conversion("numeric", source, target)
    if source is types.DYNAMIC and target.kind != "special" and target is not types.OBJECT:
        return Conversion("dynamic", source, target)
    if isinstance(expression, bound.Constant) and (inner := types.nullable_inner(target)) and source is not types.NULL:
        wrapped = classify(b, expression, inner)
        if wrapped is not None:
            return Conversion("nullable", source, target, inner=wrapped)
    return implicit(source, target)


def _tuple_literal(b: Binder, expression: bound.TupleLiteral, target: NetType) -> Conversion | None:
    inner = types.nullable_inner(target) or target
    if isinstance(inner, types.TupleType) and len(inner.elements) == len(expression.items):
        parts = [classify(b, item, kind) for item, kind in zip(expression.items, inner.elements, strict=True)]
        if None not in parts:
            return Conversion("tuple literal", types.UNKNOWN, target)
        return None
    if expression.type is types.UNKNOWN:
        return None
    return implicit(expression.type, target)


def _constant_fits(expression: bound.Constant, target: NetType) -> bool:
    """Implicit constant expression conversions (10.2.11) and the one of 0 to an enum (10.2.4)."""
    if expression.type is types.INT32 and target in _CONSTANT_TARGETS:
        low, high = BOUNDS[target]
        return bool(low <= expression.value <= high)
    if expression.type is types.INT64 and target is types.UINT64:
        return bool(expression.value >= 0)
    if target.kind == "enum":
        # The compiler takes any numeric zero, not just the literal 0.
        return expression.type in NUMERIC and expression.type is not types.CHAR and number_of(expression.value) == 0
    return False


def convert(b: Binder, expression: bound.Expression, target: NetType, at: Any = None) -> bound.Expression:
    """The expression converted to `target`; without an implicit conversion C#'s error is reported."""
    if expression.type is target and not isinstance(expression, bound.TupleLiteral):
        return expression
    if isinstance(expression, bound.UntypedConditional) and target is types.UNKNOWN:
        return b.unknown(expression.syntax, expression.condition)
    conversion = classify(b, expression, target)
    if conversion is None and (types.is_opaque(expression.type) or types.is_opaque(target)):
        return no_knowledge(b, expression, target)
    if conversion is None:
        report_no_conversion(b, expression, target, at)
        return bound.Bad(expression.syntax, types.UNKNOWN)
    return apply(b, expression, target, conversion)


def no_knowledge(b: Binder, expression: bound.Expression, target: NetType) -> bound.Expression:
    """A conversion from or to a type of which certgate knows the name only."""
    message = f"certgate does not know how '{expression.type.display}' converts to '{target.display}'"
    operands = () if isinstance(expression, bound.UnboundLambda | bound.MethodGroup) else (expression,)
    return b.unsupported(expression.syntax, message, *operands)


def apply(b: Binder, expression: bound.Expression, target: NetType, conversion: Conversion) -> bound.Expression:
    """The expression with a conversion that exists; constants are folded."""
    node = expression.syntax
    match expression:
        case bound.Bad():
            return expression
        case bound.Throw():
            return bound.Throw(node, target, expression.value)
        case bound.UnboundLambda():
            from certgate.csharp.binder.lambdas import finish

            return finish(b, expression, target)
        case bound.MethodGroup():
            from certgate.csharp.binder.groups import to_delegate

            return to_delegate(b, expression, target)
        case bound.Default() if expression.type is types.DEFAULT:
            return default_value(node, target)
        case bound.TupleLiteral():
            return _apply_tuple(b, expression, target)
        case bound.OutDeclaration():
            return expression
        case bound.UntypedConditional():
            left, right = describe(expression.when_true), describe(expression.when_false)
            return b.bad(node, "CS8957", left, right)
    if conversion.kind == "interpolated" and isinstance(expression, bound.Interpolated):
        from certgate.csharp.binder.interpolation import formattable

        return formattable(b, expression, target)
    if conversion.kind == "dynamic":
        from certgate.csharp.binder.dynamic import converted, late

        return late(b, node, (expression,), lambda inner, values: converted(inner, node, values[0], target), target)
    if conversion.kind == "identity":
        return expression if expression.type is target else bound.Convert(node, target, expression, conversion, False)
    if isinstance(expression, bound.Constant) and conversion.kind in ("numeric", "enum", "null"):
        return fold_conversion(b, expression, target, conversion, checked=False)
    return bound.Convert(node, target, expression, conversion, b.checked)


def _apply_tuple(b: Binder, expression: bound.TupleLiteral, target: NetType) -> bound.Expression:
    inner = types.nullable_inner(target) or target
    if isinstance(inner, types.TupleType):
        pairs = zip(expression.items, inner.elements, strict=True)
        made: bound.Expression = bound.NewObject(
            expression.syntax, inner, tuple(convert(b, item, kind) for item, kind in pairs)
        )
        return made if inner is target else convert(b, made, target)
    return convert(b, natural(b, expression), target)


def default_value(node: syntax.Node, kind: NetType) -> bound.Expression:
    """``default(T)``: a constant for the simple types."""
    if kind in NUMERIC or kind is types.BOOLEAN or kind.kind == "enum":
        return bound.Constant(node, kind, default_of(kind))
    if kind.is_reference:
        return bound.Constant(node, kind, None)
    return bound.Default(node, kind)


def fold_conversion(
    b: Binder, expression: bound.Constant, target: NetType, conversion: Conversion, checked: bool
) -> bound.Expression:
    """A constant of another type. `checked`: a value that does not fit is CS0221 (CS0031 for decimals).

    Unchecked, a floating-point one that does not fit is 0: the compiler's choice, and not what the same cast does when
    it runs.
    """
    if conversion.kind == "null" or expression.value is None:
        return bound.Constant(expression.syntax, target, None)
    source = expression.type
    given = expression.value
    try:
        if not _fits(given, target):
            if checked:
                raise ThrownException("System.OverflowException", "")
            if source in (types.DOUBLE, types.SINGLE):
                given = make_number(source, "0")
        value = numeric_conversion(source, target, checked=False)(given)
    except ThrownException:
        code = "CS0031" if source is types.DECIMAL or target is types.DECIMAL else "CS0221"
        suffix = "M" if source is types.DECIMAL else ""
        return b.bad(expression.syntax, code, constant_text(expression) + suffix, target.display)
    return bound.Constant(expression.syntax, target, value)


def _fits(value: Any, target: NetType) -> bool:
    if target.kind == "enum" and target.definition is not None:
        target = types.KEYWORDS[target.definition.underlying]
    if target not in BOUNDS:
        return True
    low, high = BOUNDS[target]
    number = number_of(value)
    if isinstance(number, float):
        return number == number and low - 1 < number < high + 1
    return not isinstance(number, int) or bool(low <= number <= high)


def constant_text(expression: bound.Constant) -> str:
    """A constant as the compiler shows it in an error."""
    value = expression.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, EnumValue):
        return str(value.value)
    return text_of(value)


def report_no_conversion(b: Binder, expression: bound.Expression, target: NetType, at: Any = None) -> None:
    """The error for an implicit conversion that does not exist."""
    node = at or expression.syntax
    source = expression.type
    match expression:
        case bound.Bad():
            return None
        case bound.UnboundLambda():
            from certgate.csharp.binder.lambdas import report_mismatch

            return report_mismatch(b, expression, target)
        case bound.MethodGroup():
            from certgate.csharp.binder.groups import report_group_mismatch

            return report_group_mismatch(b, expression, target)
        case bound.TupleLiteral() if isinstance(target, types.TupleType) and len(target.elements) == len(
            expression.items
        ):
            for item, kind in zip(expression.items, target.elements, strict=True):
                if classify(b, item, kind) is None:
                    report_no_conversion(b, item, kind)
            return None
        case bound.UntypedConditional():
            for arm in (expression.when_true, expression.when_false):
                if classify(b, arm, target) is None:
                    report_no_conversion(b, arm, target)
            return None
        case bound.TupleLiteral() if source is types.UNKNOWN:
            return b.error("CS8135", node, len(expression.items), target.display)
        case bound.Constant() if source is types.NULL and (target.is_value or target.kind == "parameter"):
            return b.error("CS0037", node, target.display)
        case bound.Constant() if _out_of_range(expression, target):
            return b.error("CS0031", node, constant_text(expression), target.display)
        case bound.Constant() if source is types.DOUBLE and target in (types.SINGLE, types.DECIMAL):
            if isinstance(expression.syntax, syntax.Literal):
                return b.error("CS0664", node, "F" if target is types.SINGLE else "M", target.display)
    if isinstance(expression, bound.TupleLiteral):
        source = natural(b, expression).type
    code = "CS0266" if explicit(source, target) is not None else "CS0029"
    return b.error(code, node, source.full_name, target.full_name)


def _out_of_range(expression: bound.Constant, target: NetType) -> bool:
    inner = types.nullable_inner(target) or target
    if expression.type is types.INT32:
        return inner in _CONSTANT_TARGETS
    return expression.type is types.INT64 and inner is types.UINT64


def cast(b: Binder, node: syntax.Node, expression: bound.Expression, target: NetType) -> bound.Expression:
    """``(T)x`` (12.9.7)."""
    if is_unknown(expression):
        return bound.Convert(node, target, expression, Conversion("identity", types.UNKNOWN, target), False)
    if target is types.UNKNOWN:
        return b.unknown(node, expression)
    if target.kind == "static":
        return b.bad(node, "CS0716", target.display)
    found = classify(b, expression, target)
    if found is not None and found.kind == "dynamic":
        from certgate.csharp.binder.dynamic import late

        return late(b, node, (expression,), lambda inner, values: cast(inner, node, values[0], target), target)
    if found is not None and not isinstance(expression, bound.Constant):
        return _mark(node, apply(b, expression, target, found), target, expression)
    if isinstance(expression, bound.UntypedConditional):
        return convert(b, expression, target)
    if isinstance(expression, bound.UnboundLambda | bound.MethodGroup | bound.TupleLiteral) and found is None:
        report_no_conversion(b, expression, target)
        return bound.Bad(node, types.UNKNOWN)
    conversion = found if found is not None and found.kind == "nullable" else explicit(expression.type, target)
    if conversion is None and (types.is_opaque(expression.type) or types.is_opaque(target)):
        return no_knowledge(b, expression, target)
    if conversion is None:
        if expression.type is types.NULL and target.is_value:
            return b.bad(node, "CS0037", target.display)
        return b.bad(node, "CS0030", expression.type.full_name, target.full_name)
    if isinstance(expression, bound.Constant) and _overflows(b, expression, target, conversion):
        return b.bad(node, "CS0030", expression.type.full_name, target.full_name)
    if isinstance(expression, bound.Constant) and conversion.kind in ("numeric", "enum", "null", "identity"):
        unchecked = b.constant_checked is False
        moved = bound.Constant(node, expression.type, expression.value)
        return fold_conversion(b, moved, target, conversion, not unchecked) if conversion.kind != "identity" else moved
    return bound.Convert(node, target, expression, conversion, b.checked)


def _overflows(b: Binder, expression: bound.Constant, target: NetType, conversion: Conversion) -> bool:
    """Whether a constant is cast to ``T?`` whose ``T`` cannot hold it: C# then says that there is no conversion."""
    inner = types.nullable_inner(target)
    if inner is None or conversion.inner is None or conversion.inner.kind not in ("numeric", "enum"):
        return False
    if expression.value is None or b.constant_checked is False:
        return False
    if inner is types.DECIMAL:
        try:
            numeric_conversion(expression.type, inner)(expression.value)
        except ThrownException:
            return True
    return not _fits(expression.value, inner)


def _mark(node: syntax.Node, made: bound.Expression, target: NetType, operand: bound.Expression) -> bound.Expression:
    """The cast itself as a node, so that the tree shows it."""
    if made is operand:
        return bound.Convert(node, target, operand, Conversion("identity", operand.type, target), False)
    if isinstance(made, bound.Convert) and made.operand is operand:
        return bound.Convert(node, target, operand, made.conversion, made.checked)
    return made
