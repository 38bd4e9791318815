"""What one reading of a document is given and what it collects on the way: problems and notes."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.value import field, replace, slotted
from certgate.policy.masking import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from certgate.core.source import Span
    from certgate.csharp import Environment
    from certgate.policy.declaration import Declaration, GatewayKind
    from certgate.policy.derived import Derived
    from certgate.policy.document import Kind
    from certgate.policy.including import Fragments
    from certgate.policy.named_values import NamedValues
    from certgate.policy.rawxml import RawElement

MAX_FINDINGS = 100
"""How many problems, and how many notes, are listed of one file."""

_WITHHELD = "the message is withheld, since {} holds a secret value"


@slotted
class Reading:
    """`source` is the document's text with named values filled in, `secrets` the stretches of it that are secret.

    `scope` empty, `gateway` None and `fragments` None: not known, not checked. `unknown`: how bad it is that there is
    no fragment of a name. `policy` is the policy that is being read, whatever of it.
    """

    source: Derived
    vocabulary: Mapping[str, Declaration]
    environment: Environment
    named_values: NamedValues
    scope: str
    kind: Kind
    secrets: tuple[tuple[int, int], ...] = ()
    gateway: GatewayKind | None = None
    fragments: Fragments | None = None
    unknown: Severity = Severity.ERROR
    policy: RawElement | None = None
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    _secret_places: frozenset[tuple[int | None, int | None]] | None = field(default=None, init=False)

    def problem(self, code: str, message: str, span: Span, hint: str | None = None, words: str | None = None) -> None:
        """What the gateway would refuse to save. `words`: how its validator puts it, as far as that is known."""
        if len(self.problems) < MAX_FINDINGS:
            said = self.said(words) if words else None
            self.add([Finding(code, message, span.place(), hint=hint, words=said)])

    def said(self, words: str) -> str:
        """The gateway's words in the envelope they come in, which names the policy (fact sheet §4.6)."""
        if self.policy is None:
            return words
        place = self.source.span(self.policy.start + 1).place()
        return f"Error in element '{self.policy.name}' on line {place.line}, column {place.column}: {words}"

    def note(self, code: str, message: str, span: Span, severity: Severity = Severity.WARNING) -> None:
        if len(self.notes) < MAX_FINDINGS:
            self.add([Finding(code, message, span.place(), severity)])

    def add(self, findings: Iterable[Finding], *, withheld: bool = False) -> None:
        """Sort findings into problems and notes. `withheld`: they are about an expression that holds a secret value.

        SECURITY: messages may quote a value, so secrets are masked here.
        """
        for finding in findings:
            kept = self.problems if finding.severity is Severity.ERROR else self.notes
            if len(kept) < MAX_FINDINGS:
                kept.append(_withheld(finding, "the expression") if withheld else self._masked(finding))

    def holds_secret(self, start: int, end: int) -> bool:
        """Whether any of ``[start, end)`` of `source` is of a secret value."""
        at = bisect_right(self.secrets, start, key=lambda stretch: stretch[1])
        return at < len(self.secrets) and self.secrets[at][0] < end

    def _masked(self, finding: Finding) -> Finding:
        message = self.named_values.redact(finding.message)
        if MASK not in message and self._starts_in_secret(finding):
            # SECURITY: a value that breaks the document around it would be quoted in pieces, which no mask fits.
            return _withheld(finding, "what stands here")
        hint = self.named_values.redact(finding.hint) if finding.hint else None
        words = self.named_values.redact(finding.words) if finding.words else None
        return replace(finding, message=message, hint=hint, words=words)

    def _starts_in_secret(self, finding: Finding) -> bool:
        if self._secret_places is None:
            places = (self.source.span(start).place() for start, _ in self.secrets)
            self._secret_places = frozenset((place.line, place.column) for place in places)
        place = finding.place
        return place is not None and (place.line, place.column) in self._secret_places

    def shown(self, text: str) -> str:
        """`text` as it may be shown, secret named values masked; a long one is cut, but no sooner."""
        masked = self.named_values.redact(text)
        return masked if len(masked) <= 60 else masked[:59] + "…"


def _withheld(finding: Finding, holder: str) -> Finding:
    """Code and place of a finding alone. SECURITY: its message would quote pieces of the secret value in `holder`."""
    return replace(finding, message=_WITHHELD.format(holder), hint=None, words=None)
