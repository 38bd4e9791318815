"""Named values: what ``{{name}}`` stands for. They are filled in as text, before anything else reads the document.

Knows names, values and which are secret. Where in a document a name counts is the caller's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.registry import did_you_mean
from certgate.core.value import frozen
from certgate.policy.derived import Building

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from certgate.core.source import Span, Text
    from certgate.policy.derived import Derived

REFERENCE = re.compile(r"\{\{([A-Za-z0-9._-]+)\}\}")
"""A reference. The characters of a display name are those of the management API's contract for named values."""

MAX_LENGTH = 4096
"""The most characters of a value that the service stores."""

MAX_FILLED = 16 * 1024 * 1024
"""SECURITY: the most characters a document may have with its values filled in, so that many references to a long value
cannot fill the memory."""

MAX_FINDINGS = 100
"""How many faulty references are listed."""

MASK = "***"


@frozen
class NamedValue:
    value: str
    secret: bool = False

    @property
    def usable(self) -> bool:
        """Would the service store it: not blank, not too long?"""
        return bool(self.value.strip()) and len(self.value) <= MAX_LENGTH


class NamedValues:
    """The named values of a service: name to value. A plain text stands for a value that is no secret."""

    __slots__ = ("_masked", "_values")

    def __init__(self, values: Mapping[str, str | NamedValue] | None = None) -> None:
        self._values = {
            name: value if isinstance(value, NamedValue) else NamedValue(value)
            for name, value in (values or {}).items()
        }
        self._masked: re.Pattern[str] | None = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def get(self, name: str) -> NamedValue | None:
        return self._values.get(name)

    def redact(self, text: str) -> str:
        """`text` with every secret value masked, in any case, also as XML and C# string literals write it.

        SECURITY: for every text that leaves certgate and may hold what a policy or an expression says.
        """
        if self._masked is None:
            self._masked = self._pattern(())
        return self._masked.sub(MASK, text)

    def redacting(self, more: Iterable[str]) -> Callable[[str], str]:
        """:meth:`redact` that masks `more` texts too, such as what an expression made of a secret value."""
        masked = self._pattern(more)
        return lambda text: masked.sub(MASK, text)

    def _pattern(self, more: Iterable[str]) -> re.Pattern[str]:
        secrets = [value.value for value in self._values.values() if value.secret]
        forms = {form for text in (*secrets, *more) for form in _forms(text) if form}
        longest_first = sorted(forms, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)


def _forms(value: str) -> Iterator[str]:
    from html import unescape

    for form in {value, value.strip(), unescape(value)}:
        yield form
        yield form.replace("\\", "\\\\").replace('"', '\\"')


@frozen
class Filled:
    """A text with its references filled in. `secrets`: the stretches of `text` that are secret values, in order."""

    text: Derived
    secrets: tuple[tuple[int, int], ...]
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def unfilled(text: Derived) -> list[int]:
    """The offsets of references in `text` that stand in the file; those that come out of a value do not count."""
    return [match.start() for match in REFERENCE.finditer(text.text) if text.span(*match.span()).content == match[0]]


def fill(text: Text, values: NamedValues, counts: Callable[[int], bool], *, tolerate_unknown: bool = False) -> Filled:
    """Fill in the references at the offsets that count.

    What comes out of a value is not looked at again. An unknown name stays as it is: a problem, or a note where
    `tolerate_unknown` says so.
    """
    filled, at, length = Building(text), 0, len(text.text)
    problems: list[Finding] = []
    notes: list[Finding] = []
    secrets: list[tuple[int, int]] = []
    for match in REFERENCE.finditer(text.text):
        if not counts(match.start()):
            continue
        value = values.get(match[1])
        if value is None or not value.usable:
            if len(problems) + len(notes) < MAX_FINDINGS:
                fault = _fault(match[1], value, values, text.span(*match.span()), tolerate_unknown)
                (problems if fault.severity is Severity.ERROR else notes).append(fault)
            continue
        length += len(value.value)
        if length > MAX_FILLED:
            place = text.span(*match.span()).place()
            problems.append(Finding("document-too-large", "named values make the document too large", place))
            break
        filled.keep(at, match.start())
        start = filled.length
        filled.replace(value.value, *match.span())
        if value.secret:
            secrets.append((start, filled.length))
        at = match.end()
    filled.keep(at, len(text.text))
    return Filled(filled.done(), tuple(secrets), tuple(problems), tuple(notes))


def _fault(name: str, value: NamedValue | None, values: NamedValues, span: Span, tolerate_unknown: bool) -> Finding:
    if value is None:
        severity = Severity.WARNING if tolerate_unknown else Severity.ERROR
        hint = did_you_mean(name, values) or f"give it: --named-value {name}=VALUE"
        return Finding("named-value-unknown", f"there is no named value '{name}'", span.place(), severity, hint)
    if len(value.value) > MAX_LENGTH:
        message = f"the named value '{name}' has more than {MAX_LENGTH} characters; the gateway stores none such"
        return Finding("named-value-too-long", message, span.place())
    message = f"the named value '{name}' is blank; the gateway stores none such"
    return Finding("named-value-blank", message, span.place())
