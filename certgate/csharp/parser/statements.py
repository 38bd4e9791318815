"""Parses statements and blocks. Knows what begins a statement, and where C# gives up on a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.lexer import END, IDENTIFIER, unavailable
from certgate.csharp.parser.declarations import ACCESS, DeclarationParser
from certgate.csharp.syntax import (
    Block,
    Break,
    CaseLabel,
    Catch,
    CheckedBlock,
    Continue,
    Declaration,
    DefaultLabel,
    DoWhile,
    Empty,
    ExpressionStatement,
    For,
    ForEach,
    ForEachDeconstruction,
    Goto,
    GotoCase,
    GotoDefault,
    If,
    Labeled,
    LocalDeclaration,
    LocalFunction,
    Lock,
    Return,
    Switch,
    SwitchSection,
    ThrowStatement,
    Try,
    Tuple,
    Unsafe,
    Using,
    While,
    YieldBreak,
    YieldReturn,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.syntax import Expression, Span, Statement, TypeSyntax


class StatementParser(DeclarationParser):
    def parse_block(self) -> Block:
        start = self.start
        self.expect("{")
        statements = self.parse_statements()
        self.expect("}")
        return Block(start, self.last_end, statements)

    def parse_statements(self, in_switch: bool = False) -> tuple[Statement, ...]:
        statements: list[Statement] = []
        while self.kind not in ("}", END) and not (in_switch and self._opens_section()):
            if not self.starts_statement() and not (self.kind in ACCESS and self._opens_function(self.at + 1)):
                if not self._skip_bad():
                    break
                continue
            before = self.at
            statements.append(self.parse_statement())
            if self.at == before:
                self.advance()
        return tuple(statements)

    def _opens_section(self) -> bool:
        return self.kind == "case" or (self.kind == "default" and self.peek() not in ("(", "."))

    def _skip_bad(self) -> bool:
        """Skips what no statement begins with; False where C# takes it for the end of the block."""
        if self.kind in _AFTER_BLOCKS:
            return False
        self.missing("CS1513", "} expected")
        while not (self.starts_statement() or self.kind in ("}", END) or self.kind in _AFTER_BLOCKS):
            self.advance()
        return True

    def parse_statement(self) -> Statement:
        self.enter()
        parse = _BY_KEYWORD.get(self.kind)
        statement = parse(self) if parse else self._parse_other()
        self.depth -= 1
        return statement

    def _parse_other(self) -> Statement:
        start = self.start
        if self.kind is IDENTIFIER:
            if self.peek() == ":" and self.is_name(self.at):
                return self._parse_labeled()
            if self.contextual("yield") and self.peek() in ("return", "break"):
                return self._parse_yield()
            if self.contextual("await") and self.peek() in ("foreach", "using"):
                feature = "async streams" if self.peek() == "foreach" else "asynchronous using"
                self.refuse(feature, "8.0")
                self.advance()
                return self.parse_statement()
        if self.kind in ("checked", "unchecked") and self.peek() == "{":
            enabled = self.kind == "checked"
            self.advance()
            block = self.parse_block()
            return CheckedBlock(start, self.last_end, enabled, block)
        return self.parse_declaration() or self._parse_expression_statement()

    def _parse_expression_statement(self) -> Statement:
        start = self.start
        expression = self.parse_expression()
        self.expect(";")
        return ExpressionStatement(start, self.last_end, expression)

    def _parse_embedded(self) -> Statement:
        """The body of an `if` or a loop: no declaration."""
        first = self.at
        if not self.starts_statement():
            start = self.start
            self.expect(";")
            return Empty(start, self.last_end)
        statement = self.parse_statement()
        if isinstance(statement, LocalDeclaration | LocalFunction | Labeled):
            message = "Embedded statement cannot be a declaration or labeled statement"
            self.fail("CS1023", message, statement.start, statement.end, first)
        return statement

    def _parse_empty(self) -> Statement:
        start = self.start
        self.advance()
        return Empty(start, self.last_end)

    def _parse_labeled(self) -> Statement:
        start = self.start
        label, span = self.expect_name()
        self.advance()
        statement = self._parse_embedded_label()
        return Labeled(start, self.last_end, label, span, statement)

    def _parse_embedded_label(self) -> Statement:
        if not self.starts_statement():
            start = self.start
            self.expect(";")
            return Empty(start, self.last_end)
        return self.parse_statement()

    def _parse_yield(self) -> Statement:
        start = self.start
        self.advance()
        kind = self.kind
        self.advance()
        if kind == "break":
            self.expect(";")
            return YieldBreak(start, self.last_end)
        value = self.parse_expression()
        self.expect(";")
        return YieldReturn(start, self.last_end, value)

    # Choices

    def _parse_if(self) -> Statement:
        """A chain of ``else if`` is read in a loop; the tree nests all the same."""
        parts: list[tuple[int, Expression, Statement]] = []
        otherwise: Statement | None = None
        while True:
            start = self.start
            self.advance()
            condition = self.parse_parenthesized()
            parts.append((start, condition, self._parse_embedded()))
            if not self.take("else"):
                break
            if self.kind != "if":
                otherwise = self._parse_embedded()
                break
        for start, condition, then in reversed(parts):
            otherwise = If(start, self.last_end, condition, then, otherwise)
        return otherwise or Empty(self.last_end, self.last_end)

    def _parse_misplaced_else(self) -> Statement:
        start = self.start
        self.missing("CS8641", "'else' cannot start a statement.")
        self.advance()
        self._parse_embedded()
        return Empty(start, self.last_end)

    def _parse_switch(self) -> Statement:
        start = self.start
        self.advance()
        expression = self.parse_parenthesized()
        self.expect("{")
        sections: list[SwitchSection] = []
        while self._opens_section():
            sections.append(self._parse_section())
        self.expect("}")
        return Switch(start, self.last_end, expression, tuple(sections))

    def _parse_section(self) -> SwitchSection:
        start = self.start
        labels: list[CaseLabel | DefaultLabel] = []
        while self._opens_section():
            labels.append(self._parse_label())
        statements = self.parse_statements(in_switch=True)
        return SwitchSection(start, self.last_end, tuple(labels), statements)

    def _parse_label(self) -> CaseLabel | DefaultLabel:
        start = self.start
        if self.take("default"):
            self.expect(":")
            return DefaultLabel(start, self.last_end)
        self.advance()
        pattern = self.parse_case_pattern()
        when = self.parse_expression() if self.take_word("when") else None
        self.expect(":")
        return CaseLabel(start, self.last_end, pattern, when)

    # Loops

    def _parse_while(self) -> Statement:
        start = self.start
        self.advance()
        condition = self.parse_parenthesized()
        body = self._parse_embedded()
        return While(start, self.last_end, condition, body)

    def _parse_do(self) -> Statement:
        start = self.start
        self.advance()
        body = self._parse_embedded()
        self.expect("while")
        condition = self.parse_parenthesized()
        self.expect(";")
        return DoWhile(start, self.last_end, body, condition)

    def _parse_for(self) -> Statement:
        start = self.start
        self.advance()
        self.expect("(")
        declaration = self.parse_variables() if self.opens_declaration() else None
        initializers = () if declaration else self._parse_list(";")
        self.expect(";")
        condition = None if self.kind == ";" else self.parse_expression()
        self.expect(";")
        incrementors = self._parse_list(")")
        self.expect(")")
        body = self._parse_embedded()
        return For(start, self.last_end, declaration, initializers, condition, incrementors, body)

    def _parse_list(self, closing: str) -> tuple[Expression, ...]:
        if self.kind == closing:
            return ()
        expressions = [self.parse_expression()]
        while self.take(","):
            expressions.append(self.parse_expression())
        return tuple(expressions)

    def _parse_foreach(self) -> Statement:
        start = self.start
        self.advance()
        self.expect("(")
        target, type_, name, span = self._parse_iteration()
        at, place = self.at, self.span if self.kind == "in" else self.missing_span()
        self.expect("in")
        if target is None and type_ is None:
            self.errors.add(at, ("CS0230", "Type and identifier are both required in a foreach statement", *place))
        expression = self.parse_expression()
        self.expect(")")
        body = self._parse_embedded()
        if target is not None:
            return ForEachDeconstruction(start, self.last_end, target, expression, body)
        return ForEach(start, self.last_end, type_ or self.missing_name(), name, span, expression, body)

    def _parse_iteration(self) -> tuple[Expression | None, TypeSyntax | None, str, Span]:
        empty = (self.start, self.start)
        found, after = self.scan_type(self.at)
        if found and self.is_name(after):
            type_ = self.parse_type()
            name, span = self.expect_name()
            return None, type_, name, span
        target = self.parse_declared_or_expression(("in",))
        if isinstance(target, Declaration | Tuple):
            return target, None, "", empty
        return None, None, "", empty

    # Jumps

    def _parse_break(self) -> Statement:
        start = self.start
        self.advance()
        self.expect(";")
        return Break(start, self.last_end)

    def _parse_continue(self) -> Statement:
        start = self.start
        self.advance()
        self.expect(";")
        return Continue(start, self.last_end)

    def _parse_goto(self) -> Statement:
        start = self.start
        self.advance()
        if self.take("case"):
            value = self.parse_expression()
            self.expect(";")
            return GotoCase(start, self.last_end, value)
        if self.take("default"):
            self.expect(";")
            return GotoDefault(start, self.last_end)
        label, span = self.expect_name()
        self.expect(";")
        return Goto(start, self.last_end, label, span)

    def _parse_return(self) -> Statement:
        start = self.start
        self.advance()
        value = None if self.kind == ";" else self.parse_expression()
        self.expect(";")
        return Return(start, self.last_end, value)

    def _parse_throw(self) -> Statement:
        start = self.start
        self.advance()
        value = None if self.kind == ";" else self.parse_expression()
        self.expect(";")
        return ThrowStatement(start, self.last_end, value)

    # Resources and errors

    def _parse_try(self) -> Statement:
        start = self.start
        if self.kind == "try":
            self.advance()
            block = self.parse_block()
        else:
            # SECURITY: a block would begin with this very clause, and so without end.
            self.expect("try")
            block = Block(start, start, ())
        last = self.at - 1
        catches: list[Catch] = []
        while self.kind == "catch":
            if catches and catches[-1].type is None and catches[-1].when is None:
                message = "Catch clauses cannot follow the general catch clause of a try statement"
                self.fail("CS1017", message, *self.span)
            catches.append(self._parse_catch())
        final = self.parse_block() if self.take("finally") else None
        if not catches and final is None:
            self.fail("CS1524", "Expected catch or finally", self.starts[last], self.ends[last], last + 1)
        return Try(start, self.last_end, block, tuple(catches), final)

    def _parse_catch(self) -> Catch:
        start = self.start
        self.advance()
        type_: TypeSyntax | None = None
        name: str | None = None
        span: Span | None = None
        if self.take("("):
            type_ = self.parse_type()
            if self.is_name(self.at):
                name, span = self.expect_name()
            self.expect(")")
        when = self.parse_parenthesized() if self.take_word("when") else None
        block = self.parse_block()
        return Catch(start, self.last_end, type_, name, span, when, block)

    def _parse_using(self) -> Statement:
        start = self.start
        if self.peek() != "(":
            return self._parse_using_declaration()
        self.advance()
        self.advance()
        declaration = self.parse_variables() if self.opens_declaration() else None
        expression = None if declaration else self.parse_expression()
        self.expect(")")
        body = self._parse_embedded()
        return Using(start, self.last_end, declaration, expression, body)

    def _parse_using_declaration(self) -> Statement:
        """``using var x = …;``: the compiler says that it is too new only where nothing is wrong with its form."""
        start, token, span = self.start, self.at, self.span
        self.advance()
        declaration = self.parse_variables()
        self.expect(";")
        if not self.errors:
            self.errors.add(token, unavailable("using declarations", "8.0", *span))
        return LocalDeclaration(start, self.last_end, declaration, False)

    def _parse_lock(self) -> Statement:
        start = self.start
        self.advance()
        expression = self.parse_parenthesized()
        body = self._parse_embedded()
        return Lock(start, self.last_end, expression, body)

    def _parse_unsafe(self) -> Statement:
        start = self.start
        self.advance()
        block = self.parse_block()
        return Unsafe(start, self.last_end, block)


# What begins a member or a type, or belongs to an enclosing switch: C# then takes the block as ended.
_AFTER_BLOCKS = frozenset(
    """abstract class delegate enum event explicit extern implicit interface internal namespace operator override
    private protected public sealed static struct virtual case default""".split()  # noqa: SIM905
)
_BY_KEYWORD: dict[str, Callable[[StatementParser], Statement]] = {
    "{": StatementParser.parse_block,
    ";": StatementParser._parse_empty,
    "if": StatementParser._parse_if,
    "else": StatementParser._parse_misplaced_else,
    "switch": StatementParser._parse_switch,
    "while": StatementParser._parse_while,
    "do": StatementParser._parse_do,
    "for": StatementParser._parse_for,
    "foreach": StatementParser._parse_foreach,
    "break": StatementParser._parse_break,
    "continue": StatementParser._parse_continue,
    "goto": StatementParser._parse_goto,
    "return": StatementParser._parse_return,
    "throw": StatementParser._parse_throw,
    "try": StatementParser._parse_try,
    "catch": StatementParser._parse_try,
    "finally": StatementParser._parse_try,
    "using": StatementParser._parse_using,
    "lock": StatementParser._parse_lock,
    "unsafe": StatementParser._parse_unsafe,
}
