"""Parses query expressions. Their words are reserved only inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.lexer import IDENTIFIER
from certgate.csharp.parser.functions import FunctionParser
from certgate.csharp.parser.lookahead import PREDEFINED
from certgate.csharp.syntax import (
    FromClause,
    GroupClause,
    JoinClause,
    LetClause,
    OrderByClause,
    Ordering,
    Query,
    QueryBody,
    QueryContinuation,
    SelectClause,
    WhereClause,
)

if TYPE_CHECKING:
    from certgate.csharp.syntax import Expression, QueryClause, Span, TypeSyntax


_VARIABLE = 4


class QueryParser(FunctionParser):
    def opens_query(self) -> bool:
        """Whether `from` begins a query: a type or a name follows, and not as in ``from x;`` or ``from x = 1``."""
        if not self.contextual("from"):
            return False
        if self.peek() in PREDEFINED:
            return True
        return self.peek() is IDENTIFIER and self.peek(2) not in (";", ",", "=")

    def parse_query(self) -> Expression:
        self.in_query += 1
        start = self.start
        source = self._parse_from()
        body = self._parse_body_of_query()
        self.in_query -= 1
        return Query(start, self.last_end, source, body)

    def _parse_body_of_query(self) -> QueryBody:
        self.enter()
        start = self.start
        outside = self.depth
        clauses: list[QueryClause] = []
        while clause := self._parse_clause():
            clauses.append(clause)
            if isinstance(clause, FromClause | LetClause | JoinClause):
                # The variable and all before it become an object, which holds that of the clause before.
                self.enter(_VARIABLE)
        result = self._parse_result()
        continuation = self._parse_continuation() if self.contextual("into") else None
        self.depth = outside - 1
        return QueryBody(start, self.last_end, tuple(clauses), result, continuation)

    def _parse_clause(self) -> QueryClause | None:
        start = self.start
        if self.contextual("from"):
            return self._parse_from()
        if self.contextual("join"):
            return self._parse_join()
        if self.take_word("let"):
            name, span = self.expect_name()
            self.expect("=")
            value = self.parse_expression()
            return LetClause(start, self.last_end, name, span, value)
        if self.take_word("where"):
            condition = self.parse_expression()
            return WhereClause(start, self.last_end, condition)
        if self.take_word("orderby"):
            orderings = [self._parse_ordering()]
            while self.take(","):
                orderings.append(self._parse_ordering())
            return OrderByClause(start, self.last_end, tuple(orderings))
        return None

    def _parse_variable(self) -> tuple[TypeSyntax | None, str, Span]:
        """``T x in`` or ``x in``."""
        typed = not (self.is_name(self.at) and self.peek() == "in")
        type_ = self.parse_type() if typed else None
        name, span = self.expect_name()
        self.expect("in")
        return type_, name, span

    def _parse_from(self) -> FromClause:
        start = self.start
        self.advance()
        type_, name, span = self._parse_variable()
        source = self.parse_expression()
        return FromClause(start, self.last_end, type_, name, span, source)

    def _parse_join(self) -> JoinClause:
        start = self.start
        self.advance()
        type_, name, span = self._parse_variable()
        source = self.parse_expression()
        self.expect_word("on", "CS0744")
        left = self.parse_expression()
        self.expect_word("equals", "CS0745")
        right = self.parse_expression()
        into: tuple[str, Span] | tuple[None, None] = self.expect_name() if self.take_word("into") else (None, None)
        return JoinClause(start, self.last_end, type_, name, span, source, left, right, *into)

    def _parse_ordering(self) -> Ordering:
        start = self.start
        key = self.parse_expression()
        descending = self.contextual("descending")
        if descending or self.contextual("ascending"):
            self.advance()
        return Ordering(start, self.last_end, key, descending)

    def _parse_result(self) -> SelectClause | GroupClause:
        start = self.start
        if self.take_word("group"):
            element = self.parse_expression()
            self.expect_word("by", "CS0743")
            key = self.parse_expression()
            return GroupClause(start, self.last_end, element, key)
        if self.take_word("select"):
            selected = self.parse_expression()
            return SelectClause(start, self.last_end, selected)
        self.missing("CS0742", "A query body must end with a select clause or a group clause")
        return SelectClause(self.last_end, self.last_end, self.missing_name())

    def _parse_continuation(self) -> QueryContinuation:
        start = self.start
        self.advance()
        name, span = self.expect_name()
        body = self._parse_body_of_query()
        return QueryContinuation(start, self.last_end, name, span, body)
