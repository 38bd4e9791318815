"""Parses everything with `new`: objects, anonymous objects, arrays, and the initialisers in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.lexer import END, IDENTIFIER
from certgate.csharp.parser.types import Place, TypeParser
from certgate.csharp.syntax import (
    AnonymousMember,
    AnonymousObject,
    ArrayCreation,
    ArrayType,
    ImplicitArray,
    IndexInitializer,
    Initializer,
    InitializerKind,
    MemberInitializer,
    Name,
    ObjectCreation,
    StackAlloc,
)

if TYPE_CHECKING:
    from certgate.csharp.syntax import Argument, Expression, Span


class CreationParser(TypeParser):
    def parse_arguments(self, closing: str) -> tuple[Span, tuple[Argument, ...]]:
        raise NotImplementedError

    def opens_function(self) -> bool:
        raise NotImplementedError

    def parse_function(self) -> Expression:
        raise NotImplementedError

    def parse_new(self) -> Expression:
        following = self.peek()
        if following == "{":
            return self._parse_anonymous()
        if following == "[":
            return self._parse_implicit_array()
        start, new_span = self.start, self.span
        if following == "(" and not self._is_tuple_array():
            self.refuse("target-typed object creation", "9.0", new_span)
            self.advance()
            return self._parse_object(start, self.missing_name())
        self.advance()
        type_ = self.parse_type(Place.NEW)
        if isinstance(type_, ArrayType):
            initializer = self.parse_initializer(InitializerKind.ARRAY) if self.kind == "{" else None
            return ArrayCreation(start, self.last_end, type_, initializer)
        return self._parse_object(start, type_)

    def _is_tuple_array(self) -> bool:
        found, _ = self.scan_type(self.at + 1)
        return bool(found)

    def _parse_object(self, start: int, type_: Expression) -> Expression:
        arguments: tuple[Argument, ...] | None = None
        if self.kind == "(":
            _, arguments = self.parse_arguments(")")
        initializer = self.parse_initializer(InitializerKind.OBJECT) if self.kind == "{" else None
        if arguments is None and initializer is None and not (isinstance(type_, Name) and not type_.text):
            self.missing("CS1526", "A new expression requires an argument list or (), [], or {} after type")
        return ObjectCreation(start, self.last_end, type_, arguments, initializer)  # type: ignore[arg-type]

    def _parse_anonymous(self) -> Expression:
        start = self.start
        self.advance()
        self.advance()
        members: list[AnonymousMember] = []
        while self.kind not in ("}", END):
            before, begin = self.at, self.start
            name: str | None = None
            span: Span | None = None
            if self.kind is IDENTIFIER and self.peek() == "=":
                name, span = self.expect_name()
                self.advance()
            expression = self.parse_expression()
            members.append(AnonymousMember(begin, self.last_end, name, span, expression))
            if not self._goes_on("}", before):
                break
        self.expect("}")
        return AnonymousObject(start, self.last_end, tuple(members))

    def _parse_implicit_array(self) -> Expression:
        start = self.start
        self.advance()
        self.advance()
        rank = 1
        while self.take(","):
            rank += 1
        if self.kind != "]":
            self.missing("CS0178", "Invalid rank specifier: expected ',' or ']'")
            while self.kind not in ("]", "{", ";", "}", ")", END):
                self.advance()
        self.expect("]")
        initializer = self.parse_initializer(InitializerKind.ARRAY)
        return ImplicitArray(start, self.last_end, rank, initializer)

    def parse_stackalloc(self) -> Expression:
        """``stackalloc T[n]``, whose parts matter to nothing: it is an error or not simulated."""
        start = self.start
        if self.peek() == "[":
            self._parse_implicit_array()
            return StackAlloc(start, self.last_end)
        self.advance()
        self.parse_type(Place.NEW)
        if self.kind == "{":
            self.parse_initializer(InitializerKind.ARRAY)
        return StackAlloc(start, self.last_end)

    def parse_initializer(self, kind: InitializerKind) -> Initializer:
        """``{ … }``; OBJECT becomes COLLECTION where the first element assigns nothing."""
        self.enter()
        start = self.start
        self.expect("{")
        elements: list[Expression | MemberInitializer | IndexInitializer] = []
        if kind is InitializerKind.OBJECT and self.kind != "}" and not self._assigns():
            kind = InitializerKind.COLLECTION
        while self.kind not in ("}", END):
            before = self.at
            elements.append(self._parse_element(kind))
            if not self._goes_on("}", before):
                break
        self.expect("}")
        self.depth -= 1
        return Initializer(start, self.last_end, kind, tuple(elements))

    def _goes_on(self, closing: str, before: int) -> bool:
        """Goes past the comma between two elements, the last of which began at the token `before`; where something else
        stands, C# misses the comma."""
        # SECURITY: an element of no tokens before what is no comma would come again and again.
        if self.kind == closing or (self.at == before and self.kind != ","):
            return False
        if self.kind == "," or self.starts_expression(self.at):
            self.expect(",")
            return True
        if self.kind not in (";", END):
            self.expect(",")
            while self.kind not in (",", closing, ";", "{", "}", END) and not self.starts_expression(self.at):
                self.advance()
            return self.take(",")
        return False

    def _assigns(self) -> bool:
        return self.kind == "[" or (self.kind is IDENTIFIER and self.peek() == "=")

    def _parse_element(self, kind: InitializerKind) -> Expression | MemberInitializer | IndexInitializer:
        start = self.start
        if kind is InitializerKind.ARRAY:
            return self.parse_initializer(kind) if self.kind == "{" else self.parse_expression()
        if kind is InitializerKind.OBJECT and self.kind == "[":
            span, arguments = self.parse_arguments("]")
            equals = self.expect("=")
            value = self._parse_value()
            return IndexInitializer(start, self.last_end, arguments, span, equals, value)
        if kind is InitializerKind.OBJECT and self._assigns():
            word, span = self.expect_name()
            equals = self.expect("=")
            value = self._parse_value()
            return MemberInitializer(start, self.last_end, Name(*span, word, None, span), equals, value)
        if self.kind == "{":
            return self._parse_complex()
        return self.parse_expression()

    def _parse_value(self) -> Expression:
        return self.parse_initializer(InitializerKind.OBJECT) if self.kind == "{" else self.parse_expression()

    def _parse_complex(self) -> Expression:
        start = self.start
        self.advance()
        values: list[Expression | MemberInitializer | IndexInitializer] = []
        while self.kind not in ("}", END):
            before = self.at
            values.append(self.parse_expression())
            if not self._goes_on("}", before):
                break
        self.expect("}")
        return Initializer(start, self.last_end, InitializerKind.COMPLEX, tuple(values))

    def parse_collection(self) -> Expression:
        """``[a, b]``, which C# 7.3 has not."""
        start = self.start
        self.refuse("collection expressions", "12.0")
        self.advance()
        values: list[Expression | MemberInitializer | IndexInitializer] = []
        while self.kind not in ("]", END):
            before = self.at
            self.take("..")
            values.append(self.parse_expression())
            if not self._goes_on("]", before):
                break
        self.expect("]")
        return Initializer(start, self.last_end, InitializerKind.ARRAY, tuple(values))
