"""What one reading of a document is given and what it collects on the way: problems and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.value import field, replace, slotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from certgate.core.source import Span
    from certgate.csharp import Environment
    from certgate.policy.declaration import Declaration
    from certgate.policy.derived import Derived
    from certgate.policy.document import Kind
    from certgate.policy.named_values import NamedValues

MAX_FINDINGS = 100
"""How many problems, and how many notes, are listed of one file."""


@slotted
class Reading:
    """`source` is the document's text with named values filled in."""

    source: Derived
    vocabulary: Mapping[str, Declaration]
    environment: Environment
    named_values: NamedValues
    scope: str
    kind: Kind
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def problem(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        """What the gateway would refuse to save."""
        if len(self.problems) < MAX_FINDINGS:
            self.add([Finding(code, message, span.place(), hint=hint)])

    def note(self, code: str, message: str, span: Span, severity: Severity = Severity.WARNING) -> None:
        if len(self.notes) < MAX_FINDINGS:
            self.add([Finding(code, message, span.place(), severity)])

    def add(self, findings: Iterable[Finding]) -> None:
        """Sort findings into problems and notes. SECURITY: messages may quote a value, so secrets are masked here."""
        for finding in findings:
            kept = self.problems if finding.severity is Severity.ERROR else self.notes
            if len(kept) < MAX_FINDINGS:
                hint = self.named_values.redact(finding.hint) if finding.hint else None
                kept.append(replace(finding, message=self.named_values.redact(finding.message), hint=hint))

    def shown(self, text: str) -> str:
        """`text` as it may be shown, secret named values masked; a long one is cut, but no sooner."""
        masked = self.named_values.redact(text)
        return masked if len(masked) <= 60 else masked[:59] + "…"
