"""How policies that cannot read their content fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.values import from_utf16
from certgate.gateway.ending import Failed

if TYPE_CHECKING:
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


def conversion_failed(run: Run, element: Element, message: str) -> Failed:
    """Content that is not what the policy takes it for: the gateway's words are not published."""
    run.assume("content-unreadable")
    return Failed(
        element,
        status=500,
        reason=None,
        message=from_utf16(message),
        body_message="Internal server error",
        activity=True,
    )
