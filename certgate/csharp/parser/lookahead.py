"""What the tokens ahead could be: a type, type arguments, a cast, a lambda. Knows how C# tells them apart; never moves.

C# decides by scanning a type and looking at the token after it. Scans are remembered by token, so nested brackets are
each scanned once.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from certgate.csharp.lexer import CHARACTER, IDENTIFIER, INTERPOLATED, NUMBER, STRING
from certgate.csharp.parser.cursor import Cursor

if TYPE_CHECKING:
    from certgate.csharp.lexer import Tokens
    from certgate.csharp.parser.cursor import Errors

PREDEFINED = frozenset(
    "bool byte char decimal double float int long object sbyte short string uint ulong ushort void".split()  # noqa: SIM905
)
LITERALS = frozenset([NUMBER, STRING, CHARACTER, INTERPOLATED, "true", "false", "null"])
# SECURITY: a type nested deeper than this is no type; without a limit, scanning could nest as deep as the text.
_MAX_TYPE = 100

_EXPRESSION_KEYWORDS = frozenset(
    "base checked default delegate new ref sizeof stackalloc static this throw typeof unchecked".split()  # noqa: SIM905
)
_STARTS = LITERALS | PREDEFINED | _EXPRESSION_KEYWORDS
# What may not follow the bracket of a cast of a mere name: there, ``(x)`` is an expression.
_NO_CAST = frozenset(
    """as is ; ) ] { } , = += -= *= /= %= &= |= ^= <<= ? : || && | ^ & == != < <= > >= ?? ??= << + - * / % ++ -- [ . ->
    => .. end switch in""".split()  # noqa: SIM905 - operators, read best as C# writes them
)
_AFTER_TYPE_ARGUMENTS = frozenset("( ) ] } : ; , . ? == != | ^ && || & [ < <= >= is as end".split())  # noqa: SIM905


class Scan(IntEnum):
    """What a scanned type can be besides a type."""

    NONE = 0
    TYPE = 1
    NAME = 2
    GENERIC = 3
    NULLABLE = 4
    TUPLE = 5


class Lookahead(Cursor):
    def __init__(self, text: str, tokens: Tokens, errors: Errors, depth: int = 0, first: int = -1) -> None:
        super().__init__(text, tokens, errors, depth, first)
        self._scans: dict[int, tuple[Scan, int]] = {}
        self._brackets: dict[int, int] | None = None
        self.scan_was_cut = False
        """A type may have been taken for something else, as it nests deeper than scans go."""

    # Types

    def scan_type(self, at: int, nesting: int = 0) -> tuple[Scan, int]:
        """What stands there as a type, and the index of the token after it."""
        # Inside a query, other words are names.
        key = -at if self.in_query else at
        known = self._scans.get(key)
        if known is None:
            known = self._scans[key] = self._scan_type(at, nesting)
        return known

    def _scan_type(self, at: int, nesting: int) -> tuple[Scan, int]:
        kinds = self.kinds
        kind = kinds[at]
        if nesting > _MAX_TYPE:
            self.scan_was_cut = True
            return Scan.NONE, at
        if kind is IDENTIFIER:
            found, at = self._scan_names(at, nesting)
        elif kind in PREDEFINED:
            found, at = Scan.TYPE, at + 1
        elif kind == "(":
            found, at = self._scan_tuple(at, nesting)
        else:
            return Scan.NONE, at
        while found:
            kind = kinds[at]
            if kind == "?" and found is not Scan.NULLABLE:
                found, at = Scan.NULLABLE, at + 1
            elif kind == "[" and (end := self._scan_rank(at)):
                found, at = Scan.TYPE, end
            else:
                break
        return found, at

    def _scan_rank(self, at: int) -> int:
        at += 1
        while self.kinds[at] == ",":
            at += 1
        return at + 1 if self.kinds[at] == "]" else 0

    def _scan_names(self, at: int, nesting: int) -> tuple[Scan, int]:
        kinds = self.kinds
        if not self.is_name(at):
            return Scan.NONE, at
        if kinds[at + 1] == "::" and kinds[at + 2] is IDENTIFIER:
            at += 2
        found = Scan.NAME
        while True:
            at += 1
            if kinds[at] == "<":
                arguments, after, _ = self.scan_type_arguments(at, nesting)
                if not arguments:
                    return Scan.NAME, at
                found, at = Scan.GENERIC, after
            if kinds[at] != ".":
                return found, at
            at += 1
            if kinds[at] is not IDENTIFIER:
                return Scan.NONE, at

    def _scan_tuple(self, at: int, nesting: int) -> tuple[Scan, int]:
        count = 0
        while self.kinds[at] == ("," if count else "("):
            found, at = self.scan_type(at + 1, nesting + 1)
            if not found:
                return Scan.NONE, at
            if self.is_name(at):
                at += 1
            count += 1
        return (Scan.TUPLE, at + 1) if count > 1 and self.kinds[at] == ")" else (Scan.NONE, at)

    def scan_type_arguments(self, at: int, nesting: int = 0) -> tuple[bool, int, bool]:
        """Whether ``<`` there would open type arguments in a type, the index after ``>``, and whether nothing but type
        arguments can be so written."""
        at += 1
        definite = self.kinds[at] in (",", ">")
        if definite:
            while self.kinds[at] == ",":
                at += 1
            return self.kinds[at] == ">", at + 1, True
        while True:
            found, at = self.scan_type(at, nesting + 1)
            if not found:
                return False, at, False
            kind = self.kinds[at]
            if found in (Scan.TYPE, Scan.NULLABLE) and kind in (",", ">"):
                definite = True
            if kind != ",":
                return kind == ">", at + 1, definite
            at += 1

    def opens_type_arguments(self, at: int, before_name: bool = False) -> bool:
        """Whether ``<`` there, in an expression, opens type arguments: the token after ``>`` decides.

        `before_name`: in a pattern or a declaration a name may follow.
        """
        found, after, definite = self.scan_type_arguments(at)
        if not found:
            return False
        kind = self.kinds[after]
        return definite or kind in _AFTER_TYPE_ARGUMENTS or (before_name and kind is IDENTIFIER)

    # Expressions

    def opens_cast(self) -> bool:
        """Whether ``(`` begins a cast."""
        found, after = self.scan_type(self.at + 1)
        if not found or self.kinds[after] != ")":
            return False
        if found in (Scan.TYPE, Scan.NULLABLE):
            return True
        return self.kinds[after + 1] not in _NO_CAST and not self._reads_as_query_word(after + 1)

    def _reads_as_query_word(self, at: int) -> bool:
        return self.kinds[at] is IDENTIFIER and not self.is_name(at)

    def opens_lambda(self, at: int) -> bool:
        """Whether ``(`` there opens the parameters of a lambda."""
        closing = self.closing(at)
        return closing is not None and self.kinds[closing + 1] == "=>"

    def closing(self, at: int) -> int | None:
        """The index of the ``)`` that belongs to the ``(`` there."""
        if self._brackets is None:
            self._brackets = {}
            opened: list[int] = []
            for index, kind in enumerate(self.kinds):
                if kind == "(":
                    opened.append(index)
                elif kind == ")" and opened:
                    self._brackets[opened.pop()] = index
        return self._brackets.get(at)

    def starts_expression(self, at: int) -> bool:
        """Whether an expression can begin with that token."""
        kind = self.kinds[at]
        if kind is IDENTIFIER:
            return self.is_name(at)
        return kind in _STARTS or kind in _OPENERS

    def starts_statement(self) -> bool:
        """Whether a statement can begin with the current token."""
        return self.starts_expression(self.at) or self.kind in _STATEMENTS


_OPENERS = frozenset(["(", "[", "+", "-", "!", "~", "++", "--", "&", "*", "^", "..", "::"])
_STATEMENTS = frozenset(
    """; { break const continue do else for foreach fixed goto if lock readonly return switch try catch finally unsafe
    using while volatile""".split()  # noqa: SIM905
)
