"""Parses what an expression is made of: literals, names, brackets, calls, member access and everything with `?.`.

Knows no operators with two operands; `expressions` has those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import literals
from certgate.csharp.extent import Interpolated
from certgate.csharp.lexer import CHARACTER, END, IDENTIFIER, INTERPOLATED, NUMBER, STRING, Tokens
from certgate.csharp.parser.creation import CreationParser
from certgate.csharp.parser.lookahead import PREDEFINED
from certgate.csharp.syntax import (
    Argument,
    Base,
    Checked,
    ConditionalAccess,
    Default,
    ElementAccess,
    ElementBinding,
    InterpolatedString,
    InterpolatedText,
    Interpolation,
    Invocation,
    Literal,
    LiteralKind,
    MemberAccess,
    MemberBinding,
    Name,
    NameOf,
    Parenthesized,
    Postfix,
    PredefinedType,
    SizeOf,
    This,
    Tuple,
    TypeOf,
)

if TYPE_CHECKING:
    from certgate.csharp.syntax import Expression, Span

_WORDS = {
    "true": (LiteralKind.BOOL, True),
    "false": (LiteralKind.BOOL, False),
    "null": (LiteralKind.NULL, None),
}


class PrimaryParser(CreationParser):
    def parse_primary(self) -> Expression:
        """A term with all that follows it: members, calls, elements, ``?.``, ``++``."""
        start = self.start
        expression = self._parse_term()
        while True:
            kind = self.kind
            if kind == ".":
                expression = self._parse_member(start, expression)
            elif kind == "(":
                expression = self._parse_call(start, expression)
            elif kind == "[":
                span, arguments = self.parse_arguments("]")
                expression = ElementAccess(start, self.last_end, expression, arguments, span)
            elif kind == "?" and self._opens_conditional_access():
                expression = self._parse_conditional_access(start, expression)
            elif kind in ("++", "--"):
                span = self.span
                self.advance()
                expression = Postfix(start, self.last_end, expression, kind, span)
            elif kind == "!":
                self.refuse("nullable reference types", "8.0")
                self.advance()
            else:
                return expression

    def _parse_member(self, start: int, expression: Expression) -> Expression:
        span = self.span
        self.advance()
        name = self._parse_simple_name()
        return MemberAccess(start, self.last_end, expression, span, name)

    def _parse_call(self, start: int, expression: Expression) -> Expression:
        span, arguments = self.parse_arguments(")")
        if isinstance(expression, Name) and expression.text == "nameof" and not expression.arguments:
            plain = len(arguments) == 1 and not arguments[0].modifier and arguments[0].name is None
            if plain:
                return NameOf(start, self.last_end, arguments[0].expression)
        return Invocation(start, self.last_end, expression, arguments, span)

    def _opens_conditional_access(self) -> bool:
        return self.peek() in (".", "[")

    def _parse_conditional_access(self, start: int, expression: Expression) -> Expression:
        """``?.`` owns everything that follows it: all of that is skipped for null."""
        accesses: list[tuple[Expression, Span]] = []
        while True:
            accesses.append((expression, self.span))
            self.advance()
            begin = self.start
            if self.kind == ".":
                dot = self.span
                self.advance()
                name = self._parse_simple_name()
                expression = MemberBinding(begin, self.last_end, dot, name)
            else:
                span, arguments = self.parse_arguments("]")
                expression = ElementBinding(begin, self.last_end, arguments, span)
            expression = self._parse_chain(begin, expression)
            if not (self.kind == "?" and self._opens_conditional_access()):
                break
        for left, span in reversed(accesses):
            expression = ConditionalAccess(left.start, self.last_end, left, span, expression)
        return expression

    def _parse_chain(self, start: int, expression: Expression) -> Expression:
        while True:
            if self.kind == ".":
                expression = self._parse_member(start, expression)
            elif self.kind == "(":
                expression = self._parse_call(start, expression)
            elif self.kind == "[":
                span, arguments = self.parse_arguments("]")
                expression = ElementAccess(start, self.last_end, expression, arguments, span)
            elif self.kind == "!":
                self.refuse("nullable reference types", "8.0")
                self.advance()
            else:
                return expression

    def _parse_simple_name(self, before_name: bool = False) -> Name:
        """A name in an expression: ``<`` opens type arguments only where C# says so."""
        if self.kind is not IDENTIFIER or self.kinds[self.at + 1] == "<":
            known = self.is_name(self.at) and self.opens_type_arguments(self.at + 1, before_name)
            if known:
                return self.parse_name()
        start = self.start
        word, span = self.expect_name()
        verbatim = bool(word) and self.text[start] == "@"
        return Name(*span, word, None, span, verbatim)

    def _parse_term(self) -> Expression:
        kind, start = self.kind, self.start
        if kind is IDENTIFIER:
            return self._parse_identifier()
        if kind in (NUMBER, STRING, CHARACTER):
            return self._parse_literal()
        if kind in _WORDS:
            self.advance()
            return Literal(start, self.last_end, *_WORDS[kind], kind)
        if kind == "(":
            return self._parse_bracketed()
        if kind is INTERPOLATED:
            return self._parse_interpolated()
        if kind in PREDEFINED:
            return self._parse_predefined()
        if kind in _KEYWORD_TERMS:
            return self._parse_keyword()
        if kind == "[":
            return self.parse_collection()
        if kind == "::":
            self.missing_expression()
            self.advance()
            return self.parse_name()
        return self.missing_expression()

    def _parse_identifier(self) -> Expression:
        if not self.is_name(self.at):
            return self.missing_expression()
        if self.opens_function():
            return self.parse_function()
        if self.peek() == "::":
            return self.parse_alias_qualified()
        return self._parse_simple_name()

    def _parse_literal(self) -> Expression:
        start, end = self.span
        value = self.values[self.at]
        self.advance()
        text = self.text[start:end]
        if isinstance(value, tuple):
            return Literal(start, end, *value, text)
        return Literal(start, end, LiteralKind.STRING, value if isinstance(value, str) else "", text)

    def _parse_predefined(self) -> Expression:
        start, keyword = self.start, self.kind
        if self.peek() != "." or keyword == "void":
            self.fail("CS1525", f"Invalid expression term '{keyword}'", *self.span)
        self.advance()
        return PredefinedType(start, self.last_end, keyword)

    def _parse_bracketed(self) -> Expression:
        """``(x)`` or a tuple. Casts and lambdas are told apart before this."""
        start = self.start
        if self.opens_lambda(self.at):
            return self.parse_function()
        self.advance()
        first = self._parse_tuple_element((",",))
        if self.kind != "," and first.name is None:
            # One wrong token before the bracket: C# skips it.
            if self.kind not in (")", ";", "}", END) and self.peek() == ")" and not self._line_ends_before(self.at):
                shown = self.text[self.start : self.ends[self.at]]
                self.errors.add(self.at, ("CS1073", f"Unexpected token '{shown}'", *self.span))
                self.advance()
            self.expect(")")
            return Parenthesized(start, self.last_end, first.expression)
        elements = [first]
        while self.take(","):
            elements.append(self._parse_tuple_element((",", ")")))
        if len(elements) < 2:
            self.missing("CS8124", "Tuple must contain at least two elements.")
        self.expect(")")
        return Tuple(start, self.last_end, tuple(elements))

    def _parse_tuple_element(self, followed: tuple[str, ...]) -> Argument:
        start = self.start
        name, span = self._parse_argument_name()
        expression = self.parse_declared_or_expression(followed)
        return Argument(start, self.last_end, expression, "", name, span)

    def _parse_argument_name(self) -> tuple[str, Span] | tuple[None, None]:
        if self.kinds[self.at + 1] != ":" or not self.is_name(self.at):
            return None, None
        word, span = self.word, self.span
        self.advance()
        self.advance()
        return word, span

    def parse_arguments(self, closing: str) -> tuple[Span, tuple[Argument, ...]]:
        """From the opening bracket to past `closing`: its span and the arguments."""
        start = self.start
        self.advance()
        arguments: list[Argument] = []
        if self.kind == closing:
            self.advance()
            if closing == "]":
                self.fail("CS0443", "Syntax error; value expected", self.last_end - 1, self.last_end)
            return (start, self.last_end), ()
        while self.kind not in (closing, ";", "}", END):
            before = self.at
            arguments.append(self._parse_argument())
            if self.kind == closing:
                break
            # SECURITY: what begins no expression after all must not be waited for.
            if self.kind != "," and (self.at == before or not self.starts_expression(self.at)):
                break
            self.expect(",")
            if self.kind == closing:
                self.missing_expression()
        if self.kind == closing:
            self.advance()
        else:
            self.expect(closing)
        return (start, self.last_end), tuple(arguments)

    def _parse_argument(self) -> Argument:
        start = self.start
        name, name_span = self._parse_argument_name()
        modifier = ""
        if self.kind in ("ref", "out", "in"):
            modifier = self.kind
            self.advance()
        if modifier == "out":
            expression = self.parse_declared_or_expression((",", ")", "]"))
        else:
            expression = self.parse_expression()
        return Argument(start, self.last_end, expression, modifier, name, name_span)

    def parse_declared_or_expression(self, followed: tuple[str, ...]) -> Expression:
        raise NotImplementedError

    def _parse_keyword(self) -> Expression:
        kind, start = self.kind, self.start
        if kind == "new":
            return self.parse_new()
        if kind == "delegate" or (kind == "static" and self.opens_function()):
            return self.parse_function()
        if kind == "stackalloc":
            return self.parse_stackalloc()
        if kind == "static":
            return self.missing_expression()
        self.advance()
        if kind in ("this", "base"):
            return This(start, self.last_end) if kind == "this" else Base(start, self.last_end)
        if kind == "default" and self.kind != "(":
            return Default(start, self.last_end, None)
        self.expect("(")
        if kind in ("checked", "unchecked"):
            expression = self.parse_expression()
            self.expect(")")
            return Checked(start, self.last_end, kind == "checked", expression)
        type_ = self.parse_type()
        self.expect(")")
        made = {"typeof": TypeOf, "sizeof": SizeOf, "default": Default}[kind]
        return made(start, self.last_end, type_)

    def _parse_interpolated(self) -> Expression:
        token = self.at
        found = self.values[token]
        self.advance()
        if not isinstance(found, Interpolated):
            raise TypeError("an interpolated string without its extent")
        parts: list[InterpolatedText | Interpolation] = []
        position = found.content
        for hole in found.holes:
            self._add_text(parts, found, position, hole.start)
            following = hole.end if hole.colon is None else hole.colon
            expression, alignment = self._parse_hole(token, hole.start + 1, following, hole.colon is not None)
            written = self._read(found, hole.colon + 1, hole.end) if hole.colon is not None else None
            span = (hole.colon, hole.end) if hole.colon is not None else None
            position = hole.end + hole.closed
            parts.append(Interpolation(hole.start, position, expression, alignment, written, span))
        self._add_text(parts, found, position, found.content_end)
        return InterpolatedString(found.start, found.end, tuple(parts))

    def _add_text(
        self, parts: list[InterpolatedText | Interpolation], found: Interpolated, start: int, end: int
    ) -> None:
        if start < end:
            text = self._read(found, start, end).replace("{{", "{").replace("}}", "}")
            parts.append(InterpolatedText(start, end, text))

    def _read(self, found: Interpolated, start: int, end: int) -> str:
        text = self.text[start:end]
        if found.verbatim:
            return literals.to_units(text.replace('""', '"'))
        value, problems = literals.unescape(text)
        for code, message, at, to in problems:
            self.errors.add(self.at - 0.5, (code, message, start + at, start + to))
        return value

    def _parse_hole(self, token: int, start: int, end: int, formatted: bool) -> tuple[Expression, Expression | None]:
        tokens = Tokens(self.text, start, end)
        inner = type(self)(self.text, tokens, self.errors.inside(token), self.depth + 1)
        inner.in_query = self.in_query
        inner.before_format = formatted
        expression = inner.parse_expression()
        alignment = None
        if inner.kind == ",":
            inner.advance()
            alignment = inner.parse_expression()
        if inner.kind is not END:
            shown = self.text[inner.start : inner.ends[inner.at]]
            at = alignment or expression
            inner.fail("CS1073", f"Unexpected token '{shown}'", at.start, at.end, 0)
        return expression, alignment


_KEYWORD_TERMS = frozenset(
    "base checked default delegate new sizeof stackalloc static this typeof unchecked".split()  # noqa: SIM905
)
