"""``log-to-eventhub``: a message for an event hub. The answer is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import calls
from certgate.policy.declaration import Attribute, Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

MAX_MESSAGE = 204_000
"""Bytes. What is longer is cut off, as Microsoft's emulator does; the page says 200 KB."""


@element(
    Declaration(
        "log-to-eventhub",
        sections=frozenset(Section),
        shape=Shape(
            attributes=(
                Attribute("logger-id", required=True, expression=False),
                Attribute("partition-id", expression=False),
                Attribute("partition-key", expression=True),
            ),
            text=TextKind.BOTH,
        ),
        page="log-to-eventhub-policy",
        does="sends a message to an event hub; the answer is the same",
        deviations=("The message is recorded as a call of eventhub:LOGGER, which takes every message.",),
    )
)
def run(element: Element, run: Run) -> End | None:
    logger = run.text(element, "logger-id") or ""
    keys = {name: run.text(element, name) for name in ("partition-id", "partition-key")}
    message = (run.content(element, element) or "").encode("utf-8", "replace")[:MAX_MESSAGE]
    headers = {name: (value,) for name, value in keys.items() if value is not None}
    calls.note(run, element, calls.Sent("SEND", f"eventhub:{logger}", headers, message))
    run.says(f"no effect on the answer: a message of {len(message)} bytes for the logger {logger}")
    return None
