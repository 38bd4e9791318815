"""Attribute values and element texts: literals of the declared type, or compiled expressions.

Knows what a literal of each type looks like and when a value is an expression; where elements may stand is
:mod:`certgate.policy.structure`'s business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.registry import did_you_mean
from certgate.policy.declaration import Attribute as DeclaredAttribute
from certgate.policy.declaration import AttributeType, TextKind
from certgate.policy.derived import Derived
from certgate.policy.document import Attribute, Expression, Literal, Value
from certgate.policy.extent import STARTS
from certgate.policy.named_values import REFERENCE, unfilled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.core.source import Span
    from certgate.csharp.diagnostic import Diagnostic
    from certgate.policy.declaration import Shape
    from certgate.policy.rawxml import RawAttribute, RawElement, RawValue
    from certgate.policy.reading import Reading

_TYPED = frozenset(AttributeType) - {AttributeType.STRING}
_COLLAPSED = _TYPED - {AttributeType.ENUM}
"""Types whose blanks at both ends XML Schema takes away."""

_UNTERMINATED = (
    'Unterminated string literal.  Strings that start with a quotation mark (") must be terminated before the end of '
    'the line.  However, strings that start with @ and a quotation mark (@") can span multiple lines.'
)
"""What the gateway says of a string that its line cuts off (fact sheet §4.6): it looks for strings before C# does."""

_CUT_OFF = "CS1010"
"""C#'s code for such a string."""

_WHOLE_NUMBER = r"[+-]?[0-9]{1,18}"
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_DATETIME = r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?"

_SIMPLE = frozenset(
    (
        *("bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal"),
        *("char", "System.Guid", "System.DateTime", "System.DateTimeOffset", "System.TimeSpan"),
    )
)
"""Types of values that have one plain text."""

_NO_TEXT = re.compile(r"Cannot implicitly convert type '([^']+)' to 'string'")

_RESULTS = {
    AttributeType.BOOL: "bool",
    AttributeType.INT: "int",
    AttributeType.DURATION: "int",
    AttributeType.NUMBER: "double",
    AttributeType.ENUM: "string",
    AttributeType.STRING: "string",
    AttributeType.DATETIME: "object",
}


def attribute(reading: Reading, owner: str, raw: RawAttribute, declared: DeclaredAttribute | None) -> Attribute:
    """An attribute of the element named `owner`; `declared` None: nothing is known of it, any text will do."""
    span = reading.source.span(raw.start, raw.start + len(raw.name))
    where = reading.source.span(raw.value.start, raw.value.end)
    text = raw.value.text
    if declared is None or raw.value.broken:
        return Attribute(raw.name, Literal(text.text, where), span)
    subject = f"'{raw.name}' of {owner}"
    if raw.value.whole and text.text.startswith(STARTS) and declared.evaluated:
        if declared.expression is False:
            words = _no_boolean(text.text, declared)
            reading.problem("expression-not-allowed", f"{subject} takes no expression", where, words=words)
            return Attribute(raw.name, Literal(text.text, where), span)
        result = declared.result or _RESULTS[declared.type]
        made = _expression(reading, raw.value, where, result, simple=declared.type is AttributeType.STRING)
        return Attribute(raw.name, made, span)
    _check_mixed(reading, subject, text.text, where, declared)
    return Attribute(raw.name, _literal(reading, subject, text, where, declared), span)


def _check_mixed(reading: Reading, subject: str, text: str, where: Span, declared: DeclaredAttribute | None) -> None:
    """Text that looks like an expression, or holds one, and is none."""
    stripped = text.strip()
    if declared is not None and not declared.evaluated and stripped.startswith(STARTS):
        reading.note("expression-not-evaluated", f"an expression in {subject} is taken as text", where)
    elif text.startswith(STARTS):
        message = f"{subject} holds more than one expression; text and expressions cannot be mixed"
        if _cut_off(text):
            hint = "a string goes over the end of its line: quotes inside it end it sooner"
            reading.problem("expression-mixed", message, where, hint, _UNTERMINATED)
        else:
            reading.problem("expression-mixed", message, where, "join them in one expression")
    elif any(start in text for start in STARTS) and (declared is None or declared.type not in _TYPED):
        message = f"{subject} is text: a value is an expression only from its first character to its last"
        reading.note("expression-mixed", message, where)


def _cut_off(text: str) -> bool:
    """Does a line end inside a string of the expression that `text` begins with?"""
    from certgate.csharp.extent import find_end
    from certgate.csharp.lexer import Tokens

    end = find_end(text, 0)
    return end is not None and any(problem[0] == _CUT_OFF for _, problem in Tokens(text, 2, end - 1).errors)


def _no_boolean(value: str, declared: DeclaredAttribute) -> str | None:
    """What .NET's validator says of a value of the schema's own boolean. Attributes that may hold an expression have
    types of other names."""
    if declared.type is not AttributeType.BOOL or declared.expression is not False:
        return None
    kind = "http://www.w3.org/2001/XMLSchema:boolean"
    return (
        f"The '{declared.name}' attribute is invalid - The value '{value}' is invalid according to its datatype "
        f"'{kind}' - The string '{value}' is not a valid Boolean value."
    )


def _literal(reading: Reading, subject: str, derived: Derived, where: Span, declared: DeclaredAttribute) -> Literal:
    text = derived.text
    value = text.strip(" \t\r\n") if declared.type in _COLLAPSED else text
    if unfilled(derived):
        return Literal(value, where)
    if not any(start in value for start in STARTS):
        fault = literal_fault(value, declared)
        if fault is not None:
            message = f"{subject} must be {fault}, not '{reading.shown(value)}'"
            reading.problem("value-wrong", message, where, _near(value, declared), _no_boolean(value, declared))
    elif declared.type in _TYPED and not value.startswith(STARTS):
        message = f"{subject}: an expression must begin at the first character"
        reading.problem("expression-mixed", message, where, "text and expressions cannot be mixed")
    elif declared.type in _TYPED and text != value:
        message = f"{subject}: an expression must begin at the first character, not behind a blank"
        reading.problem("expression-mixed", message, where)
    return Literal(value, where)


def _near(value: str, declared: DeclaredAttribute) -> str | None:
    known = ("true", "false") if declared.type is AttributeType.BOOL else declared.values
    return did_you_mean(value, known) if value else None


def literal_fault(value: str, declared: DeclaredAttribute) -> str | None:
    """What `value` should be and is not, or None when it is right."""
    match declared.type:
        case AttributeType.BOOL:
            return None if value in {"true", "false", "1", "0"} else "true, false, 1 or 0"
        case AttributeType.ENUM:
            return None if value in declared.values else "one of " + ", ".join(declared.values)
        case AttributeType.INT | AttributeType.DURATION:
            right = re.fullmatch(_WHOLE_NUMBER, value) is not None and _within(int(value), declared)
            return None if right else "a whole number" + _range(declared)
        case AttributeType.NUMBER:
            right = re.fullmatch(_NUMBER, value) is not None and _within(float(value), declared)
            return None if right else "a number" + _range(declared)
        case AttributeType.DATETIME:
            return None if re.fullmatch(_DATETIME, value) else "a date and time as in 2026-01-31T08:00:00Z"
        case AttributeType.STRING:
            return None if not declared.values or value in declared.values else "one of " + ", ".join(declared.values)


def _within(number: float, declared: DeclaredAttribute) -> bool:
    low, high = declared.minimum, declared.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _range(declared: DeclaredAttribute) -> str:
    match declared.minimum, declared.maximum:
        case None, None:
            return ""
        case low, None:
            return f" from {low}"
        case None, high:
            return f" up to {high}"
        case low, high:
            return f" from {low} to {high}"


def text(reading: Reading, raw: RawElement, shape: Shape) -> Value | None:
    """The text of an element, or None where it has none but blanks."""
    written = [value for value in raw.texts if value.text.text.strip()]
    if not written:
        return None
    where = reading.source.span(written[0].start, written[-1].end)
    if shape.text is TextKind.NONE:
        if all(stands_for_elements(value.text) for value in written):
            reading.note("elements-unknown", "what stands here is not known, and not checked", where)
            return None
        names = ", ".join(child.name for child in shape.children)
        hint = f"it may hold: {names}" if names else None
        words = f"The element '{raw.name}' cannot contain text.{expected(child.name for child in shape.children)}"
        reading.problem("text-not-allowed", f"the element '{raw.name}' cannot contain text", where, hint, words)
        return None
    if len(written) == 1 and written[0].whole and shape.text is TextKind.BOTH:
        return _text_expression(reading, written[0], where, shape)
    whole = Derived.join([value.text for value in raw.texts]).text
    if not any(value.broken for value in written):
        _check_text(reading, raw.name, whole, where, shape.text)
    return Literal(whole, where)


def expected(names: Iterable[str]) -> str:
    """How .NET's validator ends a sentence about content: the elements that might stand there."""
    listed = ", ".join(names)
    return f" List of possible elements expected: '{listed}'." if listed else ""


def _text_expression(reading: Reading, raw: RawValue, where: Span, shape: Shape) -> Expression:
    """The text of an element as an expression: what gives something else than text is saved too, and made into text.
    Published policies put Guids and dates there, while Microsoft's samples call ``ToString()``."""
    found = _expression(reading, raw, where, "object" if shape.text_result == "string" else shape.text_result)
    if shape.text_result == "string" and found.static_type not in (None, "System.String", "string", "null"):
        _note_text(reading, found.static_type, where)
    return found


def _note_text(reading: Reading, given: str | None, where: Span) -> None:
    message = f"the expression gives {given}, which becomes text; samples of Microsoft's call ToString()"
    reading.note("result-not-text", message, where, Severity.NOTE)


def stands_for_elements(derived: Derived) -> bool:
    """Is this text but references that nobody filled in? Where only elements may stand, they stand for some."""
    return bool(unfilled(derived)) and not REFERENCE.sub("", derived.text).strip()


def _check_text(reading: Reading, name: str, whole: str, where: Span, kind: TextKind) -> None:
    if kind is TextKind.LITERAL and whole.strip().startswith(STARTS):
        reading.problem("expression-not-allowed", f"the text of {name} takes no expression", where)
    else:
        _check_mixed(reading, f"the text of {name}", whole.strip(), where, None)


def _expression(reading: Reading, raw: RawValue, where: Span, result: str, *, simple: bool = False) -> Expression:
    """Compile a value that is one expression, blanks around it left out. `simple`: where text is wanted a value that
    has one plain text will do, as published policies give Guids and numbers there."""
    whole = raw.text.text
    derived = raw.text.part(len(whole) - len(whole.lstrip()), len(whole.rstrip()))
    secret = reading.holds_secret(raw.start, raw.end)
    if _unfilled_outside_strings(derived):
        # The name is reported already; C# would only add what it makes of the braces.
        return Expression(derived.text, where, None, derived, secret=secret)
    from certgate.csharp import compile as compile_expression

    compilation = compile_expression(derived.text, reading.environment, expected=result)
    if simple and (given := _plain(compilation.diagnostics)):
        _note_text(reading, given, where)
        compilation = compile_expression(derived.text, reading.environment, expected="object")
    reading.add((_problem(reading, diagnostic, derived) for diagnostic in compilation.diagnostics), withheld=secret)
    return Expression(
        text=derived.text,
        span=where,
        compiled=compilation.expression,
        derived=derived,
        static_type=compilation.static_type,
        unsupported=tuple(compilation.unsupported),
        secret=secret,
    )


def _plain(diagnostics: Iterable[Diagnostic]) -> str | None:
    """The type that an expression gives where its only fault is not to give text."""
    found = [_NO_TEXT.fullmatch(each.message) for each in diagnostics]
    return found[0][1] if found and found[0] and all(each and each[1] in _SIMPLE for each in found) else None


def _problem(reading: Reading, diagnostic: Diagnostic, derived: Derived) -> Finding:
    """What C# or the gateway has against an expression."""
    code = diagnostic.code if diagnostic.kind == "compile" else "not-allowed"
    place = derived.span(diagnostic.start, max(diagnostic.end, diagnostic.start + 1)).place()
    words = reading.said(_UNTERMINATED if code == _CUT_OFF else diagnostic.message)
    return Finding(code, diagnostic.message, place, Severity.ERROR, diagnostic.hint, words)


def _unfilled_outside_strings(derived: Derived) -> bool:
    """Does a ``{{name}}`` without a value stand outside the strings of this expression? Inside one it is mere text."""
    expression, unknown = derived.text, unfilled(derived)
    if not unknown:
        return False
    from certgate.csharp.extent import find_end

    # An opening bracket put inside a string or a comment leaves the brackets matched; anywhere else it does not.
    bracket = expression[1]
    return any(find_end(f"{expression[:offset]}{bracket}{expression[offset:]}", 0) is None for offset in unknown)
