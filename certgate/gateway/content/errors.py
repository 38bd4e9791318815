"""Validation errors, by Microsoft's validation error reference: what is logged, and what the caller is told.

A validation policy notes errors in a :class:`Log`; an error whose action is *prevent* ends the section.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp.values import to_utf16
from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.exchange import Unknown
from certgate.gateway.outcome import Open
from certgate.policy.declaration import Section

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

INTERNAL = "The request could not be processed due to an internal error. Contact the API owner."
"""What the caller is told where the fault is not the request's."""
ACTIONS = ("ignore", "prevent", "detect")


@frozen
class ValidationError:
    """`details` are for the log, `public` is what the caller is told."""

    name: str
    type: str
    rule: str
    details: str
    public: str = INTERNAL


class Log:
    """The errors of one policy while it runs. `variable` is the attribute that names the variable they go to."""

    def __init__(self, element: Element, run: Run, variable: str = "errors-variable-name") -> None:
        self.element = element
        self.run = run
        self._variable = element.literal(variable)
        self._noted: list[tuple[ValidationError, str]] = []
        self._unknown = False

    @property
    def on_request(self) -> bool:
        return self.run.section is Section.INBOUND

    def note(self, error: ValidationError, action: str) -> Failed | None:
        """Note an error; it ends the section where its action is *prevent*."""
        if action == "ignore":
            return None
        self._noted.append((error, action))
        return self._failed(error) if action == "prevent" else None

    def undecided(self, missing: Undecided, action: str) -> Undecided | None:
        """What could be an error is not known: that leaves open what *prevent* comes to."""
        if action == "prevent":
            return missing
        self.unknown(missing)
        return None

    def unknown(self, missing: Undecided) -> None:
        """The policy only logs, and nobody knows what: it changes no answer, but its variable has no known value."""
        self._unknown = True
        if self._variable:
            self.run.variables[self._variable] = Unknown("validation errors", self.element.name)
            self.run.exchange.unknown["context.Variables"] = self.element.name
        self.run.says(f"logs what certgate does not know: {missing.open.message}")

    def _failed(self, error: ValidationError) -> Failed:
        self.store()
        inbound = self.on_request
        return Failed(
            self.element,
            status=400 if inbound else 502,
            reason="Bad request" if inbound else "Response not allowed",
            message=error.details,
            body_message=error.public if inbound else INTERNAL,
        )

    def finished(self, end: End | None) -> End | None:
        """What the policy ends with; where it goes on, its errors are stored."""
        if end is None and not self._unknown:
            self.store()
        return end

    def store(self) -> None:
        """Put the errors into their variable, and say what came of the validation."""
        if self._noted and self._variable:
            self.run.variables[self._variable] = _array(self._noted)
            self.run.secrets.put(self.element, f'"{self._variable}"')
        self.run.says(self._words())

    def _words(self) -> str:
        if not self._noted:
            return "finds no error"
        error, action = self._noted[0]
        more = f", and {len(self._noted) - 1} more" if len(self._noted) > 1 else ""
        return f"{'refuses' if action == 'prevent' else 'logs'}: {error.details}{more}"


def _array(noted: list[tuple[ValidationError, str]]) -> object:
    from certgate.csharp.dotnet.json.reader import parse

    rows = [
        {"Name": each.name, "Type": each.type, "ValidationRule": each.rule, "Details": each.details, "Action": action}
        for each, action in noted
    ]
    return parse(to_utf16(json.dumps(rows)), "Array", dates=False)


def action_of(run: Run, element: Element, name: str, holder: Element | None = None) -> str:
    """The action that an attribute gives, to ignore where it is not written. Raises UnknownAction."""
    action = "ignore" if (holder or element).value(name) is None else str(run.value(element, name, holder))
    if action not in ACTIONS:
        raise UnknownAction(name, action)
    return action


class UnknownAction(Exception):
    """An expression gave an action that there is not."""

    def __init__(self, name: str, action: str) -> None:
        super().__init__(f"certgate does not know the action '{action[:40]}' of {name}")


def unsettled(run: Run, element: Element, message: str, *settle: str) -> Undecided:
    """The outcome cannot be said until somebody gives what `settle` names."""
    run.says(message)
    return Undecided(element, Open(message, element.place(), (), settle))
