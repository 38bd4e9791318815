"""Parses lambdas, anonymous methods and parameter lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.lexer import END, IDENTIFIER
from certgate.csharp.parser.primary import PrimaryParser
from certgate.csharp.syntax import AnonymousMethod, Lambda, Parameter

if TYPE_CHECKING:
    from certgate.csharp.syntax import Block, Expression, TypeSyntax

_MODIFIERS = frozenset(["ref", "out", "in", "params", "this"])


class FunctionParser(PrimaryParser):
    def parse_block(self) -> Block:
        raise NotImplementedError

    def opens_function(self) -> bool:
        """Whether a lambda or an anonymous method begins at this word: ``x =>``, ``async x =>``, ``static``."""
        following = self.peek()
        if following == "=>" and self.kind is IDENTIFIER:
            return True
        if not (self.contextual("async") or self.kind == "static"):
            return False
        if following == "(":
            return self.opens_lambda(self.at + 1)
        return following == "delegate" or (following is IDENTIFIER and self.peek(2) == "=>")

    def parse_function(self) -> Expression:
        start = self.start
        is_async = False
        while self.kind == "static" or (self.contextual("async") and self.peek() != "=>"):
            if self.kind == "static":
                self.refuse("static anonymous function", "9.0")
            else:
                is_async = True
            self.advance()
        if self.kind == "delegate":
            return self._parse_anonymous_method(start, is_async)
        if self.kind == "(":
            parameters = self.parse_parameters()
        else:
            name, span = self.expect_name()
            parameters = (Parameter(*span, None, name, span),)
        arrow = self.expect("=>")
        body = self._parse_body() if self.kind == "{" else self.parse_expression()
        return Lambda(start, self.last_end, parameters, arrow, body, is_async)

    def _parse_anonymous_method(self, start: int, is_async: bool) -> Expression:
        span = self.span
        self.advance()
        parameters = self.parse_parameters() if self.kind == "(" else None
        body = self._parse_body()
        return AnonymousMethod(start, self.last_end, parameters, span, body, is_async)

    def _parse_body(self) -> Block:
        # A block within a query is not of the query: its words are names there.
        outer, self.in_query = self.in_query, 0
        block = self.parse_block()
        self.in_query = outer
        return block

    def parse_parameters(self) -> tuple[Parameter, ...]:
        """From ``(`` to past ``)``: of a lambda, an anonymous method or a local function."""
        self.expect("(")
        parameters: list[Parameter] = []
        while self.kind not in (")", ";", "{", "}", "=>", END):
            parameters.append(self._parse_parameter())
            if not self.take(","):
                break
            if self.kind == ")":
                self.missing("CS1001", "Identifier expected")
        self.expect(")")
        return tuple(parameters)

    def _parse_parameter(self) -> Parameter:
        start = self.start
        modifier = ""
        while self.kind in _MODIFIERS:
            modifier = self.kind
            self.advance()
        type_: TypeSyntax | None = None
        if not (self.is_name(self.at) and self.peek() in (",", ")", "=")):
            type_ = self.parse_type()
        name, span = self.expect_name()
        default = self.parse_expression() if self.take("=") else None
        return Parameter(start, self.last_end, type_, name, span, modifier, default)
