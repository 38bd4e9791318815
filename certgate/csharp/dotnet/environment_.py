"""``System.Environment``, of which only ``NewLine`` is simulated; the gateway refuses all of it."""

from __future__ import annotations

from certgate.csharp.types import define

ENVIRONMENT = define("System.Environment", kind="static")


@ENVIRONMENT.property("static string NewLine")
def new_line() -> str:
    """As on Linux, where the recordings were made."""
    return "\n"
