"""What was found in a file that was checked. Values only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from certgate.core.finding import Finding

TEMPLATE = "template"


@frozen
class CheckedFile:
    """`kind`: ``policy``, ``fragment``, ``snippet``, ``template``; None where the file holds no policy. `problems` are
    what the gateway would refuse to save, `notes` what it would not."""

    file: str
    kind: str | None = None
    problems: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
