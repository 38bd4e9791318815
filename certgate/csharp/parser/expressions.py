"""Parses whole expressions: operators by precedence, casts, `is` and `as`, `?:`, assignment, declarations, `throw`.

Precedence and associativity are C#'s; a level takes operators that bind at least as tightly as itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.lexer import END, IDENTIFIER
from certgate.csharp.parser.lookahead import LITERALS, PREDEFINED, Scan
from certgate.csharp.parser.queries import QueryParser
from certgate.csharp.parser.types import Place
from certgate.csharp.syntax import (
    As,
    Assignment,
    Await,
    Binary,
    Cast,
    Conditional,
    ConstantPattern,
    Declaration,
    DeclarationPattern,
    DiscardDesignation,
    IsPattern,
    IsType,
    Parenthesized,
    Ref,
    Throw,
    TupleDesignation,
    Unary,
    VariableDesignation,
)

if TYPE_CHECKING:
    from certgate.csharp.syntax import Designation, Expression, Pattern, Span

_LOWEST, _ASSIGNMENT, _CONDITIONAL, _COALESCE, _COALESCED, _RELATIONAL, _SHIFT, _RANGE, _UNARY, _CAST = (
    0,
    1,
    2,
    3,
    4,
    11,
    12,
    16,
    17,
    18,
)
_PRECEDENCE = {
    **dict.fromkeys(["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", "??="], _ASSIGNMENT),
    "??": _COALESCE,
    "||": 5,
    "&&": 6,
    "|": 7,
    "^": 8,
    "&": 9,
    "==": 10,
    "!=": 10,
    **dict.fromkeys(["<", ">", "<=", ">=", "is", "as"], _RELATIONAL),
    "<<": _SHIFT,
    "+": 13,
    "-": 13,
    "*": 14,
    "/": 14,
    "%": 14,
    "switch": 15,
    "..": _RANGE,
}
_PREFIX = frozenset(["+", "-", "!", "~", "++", "--", "&", "*", "^"])
# Statements' keywords that C# takes for the end of the expression, without looking further.
_NO_EXPRESSION = frozenset(
    """break case catch const continue do finally for foreach goto if else lock return switch try using
    while""".split()  # noqa: SIM905
)
_AWAITED = LITERALS | PREDEFINED | {"new", "typeof", "delegate", "this", "default", "checked", "unchecked", IDENTIFIER}


class ExpressionParser(QueryParser):
    def parse_expression(self, precedence: int = _LOWEST) -> Expression:
        self.enter()
        left = self._parse_left()
        left = self._parse_operators(left, precedence)
        if self.kind == "?" and precedence <= _CONDITIONAL:
            left = self._parse_conditional(left)
        self.depth -= 1
        return left

    def _parse_left(self) -> Expression:
        kind, start = self.kind, self.start
        if kind is IDENTIFIER:
            return self._parse_left_word()
        if kind in _PREFIX:
            return self._parse_prefix()
        if kind == "(" and self.opens_cast() and not self.opens_lambda(self.at):
            self.advance()
            type_ = self.parse_type()
            self.expect(")")
            operand = self.parse_expression(_CAST)
            return Cast(start, self.last_end, type_, operand)
        if kind in _NO_EXPRESSION:
            return self.missing_expression()
        if kind == "throw":
            self.advance()
            thrown = self.parse_expression(_COALESCE)
            return Throw(start, self.last_end, thrown)
        if kind == "ref":
            self.advance()
            referred = self.parse_expression()
            return Ref(start, self.last_end, referred)
        if kind == "..":
            self.refuse("range operator", "8.0")
            self.advance()
            return self.parse_expression(_RANGE + 1) if self.starts_expression(self.at) else self.missing_name()
        return self.parse_primary()

    def _parse_left_word(self) -> Expression:
        start = self.start
        word = self.values[self.at]
        if word == "from" and self.opens_query():
            return self.parse_query()
        if word == "await" and self.peek() in _AWAITED and not self.opens_function():
            self.advance()
            operand = self.parse_expression(_UNARY)
            return Await(start, self.last_end, operand)
        if word == "var" and self.peek() == "(" and self._opens_deconstruction():
            type_ = self.parse_type()
            designation = self._parse_designation()
            return Declaration(start, self.last_end, type_, designation)
        return self.parse_primary()

    def _opens_deconstruction(self) -> bool:
        closing = self.closing(self.at + 1)
        return closing is not None and self.kinds[closing + 1] in ("=", "in")

    def _parse_prefix(self) -> Expression:
        start, operator, span = self.start, self.kind, self.span
        if operator == "^":
            self.refuse("index operator", "8.0")
        self.advance()
        operand = self.parse_expression(_UNARY)
        return Unary(start, self.last_end, operator, span, operand)

    # Operators

    def _operator(self) -> tuple[str, int]:
        """The operator here and how many tokens it takes: ``>>`` and ``>>=`` are joined from adjacent tokens."""
        if self.kind != ">" or not self.adjacent(self.at):
            return self.kind, 1
        following = self.peek()
        if following == ">":
            if self.adjacent(self.at + 1) and self.peek(2) in (">", ">="):
                return ">>>", 3
            return ">>", 2
        return (">>=", 2) if following == ">=" else (">", 1)

    def _parse_operators(self, left: Expression, precedence: int) -> Expression:
        while True:
            kind = self.kind
            binding = _PRECEDENCE.get(kind)
            if binding is None:
                return left
            count = 1
            if kind == ">":
                kind, count = self._operator()
                binding = _RELATIONAL if count == 1 else _ASSIGNMENT if kind == ">>=" else _SHIFT
            rightwards = binding in (_ASSIGNMENT, _COALESCE)
            if binding < precedence or (binding == precedence and not rightwards):
                return left
            if kind == "switch" and self.peek() != "{":
                return left
            left = self._parse_operator(left, kind, binding, count)

    def _parse_operator(self, left: Expression, operator: str, binding: int, count: int) -> Expression:
        span = (self.start, self.ends[self.at + count - 1])
        for feature, version in _NEWER.get(operator, ()):
            self.refuse(feature, version, span)
        for _ in range(count):
            self.advance()
        if operator == "is":
            return self._parse_is(left, span)
        if operator == "as":
            type_ = self.parse_type(Place.AFTER_IS)
            return As(left.start, self.last_end, left, span, type_)
        if operator == "switch":
            self._skip_braces()
            return left
        if operator == ".." and not self.starts_expression(self.at):
            return left
        if binding == _COALESCE:
            return self._parse_coalesce(left, operator, span)
        right = self.parse_expression(binding)
        if binding == _ASSIGNMENT:
            return Assignment(left.start, self.last_end, left, operator, span, right)
        return Binary(left.start, self.last_end, left, operator, span, right)

    def _parse_coalesce(self, left: Expression, operator: str, span: Span) -> Expression:
        """A chain of ``a ?? b ?? c`` nests to the right; it is read in a loop."""
        parts = [(left, span)]
        right = self.parse_expression(_COALESCED)
        while self.kind == operator:
            parts.append((right, self.span))
            self.advance()
            right = self.parse_expression(_COALESCED)
        for one, at in reversed(parts):
            right = Binary(one.start, self.last_end, one, operator, at, right)
        return right

    def _skip_braces(self) -> None:
        open_ = 0
        while self.kind is not END:
            open_ += (self.kind == "{") - (self.kind == "}")
            self.advance()
            if not open_:
                return

    def _parse_conditional(self, condition: Expression) -> Expression:
        """A chain of ``a ? b : c ? d : e`` nests to the right; it is read in a loop."""
        parts: list[tuple[Expression, Span, Expression]] = []
        rest = condition
        while self.kind == "?":
            span = self.span
            self.advance()
            when_true = self.parse_expression()
            if self.kind is END and self.before_format:
                message = (
                    "A conditional expression cannot be used directly in a string interpolation because the ':' ends "
                    "the interpolation. Parenthesize the conditional expression."
                )
                self.fail("CS8361", message, condition.start, self.last_end, 0)
                return condition
            self.expect(":")
            parts.append((rest, span, when_true))
            rest = self._parse_operators(self._parse_left(), _LOWEST)
        for tested, span, when_true in reversed(parts):
            rest = Conditional(tested.start, self.last_end, tested, span, when_true, rest)
        return rest

    # is, and patterns

    def _parse_is(self, left: Expression, span: Span) -> Expression:
        pattern = self._parse_pattern(in_case=False)
        while self.contextual("and") or self.contextual("or"):
            self.refuse(f"{self.word} pattern", "9.0")
            self.advance()
            pattern = self._parse_pattern(in_case=False)
        if isinstance(pattern, ConstantPattern | DeclarationPattern):
            return IsPattern(left.start, self.last_end, left, span, pattern)
        return IsType(left.start, self.last_end, left, span, pattern)  # type: ignore[arg-type]

    def parse_case_pattern(self) -> Pattern:
        """What follows `case`: a constant or a declaration."""
        pattern = self._parse_pattern(in_case=True)
        if isinstance(pattern, ConstantPattern | DeclarationPattern):
            return pattern
        raise TypeError("a type where only a pattern can be")

    def _parse_pattern(self, in_case: bool) -> Pattern | Expression:
        """A pattern; after `is` a mere type, or a name that may be one, is given as that."""
        start = self.start
        if self.contextual("not") and (self.starts_expression(self.at + 1) or self.peek() in ("null", "{")):
            self.refuse("not pattern", "9.0")
            self.advance()
            return self._parse_pattern(in_case)
        if self.kind in ("<", ">", "<=", ">="):
            self.refuse("relational pattern", "9.0")
            self.advance()
        elif self.kind == "{":
            self.refuse("recursive patterns", "8.0")
            self._skip_braces()
            return ConstantPattern(start, self.last_end, self.missing_name())
        elif self.kind in PREDEFINED or (self.is_name(self.at) and self.scan_type(self.at)[0]):
            typed = self._parse_type_pattern(start, in_case)
            if typed is not None:
                return typed
        expression = self.parse_expression(_CONDITIONAL if in_case else _SHIFT)
        return ConstantPattern(start, self.last_end, expression)

    def _parse_type_pattern(self, start: int, in_case: bool) -> Pattern | Expression | None:
        """``T x`` or, after `is`, ``T``; None where an expression stands instead."""
        scanned, after = self.scan_type(self.at)
        if scanned is Scan.NULLABLE:
            # The question mark is that of ``?:`` where anything follows; a name cannot follow a nullable type here.
            after -= 1
        named = self.is_name(after) and not (self.kinds[after] is IDENTIFIER and self.values[after] in ("and", "or"))
        if in_case and self.is_name(after) and self.values[after] == "when" and self.kinds[after + 1] != ":":
            named = self.values[after + 1] == "when"
        if named:
            type_ = self.parse_type()
            designation = self._parse_designation()
            return DeclarationPattern(start, self.last_end, type_, designation)
        if self.contextual("var") and self.kinds[after] == "(":
            self.refuse("recursive patterns", "8.0")
            type_ = self.parse_type()
            return DeclarationPattern(start, self.last_end, type_, self._parse_designation())
        if in_case:
            return None
        following = self.kinds[after]
        if _PRECEDENCE.get(following, 0) > _SHIFT or following in ("(", "[", "."):
            return None
        return self.parse_type(Place.AFTER_IS)

    # Declarations in expressions

    def parse_declared_or_expression(self, followed: tuple[str, ...]) -> Expression:
        start = self.start
        if (self.kind is IDENTIFIER or self.kind in PREDEFINED or self.kind == "(") and self._declares(followed):
            type_ = self.parse_type()
            designation = self._parse_designation()
            return Declaration(start, self.last_end, type_, designation)
        return self.parse_expression()

    def _declares(self, followed: tuple[str, ...]) -> bool:
        if self.is_declared(self.at, followed):
            return not (self.contextual("await") or (self.contextual("from") and self.opens_query()))
        if self.contextual("var") and self.peek() == "(":
            closing = self.closing(self.at + 1)
            return closing is not None and self.kinds[closing + 1] in followed
        return False

    def _parse_designation(self) -> Designation:
        start = self.start
        if self.kind == "(":
            self.enter()
            self.advance()
            elements = [self._parse_designation()]
            while self.take(","):
                elements.append(self._parse_designation())
            self.expect(")")
            self.depth -= 1
            return TupleDesignation(start, self.last_end, tuple(elements))
        if self.contextual("_"):
            self.advance()
            return DiscardDesignation(start, self.last_end)
        name, span = self.expect_name()
        return VariableDesignation(*span, name)

    def parse_parenthesized(self) -> Expression:
        """``(x)`` of a statement; answers what is inside."""
        start = self.expect("(")[0]
        expression = self.parse_expression()
        self.expect(")")
        return Parenthesized(start, self.last_end, expression).expression


_NEWER = {
    "??=": (("coalescing assignment", "8.0"),),
    "switch": (("recursive patterns", "8.0"),),
    "..": (("range operator", "8.0"),),
    ">>>": (("unsigned right shift", "11.0"),),
}
