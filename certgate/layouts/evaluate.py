"""What the expressions of a template come to, as far as the template itself says; the rest are holes.

Nothing is deployed or looked up: a parameter is its default at most, and only where it is the whole value.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from certgate.core.finding import Finding, Severity
from certgate.layouts.calls import FUNCTIONS, Call
from certgate.layouts.tokens import Kind, Language, Token, Tokens
from certgate.layouts.value import MAX_OPTIONS, Options, Value, hole, joined
from certgate.policy.derived import Building, Derived

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.core.source import Text

MAX_DEPTH = 48
"""SECURITY: the deepest nesting of expressions that is followed; deeper ones are holes."""

MAX_STEPS = 200_000
"""SECURITY: the most steps spent on the expressions of one file; names may use each other again and again."""

MAX_CHARACTERS = 8 * 1024 * 1024
"""SECURITY: the most characters that the expressions of one file may come to together."""


class Names(Protocol):
    """What a name stands for; None where the template does not say."""

    def __call__(self, name: str, depth: int) -> Options | None: ...


class Budget:
    """The steps and the characters that are left for one file."""

    def __init__(self) -> None:
        self._steps = MAX_STEPS
        self._characters = MAX_CHARACTERS

    def take(self) -> bool:
        self._steps -= 1
        return self._steps >= 0

    def spend(self, found: Options) -> bool:
        """Pay for the texts that were made."""
        self._characters -= sum(len(value.text.text) for value in found if value.text is not None)
        return self._characters >= 0


class Code(NamedTuple):
    """A stretch of a template that holds expressions: its text, made of `base`, and its tokens."""

    base: Text
    source: Derived
    tokens: Tokens
    language: Language


class Branch(Enum):
    """Which branch of an ``%{ if }`` with an ``%{ else }`` is read."""

    ONLY_FIRST = auto()
    """The first, and no other reading is made."""
    FIRST = auto()
    """The first, while another reading takes the other."""
    OTHER = auto()


class Evaluator:
    """Evaluates expressions of one :class:`Code`; `notes` collects what had to be decided on the way."""

    def __init__(self, code: Code, names: Names, budget: Budget, branch: Branch = Branch.ONLY_FIRST) -> None:
        self._code = code
        self._tokens = code.tokens
        self._names = names
        self._budget = budget
        self._branch = branch
        self.notes: list[Finding] = []
        self.branched = False
        """Whether there was an ``%{ if }`` with an ``%{ else }``."""

    def options(self, at: int, depth: int = 0) -> tuple[Options, int]:
        """What the expression that begins at token `at` may come to, and the index behind it."""
        if depth > MAX_DEPTH or not self._budget.take():
            return self._unknown(at, self._end(at))
        first = at
        found, at = self._term(at, depth)
        mark = self._mark(at)
        if mark == "?":
            found, at = self._options_of(self._behind(at), depth)
            if self._mark(at) == ":":
                more, at = self._options_of(self._behind(at), depth)
                return (*found, *more)[:MAX_OPTIONS], at
            return found, at
        if mark == "??":
            more, at = self._options_of(self._behind(at), depth)
            return (*found, *more)[:MAX_OPTIONS], at
        return (found, at) if self._ends(at) else self._operated(first, at, depth)

    def _operated(self, first: int, at: int, depth: int) -> tuple[Options, int]:
        """An operator follows: what it makes is not known, unless it is the condition of a choice."""
        while at < len(self._tokens) and not self._ends(at) and self._budget.take():
            if self._mark(at) == "?":
                found, at = self._options_of(self._behind(at), depth)
                more: Options = ()
                if self._mark(at) == ":":
                    more, at = self._options_of(self._behind(at), depth)
                return (*found, *more)[:MAX_OPTIONS], at
            at = self._over(at)
        return self._unknown(first, at)

    def _options_of(self, at: int, depth: int) -> tuple[Options, int]:
        return self.options(at, depth + 1)

    # -- walking over tokens -------------------------------------------------------------------------------------------

    def _token(self, at: int) -> Token | None:
        return self._tokens[at] if at < len(self._tokens) else None

    def _lines(self, at: int) -> int:
        """The index of the first token from `at` on that is no line end."""
        while at < len(self._tokens) and self._tokens[at].kind is Kind.LINE:
            at += 1
        return at

    def _mark(self, at: int) -> str:
        """The mark that goes on with an expression at `at`; a choice may go on on the next line."""
        token = self._token(at)
        if token is not None and token.kind is Kind.LINE:
            token = self._token(self._lines(at))
            return token.text if token is not None and token.kind is Kind.MARK and token.text in {"?", ":"} else ""
        return token.text if token is not None and token.kind is Kind.MARK else ""

    def _behind(self, at: int) -> int:
        """The index behind the mark at `at`, line ends left out."""
        return self._lines(self._lines(at) + 1)

    def _ends(self, at: int) -> bool:
        token = self._token(at)
        if token is None or token.kind in {Kind.CLOSE, Kind.FILLED, Kind.UNQUOTE, Kind.LINE}:
            return True
        return token.kind is Kind.MARK and token.text in {",", ":"}

    def _over(self, at: int) -> int:
        """The index behind a token, or behind all that it opens."""
        return self._tokens.after(at)

    def _end(self, at: int) -> int:
        while at < len(self._tokens) and not self._ends(at) and self._budget.take():
            at = self._over(at)
        return at

    def _unknown(self, first: int, end: int) -> tuple[Options, int]:
        return (Value(self._hole(first, end)),), end

    def _hole(self, first: int, end: int) -> Derived:
        tokens = self._tokens
        if first >= len(tokens):
            span = self._code.source.span(len(self._code.source.text))
            return hole(self._code.base, span.start, span.start)
        start, stop = tokens[first].start, tokens[max(min(end, len(tokens)) - 1, first)].end
        span = self._code.source.span(start, max(stop, start + 1))
        return hole(self._code.base, span.start, span.end)

    # -- terms ---------------------------------------------------------------------------------------------------------

    def _term(self, at: int, depth: int) -> tuple[Options, int]:
        at = self._lines(at)
        token = self._token(at)
        if token is None:
            return self._unknown(at, at)
        if token.kind is Kind.QUOTE:
            end = self._tokens.partner.get(at, len(self._tokens) - 1)
            return self._strung(at, depth), end + 1
        if token.kind is Kind.OPEN and token.text == "(":
            found, _ = self._options_of(at + 1, depth)
            return self._followed(at, self._over(at), found)
        if token.kind is not Kind.WORD:
            return self._unknown(at, self._over(at))
        if token.text[0].isdigit():
            return (Value(self._code.source.cut(token.start, token.end)),), at + 1
        following = self._token(at + 1)
        if following is not None and following.kind is Kind.OPEN and following.text == "(":
            found = self._call(token.text, at, depth)
            return self._followed(at, self._over(at + 1), found)
        return self._name(at, depth)

    def _followed(self, first: int, at: int, found: Options) -> tuple[Options, int]:
        """A member or an element of what stands in front is not known."""
        end = self._members(at)
        return (found, at) if end == at else self._unknown(first, end)

    def _members(self, at: int) -> int:
        while (token := self._token(at)) is not None:
            if token.kind is Kind.MARK and token.text in {".", "!", "?"} and self._is_member(at):
                at += 2
            elif token.kind is Kind.OPEN and token.text == "[":
                at = self._over(at)
            else:
                break
        return at

    def _is_member(self, at: int) -> bool:
        token, following = self._tokens[at], self._token(at + 1)
        return token.text == "." and following is not None and following.kind in {Kind.WORD, Kind.MARK}

    def _name(self, at: int, depth: int) -> tuple[Options, int]:
        end = self._members(at + 1)
        name = "".join(token.text for token in self._tokens[at:end])
        found = self._names(name, depth + 1) if end - at <= 3 else None
        return (found, end) if found else self._unknown(at, end)

    # -- strings -------------------------------------------------------------------------------------------------------

    def _strung(self, at: int, depth: int) -> Options:
        found = (Value(self.string(at, depth)),)
        return found if self._budget.spend(found) else (Value(self._hole(at, self._over(at))),)

    def string(self, at: int, depth: int = 0) -> Derived:
        """The string that begins at token `at`."""
        code, end = self._code, self._tokens.partner.get(at, len(self._tokens))
        parts: list[Derived] = []
        twofold = self._twofold(at + 1, end)
        branches = _Branches(self._noted, self._branch, twofold)
        self.branched = self.branched or bool(twofold)
        index = at + 1
        while index < end:
            token = self._tokens[index]
            following = self._over(index)
            if token.kind is Kind.DIRECTIVE:
                branches.directive(self._tokens[index + 1 : following - 1], token)
            elif branches.read:
                parts.append(self._part(index, following, depth))
            index = following
        if not parts:
            span = code.source.span(self._tokens[at].end, self._tokens[at].end)
            building = Building(code.base)
            building.replace("", span.start, span.start)
            return building.done()
        return joined(code.base, parts)

    def _twofold(self, start: int, end: int) -> set[int]:
        """Where each ``%{ if }`` of a string begins that has an ``%{ else }``."""
        found: set[int] = set()
        opened: list[int] = []
        index = start
        while index < end:
            following = self._over(index)
            if self._tokens[index].kind is Kind.DIRECTIVE:
                word = _word(self._tokens[index + 1 : following - 1])
                if word in {"if", "for"}:
                    opened.append(self._tokens[index].start)
                elif word == "else" and opened:
                    found.add(opened[-1])
                elif word in {"endif", "endfor"} and opened:
                    opened.pop()
            index = following
        return found

    def _part(self, at: int, following: int, depth: int) -> Derived:
        token, code = self._tokens[at], self._code
        if token.kind is Kind.TEXT:
            return code.source.cut(token.start, token.end)
        if token.kind is Kind.ESCAPE:
            span = code.source.span(token.start, token.end)
            building = Building(code.base)
            building.replace(token.text, span.start, span.end)
            return building.done()
        if token.kind is Kind.FILL:
            found, end = self._options_of(at + 1, depth)
            if end == following - 1 and len(found) == 1 and found[0].plain is not None and found[0].text is not None:
                return found[0].text
        return self._hole(at, following)

    def _noted(self, code: str, message: str, token: Token) -> None:
        place = self._code.source.span(token.start, token.end).place()
        self.notes.append(Finding(code, message, place, Severity.WARNING))

    # -- functions -----------------------------------------------------------------------------------------------------

    def _call(self, name: str, at: int, depth: int) -> Options:
        function = FUNCTIONS.get(name.lower())
        named = name.lower() in {"variables", "parameters"} and self._code.language is Language.ARM
        unknown = self._unknown(at, self._over(at + 1))[0]
        if function is None and not named:
            return unknown
        arguments = self._arguments(at, depth)
        if named:
            key = arguments[0][0][0].plain if arguments and arguments[0][0] else None
            return (self._names(f"{name.lower()}.{key}", depth + 1) if key else None) or unknown
        found = function(Call(self, at, self._over(at + 1), arguments, depth + 1)) if function else None
        return found if found and self._budget.spend(found) else unknown

    def _arguments(self, at: int, depth: int) -> list[tuple[Options, int]]:
        """The arguments of the call at `at`, each with its first token."""
        close = self._tokens.partner.get(at + 1, len(self._tokens))
        arguments: list[tuple[Options, int]] = []
        index = self._lines(at + 2)
        while index < close and self._budget.take():
            start = index
            found, end = self._options_of(index, depth)
            if self._mark(end) != "," and self._lines(end) < close:
                end = self._end(end)
                found = self._unknown(start, end)[0]
            arguments.append((found, start))
            index = self._lines(end)
            index = self._lines(index + 1) if self._mark(index) == "," else max(index, start + 1)
        return arguments

    def entries(self, at: int, depth: int = 0) -> tuple[tuple[str, str | None], ...]:
        """The entries of an object ``{ name = value }``, values that are known to the last character; else None."""
        if self._tokens[at].text != "{":
            return ()
        found: list[tuple[str, str | None]] = []
        index, close = at + 1, self._tokens.partner.get(at, len(self._tokens))
        while index < close and self._budget.take():
            token = self._tokens[index]
            if token.kind is Kind.WORD and self._mark(index + 1) in {"=", ":"}:
                values, _ = self._options_of(index + 2, depth)
                found.append((token.text, values[0].plain if len(values) == 1 else None))
                index = self._end(index + 2)
            else:
                index = self._over(index)
        return tuple(found)

    @property
    def code(self) -> Code:
        return self._code

    def hole(self, first: int, end: int) -> Derived:
        return self._hole(first, end)


class _Branches:
    """The ``%{ if }`` and ``%{ for }`` of a template: what comes of them is not known, so one branch is read, and what
    repeats is read once. `twofold`: where each ``if`` begins that has an ``else``."""

    def __init__(self, note: Callable[[str, str, Token], None], branch: Branch, twofold: set[int]) -> None:
        self._note = note
        self._branch = branch
        self._twofold = twofold
        self._open: list[str] = []
        self._left_out: int | None = None

    @property
    def read(self) -> bool:
        return self._left_out is None

    def directive(self, inside: Sequence[Token], token: Token) -> None:
        word = _word(inside)
        if word in {"if", "for"}:
            self._open.append(word)
            if self.read:
                self._opened(word, token)
        elif word == "else" and self._open:
            self._turned(token)
        elif word in {"endif", "endfor"} and self._open:
            if self._left_out == len(self._open):
                self._left_out = None
            self._open.pop()

    def _opened(self, word: str, token: Token) -> None:
        both = token.start in self._twofold and self._branch is not Branch.ONLY_FIRST
        said = (
            "both ways are read" if both else "read as if it held" if word == "if" else "what it repeats is read once"
        )
        self._note("template-directive", f"not known what %{{ {word} … }} comes to: {said}", token)
        if both and self._branch is Branch.OTHER:
            self._left_out = len(self._open)

    def _turned(self, token: Token) -> None:
        """An ``else``: it turns around whether its ``if`` is read, where that stands in something that is read."""
        if self.read and self._branch is not Branch.OTHER:
            self._left_out = len(self._open)
            if self._branch is Branch.ONLY_FIRST:
                self._note("template-directive", "what follows %{ else } is not read", token)
        elif self._left_out == len(self._open) and self._branch is Branch.OTHER:
            self._left_out = None


def _word(inside: Sequence[Token]) -> str:
    """The word that a directive begins with."""
    return next((each.text for each in inside if each.kind is Kind.WORD), "")
