"""What stands at each ``include-fragment``: is there such a fragment, and may its policies stand there?

Knows sections and scopes of the place where a fragment is included; putting it there is
:mod:`certgate.policy.compose`'s business. What may stand in a fragment at all has been checked when it was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from certgate.core.finding import Finding, Severity
from certgate.core.registry import did_you_mean
from certgate.policy.declaration import Scope, Section
from certgate.policy.document import Kind
from certgate.policy.named_values import HOLE, REFERENCE
from certgate.policy.offering import policies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.policy.declaration import Declaration
    from certgate.policy.document import Document, Element

Fragments = Mapping[str, "Document | None"]
"""By id; None: it has problems of its own."""


def inclusion(
    include: Element,
    section: Section | None,
    fragments: Fragments,
    vocabulary: Mapping[str, Declaration],
    severity: Severity,
) -> Iterator[Finding]:
    """What the gateway has against the fragment that is included here; `section` None: not known, not checked.
    `severity`: how bad it is that there is no such fragment."""
    name = include.literal("fragment-id")
    if name is None or HOLE in name or REFERENCE.search(name):
        return
    if name not in fragments:
        hint = did_you_mean(name, fragments) or f"give it: --fragment {name}=FILE"
        yield include.finding("fragment-unknown", f"there is no fragment '{name}'", severity, hint=hint)
        return
    fragment = fragments[name]
    if fragment is None:
        return
    if fragment.kind is Kind.POLICY:
        yield include.finding("fragment-wrong", f"'{name}' is a policy, not a fragment: {fragment.file}")
        return
    for element in policies(fragment.sections.get(Section.INBOUND, ()), vocabulary):
        fault = _fault(vocabulary[element.name], section, include.scope)
        if fault:
            message = f"the fragment '{name}' holds {element.name}, which is not allowed {fault}"
            yield include.finding("fragment-misplaced", message, hint=f"it stands in {element.place()}")


def _fault(declaration: Declaration, section: Section | None, scope: str) -> str | None:
    """Where a policy may not stand that stands in this section of this scope."""
    sections = declaration.sections
    if sections is not None and section is not None and section not in sections | declaration.sections_extra:
        return f"in {section}"
    if declaration.scopes is not None and scope in set(Scope) and scope not in declaration.scopes:
        return f"at {scope} scope"
    return None
