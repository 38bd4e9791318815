"""Reads the pattern of a .NET regular expression: its nodes, its groups, and .NET's errors with their offsets.

Knows nothing of matching. A pattern is looked through for its groups first, because references and group numbers depend
on what comes later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.regex.charset import Charset
from certgate.csharp.dotnet.regex.groups import Escape, Groups, is_name
from certgate.csharp.dotnet.regex.nodes import (
    EMPTY,
    INFINITE,
    Alternation,
    Anchor,
    Atomic,
    Capture,
    Condition,
    Look,
    Loop,
    One,
    Reference,
    Sequence,
)
from certgate.csharp.dotnet.regex.scan import Option as Option
from certgate.csharp.dotnet.regex.scan import Scanner
from certgate.csharp.dotnet.regex.scan import TooNested as TooNested
from certgate.csharp.dotnet.regex.scan import unescape as unescape

if TYPE_CHECKING:
    from certgate.csharp.dotnet.regex.nodes import Node
    from certgate.csharp.runtime import ThrownException

# SECURITY: groups nest by calls.
_MAX_NESTING = 60
_BAD_NAME = "Invalid group name: Group names must begin with a word character."


class Pattern:
    """A pattern as read. `numbers` are the group numbers in order, `names` the names of groups by number."""

    def __init__(self, root: Node, names: dict[int, str]) -> None:
        self.root = root
        self.names = names
        self.numbers = sorted(names)


def read(text: str, options: int) -> Pattern:
    """The nodes of `text`; raises .NET's RegexParseException as a thrown exception, TooNested beyond the limit."""
    groups = Groups(text, options)
    groups.look_through()
    return Pattern(_Reader(text, options, groups).read(), groups.names)


class _Reader(Scanner):
    def __init__(self, text: str, options: int, groups: Groups) -> None:
        super().__init__(text, options)
        self.groups = groups
        self.following = 1
        self.nesting = 0
        self.passes_over = False
        self.under_condition = False

    # Alternatives and sequences

    def read(self) -> Node:
        node = self._alternatives()
        if self.peek() == ")":
            self.at += 1
            raise self.fail("InsufficientOpeningParentheses", "Too many )'s.")
        return Capture(0, node)

    def _alternatives(self) -> Node:
        choices = self._choices()
        return choices[0] if len(choices) == 1 else Alternation(tuple(choices))

    def _choices(self) -> list[Node]:
        choices = [self._sequence()]
        while self.peek() == "|":
            self.at += 1
            choices.append(self._sequence())
        return choices

    def _sequence(self) -> Node:
        parts: list[Node] = []
        quantified = False
        while True:
            self.skip_blank()
            char = self.peek()
            if char in ("", "|", ")"):
                return parts[0] if len(parts) == 1 else Sequence(tuple(parts))
            if self.is_quantifier():
                self.at += 1
                if quantified:
                    raise self.fail("NestedQuantifiersNotParenthesized", f"Nested quantifier '{char}'.")
                raise self.fail("QuantifierAfterNothing", f"Quantifier '{char}' following nothing.")
            node = self._unit()
            if node is None:
                quantified = False
                continue
            self.skip_blank()
            quantified = self.is_quantifier()
            parts.append(self._quantify(node) if quantified else node)

    def _quantify(self, node: Node) -> Node:
        char = self.next()
        if char == "{":
            least = most = self.number()
            if self.peek() == ",":
                self.at += 1
                most = INFINITE if self.peek() == "}" else self.number()
            self.at += 1
        else:
            least, most = {"*": (0, INFINITE), "+": (1, INFINITE), "?": (0, 1)}[char]
        self.skip_blank()
        lazy = self.peek() == "?"
        self.at += lazy
        if least > most:
            raise self.fail("ReversedQuantifierRange", "Illegal {x,y} with x > y.")
        return Loop(node, least, most, lazy)

    # Units

    def _unit(self) -> Node | None:
        char = self.next()
        match char:
            case "(":
                return self._group()
            case "[":
                return One(self.charset())
            case "\\":
                return self._escape()
            case "^" | "$":
                return Anchor(f"m{char}" if self.has(Option.MULTILINE) else char)
            case ".":
                return One(Charset(negated=True) if self.has(Option.SINGLELINE) else Charset.of("\n", negated=True))
        return self._one(char)

    def _one(self, char: str) -> Node:
        return One(Charset.of(char, self.has(Option.IGNORE_CASE)))

    def _escape(self) -> Node:
        char = self.peek()
        if not char:
            raise self.fail("UnescapedEndingBackslash", "Illegal \\ at end of pattern.")
        if char in "bBAGZz":
            self.at += 1
            return Anchor(f"e{char}" if char in "bB" and self.has(Option.ECMASCRIPT) else char)
        if char in "dDsSwWpP":
            self.at += 1
            made = Charset(char in "pP" and self.has(Option.IGNORE_CASE))
            if char in "pP":
                self.add_property(made, char == "P")
            else:
                self.add_shorthand(made, char)
            return One(made)
        found = Escape(self, self.groups).read()
        if isinstance(found, int):
            return Reference(found, self.has(Option.IGNORE_CASE), self.has(Option.ECMASCRIPT))
        return self._one(found or "")

    # Groups

    def _group(self) -> Node | None:
        """After ``(``; None for options that hold from here on."""
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            raise TooNested
        outer, under = self.options, self.under_condition
        passes_over, self.passes_over, self.under_condition = self.passes_over, False, False
        if self.peek() == "?" and self.peek(1) != ")":
            node = self._marked_group(under)
        else:
            node = self._plain_group(passes_over)
        self.nesting -= 1
        self.under_condition = under
        if node is not None:
            self.options = outer
        return node

    def _plain_group(self, passes_over: bool) -> Node:
        if self.has(Option.EXPLICIT_CAPTURE) or passes_over:
            return self._body()
        number = self.following
        self.following += 1
        return Capture(number, self._body())

    def _body(self) -> Node:
        return self._closed(self._alternatives())

    def _closed(self, node: Node) -> Node:
        if self.ended:
            raise self.fail("InsufficientClosingParentheses", "Not enough )'s.")
        self.at += 1
        return node

    def _marked_group(self, under_condition: bool) -> Node | None:
        """At ``?``."""
        self.at += 1
        if self.ended:
            raise self._unrecognized()
        char = self.next()
        match char:
            case ":":
                return self._body()
            case ">":
                return Atomic(self._body())
            case "=" | "!":
                self.options &= ~Option.RIGHT_TO_LEFT
                return Look(self._body(), False, char == "!")
            case "<" | "'":
                return self._angled(char)
            case "(":
                return self._condition()
        self.at -= 1
        # .NET takes no options in what stands directly in a condition with a test.
        if not under_condition:
            self.scan_options()
        if self.ended:
            raise self._unrecognized()
        char = self.next()
        if char == ")":
            return None
        if char != ":":
            raise self._unrecognized()
        return self._body()

    def _unrecognized(self) -> ThrownException:
        return self.fail("InvalidGroupingConstruct", "Unrecognized grouping construct.")

    def _angled(self, opening: str) -> Node:
        """``(?<``: a look behind, or a group with a name, a number, or a balance."""
        if self.ended:
            raise self._unrecognized()
        char = self.peek()
        if char in "=!":
            self.at += 1
            if opening == "'":
                raise self._unrecognized()
            self.options |= Option.RIGHT_TO_LEFT
            return Look(self._body(), True, char == "!")
        closing = ">" if opening == "<" else "'"
        number = self._group_number(closing)
        popped: int | None = None
        if (number is not None or char == "-") and self.peek() == "-" and self.peek(1):
            self.at += 1
            popped = self._popped(closing)
        if (number is None and popped is None) or self.ended or self.next() != closing:
            raise self._unrecognized()
        return Capture(number, self._body(), popped)

    def _bad_name(self) -> ThrownException:
        return self.fail("CaptureGroupNameInvalid", _BAD_NAME)

    def _group_number(self, closing: str) -> int | None:
        char = self.peek()
        if "0" <= char <= "9":
            number: int | None = self.number()
            if self.peek() not in ("", closing, "-"):
                raise self._bad_name()
            if number == 0:
                raise self.fail("CaptureGroupOfZero", "Capture number cannot be zero.")
            return number if number in self.groups.names else None
        if is_name(char):
            number = self.groups.by_name.get(self.word())
            if self.peek() not in ("", closing, "-"):
                raise self._bad_name()
            return number
        if char != "-":
            raise self._bad_name()
        return None

    def _popped(self, closing: str) -> int:
        """The group after the hyphen of a balancing group."""
        char = self.peek()
        if "0" <= char <= "9":
            number = self.number()
            if number not in self.groups.names:
                raise self.fail("UndefinedNumberedReference", f"Reference to undefined group number {number}.")
        elif is_name(char):
            name = self.word()
            if name not in self.groups.by_name:
                raise self.fail("UndefinedNamedReference", f"Reference to undefined group name '{name}'.")
            number = self.groups.by_name[name]
        else:
            raise self._bad_name()
        if self.peek() not in ("", closing):
            raise self._bad_name()
        return number

    # Conditions

    def _condition(self) -> Node:
        """After ``(?(``."""
        begin = self.at
        number = self._condition_group()
        test: Node | int
        if number is None:
            self.at = begin - 1
            test = self._condition_test()
        else:
            test = number
        choices = self._choices()
        if self.ended:
            raise self.fail("InsufficientClosingParentheses", "Not enough )'s.")
        self.at += 1
        if len(choices) > 2:
            raise self.fail("AlternationHasTooManyConditions", "Too many | in (?()|).")
        return Condition(test, choices[0], choices[1] if len(choices) > 1 else EMPTY)

    def _condition_group(self) -> int | None:
        """A group by number or name, with the bracket that closes it; None where the condition is something else."""
        char = self.peek()
        if "0" <= char <= "9":
            number = self.number()
            if self.ended or self.next() != ")":
                message = f"Conditional alternation is missing a closing parenthesis after the group number {number}."
                raise self.fail("AlternationHasMalformedReference", message)
            if number not in self.groups.names:
                message = f"Conditional alternation refers to an undefined group number {number}."
                raise self.fail("AlternationHasUndefinedReference", message)
            return number
        if not is_name(char):
            return None
        found = self.groups.by_name.get(self.word())
        return found if found is not None and not self.ended and self.next() == ")" else None

    def _condition_test(self) -> Node:
        """At the bracket around an expression that must match here."""
        if self.text.startswith("?#", self.at + 1):
            raise self.fail("AlternationHasComment", "Alternation conditions cannot be comments.")
        named = self.text.startswith("?<", self.at + 1) and self.peek(3) not in ("", "!", "=")
        if named or self.text.startswith("?'", self.at + 1):
            message = "Alternation conditions do not capture and cannot be named."
            raise self.fail("AlternationHasNamedCapture", message)
        self.at += 1
        self.passes_over = self.under_condition = True
        node = self._group()
        return node if node is not None else EMPTY
