"""Parses types and names. Knows where a ``?`` after a type belongs to it, and where to what follows."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from certgate.csharp.parser.lookahead import PREDEFINED, Lookahead
from certgate.csharp.syntax import (
    AliasQualifiedName,
    ArrayRank,
    ArrayType,
    Name,
    NullableType,
    OmittedType,
    PointerType,
    PredefinedType,
    QualifiedName,
    RefType,
    TupleType,
    TupleTypeElement,
)

if TYPE_CHECKING:
    from certgate.csharp.syntax import Expression, Span, TypeSyntax


class Place(Enum):
    """Where a type stands."""

    ANYWHERE = auto()
    AFTER_IS = auto()
    """At the end of an expression: ``?`` belongs to it only where no expression follows."""
    NEW = auto()
    """After `new`: sizes may stand in its brackets, and ``?`` only before a bracket."""


class TypeParser(Lookahead):
    def parse_expression(self) -> Expression:
        raise NotImplementedError

    def parse_type(self, place: Place = Place.ANYWHERE) -> TypeSyntax:
        self.enter()
        start = self.start
        type_ = self._parse_element_type(place)
        while True:
            kind = self.kind
            if kind == "?" and self._takes_question(type_, place):
                span = self.span
                self.advance()
                type_ = NullableType(start, self.last_end, type_, span)
            elif kind == "[" and self._takes_rank(place):
                ranks = self._parse_ranks()
                type_ = ArrayType(start, self.last_end, type_, ranks)
            elif kind == "*" and isinstance(type_, PredefinedType | PointerType) and place is Place.ANYWHERE:
                self.advance()
                type_ = PointerType(start, self.last_end, type_)
            else:
                break
        self.depth -= 1
        return type_

    def _takes_question(self, type_: TypeSyntax, place: Place) -> bool:
        if isinstance(type_, NullableType):
            return False
        if place is Place.AFTER_IS:
            return not self.starts_expression(self.at + 1)
        return place is Place.ANYWHERE or self.peek() in ("(", "[", "{")

    def _takes_rank(self, place: Place) -> bool:
        return place is not Place.AFTER_IS or self._scan_rank(self.at) > 0

    def _parse_element_type(self, place: Place) -> TypeSyntax:
        start = self.start
        if self.kind in PREDEFINED:
            keyword = self.kind
            self.advance()
            return PredefinedType(start, self.last_end, keyword)
        if self.is_name(self.at):
            return self._parse_qualified_name()
        if self.kind == "(":
            return self._parse_tuple_type()
        if self.kind == "ref":
            self.advance()
            element = self.parse_type(place)
            return RefType(start, self.last_end, element)
        if place is Place.NEW:
            message = "A new expression requires an argument list or (), [], or {} after type"
            self.missing("CS1526", message)
        else:
            self.missing("CS1031", "Type expected")
        return self.missing_name()

    def _parse_qualified_name(self) -> TypeSyntax:
        start = self.start
        type_: TypeSyntax = self.parse_alias_qualified() if self.peek() == "::" else self.parse_name()
        while self.take("."):
            name = self.parse_name()
            type_ = QualifiedName(start, self.last_end, type_, name)
        return type_

    def parse_alias_qualified(self) -> AliasQualifiedName:
        start, alias = self.start, self.word
        self.advance()
        self.advance()
        name = self.parse_name()
        return AliasQualifiedName(start, self.last_end, alias, name)

    def parse_name(self) -> Name:
        """A name in a type, with its type arguments."""
        start = self.start
        verbatim = self.text.startswith("@", start)
        word, span = self.expect_name()
        arguments = self.parse_type_arguments() if self.kind == "<" and word else None
        return Name(start if word else span[0], self.last_end, word, arguments, span, verbatim)

    def parse_type_arguments(self) -> tuple[TypeSyntax, ...]:
        """From ``<`` to past ``>``."""
        self.advance()
        arguments: list[TypeSyntax] = []
        while True:
            if self.kind in (",", ">"):
                arguments.append(OmittedType(self.last_end, self.last_end))
            else:
                arguments.append(self.parse_type())
            if not self.take(","):
                break
        self.expect(">")
        return tuple(arguments)

    def _parse_tuple_type(self) -> TypeSyntax:
        start, first = self.start, self.at
        self.advance()
        elements: list[TupleTypeElement] = []
        while True:
            begin = self.start
            type_ = self.parse_type()
            name: tuple[str, Span] | tuple[None, None] = self.expect_name() if self.is_name(self.at) else (None, None)
            elements.append(TupleTypeElement(begin, self.last_end, type_, *name))
            if not self.take(","):
                break
        self.expect(")")
        if len(elements) < 2:
            self.fail("CS8124", "Tuple must contain at least two elements.", self.last_end - 1, self.last_end, first)
        return TupleType(start, self.last_end, tuple(elements))

    def _parse_ranks(self) -> tuple[ArrayRank, ...]:
        ranks: list[ArrayRank] = []
        while self.kind == "[":
            start = self.start
            self.advance()
            sizes: list[Expression | None] = []
            while True:
                sizes.append(None if self.kind in (",", "]") else self.parse_expression())
                if not self.take(","):
                    break
            self.expect("]")
            self.enter()
            ranks.append(ArrayRank(start, self.last_end, tuple(sizes)))
        self.depth -= len(ranks)
        return tuple(ranks)

    def is_declared(self, at: int, followed: tuple[str, ...]) -> bool:
        """Whether a type and a name stand there, and after them one of `followed`."""
        found, after = self.scan_type(at)
        return bool(found) and self.is_name(after) and self.kinds[after + 1] in followed
