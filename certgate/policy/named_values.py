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
from certgate.policy.masking import Masking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from certgate.core.source import Span, Text
    from certgate.policy.derived import Derived

REFERENCE = re.compile(r"\{\{([A-Za-z0-9._-]+|\ue000)\}\}")
"""A reference. The characters of a display name are those of the management API's contract for named values."""

HOLE = "{{\ue000}}"
"""What stands in the text of a template where the template itself fills something in that is not known: read like a
named value that nobody gave. U+E000 is no character of a name."""

MAX_LENGTH = 4096
"""The most characters of a value that the service stores."""

MAX_FILLED = 16 * 1024 * 1024
"""SECURITY: the most characters a document may have with its values filled in, so that many references to a long value
cannot fill the memory."""

MAX_FINDINGS = 100
"""How many faulty references are listed."""


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
        self._masked: Masking | None = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def get(self, name: str) -> NamedValue | None:
        return self._values.get(name)

    def redact(self, text: str) -> str:
        """`text` with every secret value masked, in any case and however it is escaped.

        SECURITY: for every text that leaves certgate and may hold what a policy or an expression says.
        """
        if self._masked is None:
            self._masked = Masking(self._secrets)
        return self._masked(text)

    def redacting(self, more: Iterable[str]) -> Callable[[str], str]:
        """:meth:`redact` that masks `more` texts too, such as what an expression made of a secret value."""
        return Masking(self._secrets, more)

    @property
    def _secrets(self) -> list[str]:
        return [value.value for value in self._values.values() if value.secret]


@frozen
class Filled:
    """A text with its references filled in. `secrets`: the stretches of `text` that are secret values, in order."""

    text: Derived
    secrets: tuple[tuple[int, int], ...]
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def unfilled(text: Derived) -> list[int]:
    """The offsets of references in `text` that stand in the file; those that come out of a value do not count."""
    return [
        match.start()
        for match in REFERENCE.finditer(text.text)
        if match[0] == HOLE or text.span(*match.span()).content == match[0]
    ]


@frozen
class Tolerance:
    """Whether an unknown name, and a hole of a template, is a note and no problem."""

    names: bool = False
    holes: bool = False

    def severity(self, name: str) -> Severity:
        return Severity.WARNING if (self.holes if name == HOLE[2:-2] else self.names) else Severity.ERROR


_STRICT = Tolerance()


def fill(
    text: Text | Derived, values: NamedValues, counts: Callable[[int], bool], tolerance: Tolerance = _STRICT
) -> Filled:
    """Fill in the references at the offsets that count.

    What comes out of a value is not looked at again. An unknown name stays as it is: a problem, or a note by
    `tolerance`.
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
                fault = _fault(match[1], value, values, text.span(*match.span()), tolerance)
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


def shortened(text: str) -> str:
    """A piece of a template as a message quotes it, on one line."""
    line = " ".join(text.replace(HOLE, "${…}").split())
    return line if len(line) <= 60 else line[:59] + "…"


def _fault(name: str, value: NamedValue | None, values: NamedValues, span: Span, tolerance: Tolerance) -> Finding:
    severity = tolerance.severity(name)
    if name == HOLE[2:-2]:
        message = f"not in the template: what {shortened(span.content)} stands for"
        return Finding("template-hole", message, span.place(), severity)
    if value is None:
        hint = did_you_mean(name, values) or f"give it: --named-value {name}=VALUE"
        message, words = f"there is no named value '{name}'", f"Cannot find a property '{name}'"
        return Finding("named-value-unknown", message, span.place(), severity, hint, words)
    if len(value.value) > MAX_LENGTH:
        message = f"the named value '{name}' has more than {MAX_LENGTH} characters; the gateway stores none such"
        return Finding("named-value-too-long", message, span.place())
    message = f"the named value '{name}' is blank; the gateway stores none such"
    return Finding("named-value-blank", message, span.place())
