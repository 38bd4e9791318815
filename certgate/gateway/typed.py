"""An expression as someone typed it: what C# is given for it, where things stand in it, and what may be shown.

Knows brackets that were left out and named values that are filled in. SECURITY: no secret value of one leaves in an
answer; the rules are those of a policy (``redact.py``, ``policy/reading.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.core.finding import Finding, Severity
from certgate.core.registry import did_you_mean
from certgate.core.source import Text
from certgate.core.value import frozen, replace
from certgate.csharp.utf16 import from_utf16
from certgate.policy.derived import Building
from certgate.policy.masking import MASK
from certgate.policy.named_values import REFERENCE, fill

if TYPE_CHECKING:
    from certgate.core.source import Place, Span
    from certgate.csharp.diagnostic import Diagnostic
    from certgate.csharp.trace import Trace
    from certgate.gateway.expression import Answer
    from certgate.policy.derived import Derived
    from certgate.policy.named_values import NamedValues

STARTS = ("@(", "@{")

ALLOWED_BY = "the gateway would not save it; --unrestricted evaluates it all the same"
"""The next step where the gateway refuses a type or member."""

_WITHHELD = "the message is withheld, since the expression holds a secret value"
_WITHHELD_PART = "certgate has not got a part of this expression; which, is withheld, since it holds a secret value"
_STATEMENT = r"(?:return|var|if|for|foreach|while|switch|try|throw|using)\b|\{"
_LINE_END = "\r\n|[\n\r\x85\u2028\u2029]"
_METHOD_COLUMN, _PARENTHESIS_COLUMN, _BRACE_COLUMN = 46, 9, 77


class Typed:
    """An expression with or without its ``@( )`` or ``@{ }``; blanks around it do not count.

    `text` is what C# is given. Offsets into it are turned into places of what was typed.
    """

    __slots__ = ("_derived", "_named_values", "_wrapped", "notes", "secret", "source", "text")

    def __init__(self, source: Text, named_values: NamedValues) -> None:
        self.source = source
        self._named_values = named_values
        typed = source.text.strip()
        self._wrapped = not typed.startswith(STARTS)
        self._derived: Derived | None = None
        self.text = typed
        self.secret = False
        self.notes: tuple[Finding, ...] = ()
        if self._wrapped or len(typed) != len(source.text) or "{{" in typed:
            self._make()

    def _make(self) -> None:
        filled = fill(self.source, self._named_values, self._is_known)
        whole = filled.text.text
        start, end = len(whole) - len(whole.lstrip()), len(whole.rstrip())
        made = Building(filled.text)
        if self._wrapped:
            made.replace("@(", start, start)
        made.keep(start, end)
        if self._wrapped:
            made.replace(")", max(start, end), max(start, end))
        self._derived = made.done()
        self.text = self._derived.text
        self.secret = bool(filled.secrets)
        self.notes = (*filled.problems, *self._unknown())

    def _is_known(self, offset: int) -> bool:
        match = REFERENCE.match(self.source.text, offset)
        return match is not None and self._named_values.get(match[1]) is not None

    def _unknown(self) -> tuple[Finding, ...]:
        """Names that nothing gives. They stay as they are, since C# has braces of its own."""
        if not len(self._named_values):
            return ()
        found = []
        for match in REFERENCE.finditer(self.source.text):
            if self._named_values.get(match[1]) is None:
                hint = did_you_mean(match[1], self._named_values)
                place = self.source.span(*match.span()).place()
                message = f"there is no named value '{match[1]}'; it is left as it stands"
                found.append(Finding("named-value-unknown", message, place, Severity.WARNING, hint))
        return tuple(found)

    def suspicions(self) -> tuple[Finding, ...]:
        """What may be behind a compile error: names that nothing gives, and statements without their braces."""
        typed = self.source.text
        found = list(self.notes)
        if not found and REFERENCE.search(typed):
            message = "named values are filled in where they are given: --named-value NAME=VALUE"
            found.append(Finding("named-value-unknown", message, severity=Severity.NOTE))
        if self._wrapped and (";" in typed or re.match(_STATEMENT, typed.lstrip())):
            message = "what has statements is written as a block: @{ return ...; }"
            found.append(Finding("block-expected", message, severity=Severity.NOTE))
        return tuple(found)

    # -- places ------------------------------------------------------------------------------------

    def span(self, start: int, end: int) -> Span:
        """Where ``[start, end)`` of `text` stands in what was typed."""
        return self.source.span(start, end) if self._derived is None else self._derived.span(start, end)

    def place(self, start: int, end: int) -> Place:
        """The place of at least one character."""
        return self.span(start, max(end, start + 1)).place()

    def recorded(self, start: int, end: int) -> tuple[int, int]:
        """Line and column in `text` as C# counts them: line 1 is the first behind the opening bracket.

        What C# says of the method around the expression stands on line 0, and so does what it misses right behind the
        opening bracket; the closing one has a line of its own.
        """
        block = self.text[1:2] == "{"
        if start < 2:
            return 0, _METHOD_COLUMN
        if start == end == 2:
            return 0, _BRACE_COLUMN if block else _PARENTHESIS_COLUMN
        closing = len(self.text) - 1
        starts = [2, *(match.end() for match in re.compile(_LINE_END).finditer(self.text, 2, closing))]
        if start > closing or (start == closing and end > start):
            return len(starts) + 1, start - closing + 1
        line = max(number for number, begin in enumerate(starts) if begin <= start)
        return line + 1, start - starts[line] + 1

    def problems(self, answer: Answer) -> tuple[Finding, ...]:
        """Why there is no value, each with its place; none where there is one."""
        if answer.exception is not None:
            message = f"{answer.exception}: {from_utf16(answer.message or '')}"
            return (Finding("exception", message, self._place_of(answer)),)
        if answer.unsupported is not None:
            return (Finding("unsupported", f"unsupported: {answer.unsupported}", self._place_of(answer)),)
        if answer.undecided is not None:
            hint = "   ".join(("settle it:", *answer.settle)) if answer.settle else None
            return (Finding("undecided", f"undecided: {answer.undecided}", hint=hint),)
        return tuple(map(self._problem, answer.diagnostics))

    def _place_of(self, answer: Answer) -> Place | None:
        if answer.start is None or answer.end is None:
            return None
        return self.place(answer.start, answer.end)

    def _problem(self, diagnostic: Diagnostic) -> Finding:
        refused = diagnostic.kind == "refused"
        hint = diagnostic.hint or (ALLOWED_BY if refused else None)
        place = self.place(diagnostic.start, diagnostic.end)
        return Finding("not-allowed" if refused else diagnostic.code, diagnostic.message, place, hint=hint)

    # -- secrets -----------------------------------------------------------------------------------

    def shown(self, answer: Answer) -> Answer:
        """The answer with every secret value masked."""
        values = self._named_values
        if not any(value.secret for value in map(values.get, values) if value is not None):
            return answer
        if self.secret:
            answer = _withheld(answer)
        mask = values.redact
        return replace(
            answer,
            shown=_masked(answer.shown, mask),
            message=_masked(answer.message, mask),
            unsupported=_masked(answer.unsupported, mask),
            undecided=_masked(answer.undecided, mask),
            diagnostics=tuple(
                replace(each, message=mask(each.message), hint=_masked(each.hint, mask)) for each in answer.diagnostics
            ),
            trace=_masked_tree(answer.trace, mask) if answer.trace is not None else None,
        )


@frozen
class _Nothing:
    """Stands for a value that is not shown."""


def _withheld(answer: Answer) -> Answer:
    """SECURITY: what an expression makes of a secret value shows it, in whole or in part; Booleans, numbers and null
    may be seen, as a decision shows as much."""
    from certgate.csharp.decimals import NetDecimal
    from certgate.csharp.runtime import null_reference

    plain = answer.value is None or isinstance(answer.value, bool | int | float | NetDecimal)
    harmless = answer.message in (None, null_reference().message)
    return replace(
        answer,
        value=answer.value if plain else _Nothing(),
        shown=answer.shown if plain else MASK,
        message=answer.message if harmless else MASK,
        unsupported=_WITHHELD_PART if answer.unsupported is not None else None,
        diagnostics=tuple(replace(each, message=_WITHHELD, hint=None) for each in answer.diagnostics),
        trace=None,
        cautions=(),
    )


def _masked(value: Any, mask: Any) -> Any:
    match value:
        case str():
            return mask(value)
        case list():
            return [_masked(each, mask) for each in value]
        case tuple():
            return tuple(_masked(each, mask) for each in value)
        case dict():
            return {name: _masked(each, mask) for name, each in value.items()}
    return value


def _masked_tree(trace: Trace, mask: Any) -> Trace:
    return replace(
        trace,
        text=mask(trace.text),
        value=_masked(trace.value, mask),
        exception=_masked(trace.exception, mask),
        children=tuple(_masked_tree(child, mask) for child in trace.children),
    )
