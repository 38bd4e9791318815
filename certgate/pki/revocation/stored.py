"""The lists of the trust store, judged by RFC 5280 section 6.3.3. .NET takes no list from a file; these rules say what
a list that stands in one is worth. They are not the rules for what is fetched: those are in `fetched`.

A certificate is good when lists that are in date, faultless and signed by who may sign them cover all reasons for a
revocation and do not name it. It is revoked when any list in date, of its scope and rightly signed, names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki.revocation.findings import Standing

if TYPE_CHECKING:
    from certgate.pki.revocation.findings import Findings, Inquiry

NOTE = (
    "the gateway itself reads no list from a file: what the lists of the trust store say here, it has to learn from "
    "the addresses in the certificates"
)


def judge(inquiry: Inquiry, depth: int, findings: Findings) -> tuple[Standing, str] | None:
    """What the lists of the store say of the element at this depth; None when they do not tell."""
    if not inquiry.lists:
        return None
    # Imported here: many stores have no lists.
    from certgate.pki.revocation.stored_bench import heard

    found = heard(inquiry, depth)
    findings.evidence += found.evidence
    if found.standing is Standing.UNKNOWN:
        return None
    if NOTE not in findings.notes:
        findings.notes.append(NOTE)
    return found.standing, found.reason
