"""Parses what a statement can declare: variables, constants and local functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.lexer import END, IDENTIFIER
from certgate.csharp.parser.expressions import ExpressionParser
from certgate.csharp.parser.lookahead import PREDEFINED, Scan
from certgate.csharp.syntax import (
    Declarator,
    InitializerKind,
    LocalDeclaration,
    LocalFunction,
    TypeConstraint,
    VariableDeclaration,
)

if TYPE_CHECKING:
    from certgate.csharp.syntax import Block, Expression, Parameter, Span, Statement, TypeSyntax

ACCESS = frozenset(("public", "internal", "protected", "private"))
"""What nothing local has: before a local function it is wrong, before anything else it ends the block."""
_NEVER_OF_LOCALS = frozenset(("readonly", "volatile"))


class DeclarationParser(ExpressionParser):
    def opens_declaration(self) -> bool:
        """Whether a type and a name begin here, as C# decides it before parsing either."""
        kind = self.kind
        if kind in PREDEFINED:
            return self.peek() not in (".", "(")
        if kind == "ref":
            return True
        if kind != "(" and not self.is_name(self.at):
            return False
        found, after = self.scan_type(self.at)
        if not found or not self.is_name(after):
            return found is Scan.TYPE and self.kinds[after] not in (".", "(")
        if found is Scan.NULLABLE:
            return self.kinds[after + 1] in ("=", ";", ",", "(", END)
        return not (kind is IDENTIFIER and self.contextual("await") and self.kinds[after + 1] not in ("=", ";", ","))

    def parse_declaration(self) -> Statement | None:
        """A local declaration or a local function; None where an expression stands."""
        start = self.start
        is_const = self.take("const")
        is_async = False
        is_wrong = False
        while self._opens_modifier():
            is_wrong = self._refuse_modifier() or is_wrong
            is_async = is_async or self.kind is IDENTIFIER
            self.advance()
        if not (is_const or is_async or is_wrong) and not self.opens_declaration():
            return None
        type_ = self.parse_type()
        if not is_const and self.is_name(self.at) and self._is_function():
            return self._parse_function(start, type_, is_async)
        declaration = self._parse_variables_of(type_)
        self.expect(";")
        return LocalDeclaration(start, self.last_end, declaration, is_const)

    def _opens_modifier(self) -> bool:
        if self.kind in _NEVER_OF_LOCALS:
            return True
        if self.kind == "static" and self.opens_function():
            return False
        is_modifier = self.kind == "static" or self.kind in ACCESS or self.contextual("async")
        return is_modifier and (self.kind == "static" or self._opens_function(self.at + 1))

    def _opens_function(self, at: int) -> bool:
        return self.is_declared(at, ("(", "<"))

    def _refuse_modifier(self) -> bool:
        """The error of a modifier that does not belong here, if it is one."""
        if self.kind == "static" and self._opens_function(self.at + 1):
            self.refuse("static local functions", "8.0")
        elif self.kind in _NEVER_OF_LOCALS or self.kind in ACCESS or self.kind == "static":
            self.fail("CS0106", f"The modifier '{self.kind}' is not valid for this item", *self.span)
            return True
        return False

    def parse_variables(self) -> VariableDeclaration:
        """``T a = 1, b`` without the semicolon."""
        return self._parse_variables_of(self.parse_type())

    def _parse_variables_of(self, type_: TypeSyntax) -> VariableDeclaration:
        variables = [self._parse_variable_declarator()]
        while self.take(","):
            variables.append(self._parse_variable_declarator())
        return VariableDeclaration(type_.start, self.last_end, type_, tuple(variables))

    def _parse_variable_declarator(self) -> Declarator:
        start = self.start
        name, span = self.expect_name()
        value: Expression | None = None
        if self.take("="):
            value = self.parse_initializer(InitializerKind.ARRAY) if self.kind == "{" else self.parse_expression()
        elif self.kind == "[" and name:
            self._refuse_array_size()
        elif self.kind == "(" and name:
            message = "Expected ; or = (cannot specify constructor arguments in declaration)"
            self.missing("CS1528", message)
            self.parse_arguments(")")
        return Declarator(start if name else span[0], self.last_end, name, span, value)

    def _refuse_array_size(self) -> None:
        message = (
            "Bad array declarator: To declare a managed array the rank specifier precedes the variable's identifier. "
            "To declare a fixed size buffer field, use the fixed keyword before the field type."
        )
        self.missing("CS0650", message)
        self.parse_arguments("]")

    def _is_function(self) -> bool:
        """Whether the name here is that of a local function: brackets follow, and after them a body."""
        following = self.peek()
        if following == "<":
            return True
        if following != "(":
            return False
        closing = self.closing(self.at + 1)
        if closing is None:
            return False
        after = self.kinds[closing + 1]
        return after in ("{", "=>") or self.word_at(closing + 1) == "where"

    def _parse_function(self, start: int, type_: TypeSyntax, is_async: bool) -> Statement:
        name, span = self.expect_name()
        type_parameters = self._parse_type_parameters() if self.kind == "<" else ()
        parameters: tuple[Parameter, ...] = self.parse_parameters()
        constraints: list[TypeConstraint] = []
        while self.contextual("where"):
            constraints.append(self._parse_constraint())
        body: Expression | Block | None = None
        if self.kind == "{":
            body = self.parse_block()
        else:
            body = self.parse_expression() if self.take("=>") else None
            self.expect(";")
        return LocalFunction(
            start, self.last_end, type_, name, span, type_parameters, parameters, body, tuple(constraints), is_async
        )

    def _parse_type_parameters(self) -> tuple[str, ...]:
        self.advance()
        names = [self.expect_name()[0]]
        while self.take(","):
            names.append(self.expect_name()[0])
        self.expect(">")
        return tuple(names)

    def _parse_constraint(self) -> TypeConstraint:
        start = self.start
        self.advance()
        name, _ = self.expect_name()
        self.expect(":")
        texts: list[str] = []
        while True:
            texts.append(self._parse_constraint_text())
            if not self.take(","):
                break
        return TypeConstraint(start, self.last_end, name, tuple(texts))

    def _parse_constraint_text(self) -> str:
        begin: Span = self.span
        if self.kind in ("class", "struct"):
            self.advance()
        elif self.take("new"):
            self.expect("(")
            self.expect(")")
        else:
            self.parse_type()
        return self.text[begin[0] : self.last_end]
