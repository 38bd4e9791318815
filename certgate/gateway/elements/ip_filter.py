"""``ip-filter``: lets callers pass, or refuses them, by their address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed, Undecided
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Order, Section, Shape, TextKind
from certgate.policy.document import Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.core.finding import Finding
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


def check(ip_filter: Element) -> Iterator[Finding]:
    """What the gateway could not use: an address that is none, such as a network."""
    from certgate.gateway.arriving.callers import parse

    for child in ip_filter.children:
        values = [child.text, child.value("from"), child.value("to")]
        for value in values:
            if isinstance(value, Literal) and "{{" not in value.text and parse(value.text.strip()) is None:
                hint = "write each address, or <address-range from= to= />" if "/" in value.text else None
                message = f"'{value.text.strip()}' is no IP address"
                yield child.finding("address-invalid", message, hint=hint)


_ENDS = Shape(attributes=tuple(Attribute(name, required=True, expression=True) for name in ("from", "to")))
_ACTION = Attribute("action", AttributeType.ENUM, expression=True, values=("allow", "forbid"), advised=True)


@element(
    Declaration(
        "ip-filter",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(_ACTION,),
            children=(
                Child("address", 0, None, Shape(text=TextKind.BOTH)),
                Child("address-range", 0, None, _ENDS),
            ),
            order=Order.CHOICE,
            least_children=1,
        ),
        page="ip-filter-policy",
        does="refuses callers by their address",
        deviations=("An address of the caller that cannot be read passes the action forbid.",),
        check=check,
    )
)
def run(element: Element, run: Run) -> End | None:
    from certgate.gateway.arriving.callers import matches, parse

    action = (run.text(element, "action") or "allow").lower()
    if action not in ("allow", "forbid"):
        return run.not_simulated(element, f"certgate does not know the action '{action}'", attribute="action")
    listed = matches(element, run)
    if isinstance(listed, Undecided):
        return listed
    caller = run.exchange.request.ip
    if parse(caller) is None and action == "allow":
        message = "Failed to establish IP address for the caller. Access denied."
        return _refused(element, run, "FailedToParseCallerIP", message)
    if listed and action == "forbid":
        return _refused(element, run, "CallerIpBlocked", "Caller IP address is blocked. Access denied.")
    if not listed and action == "allow":
        message = f"Caller IP address {caller} is not allowed. Access denied."
        return _refused(element, run, "CallerIpNotAllowed", message)
    if parse(caller) is None:
        run.assume("caller-unreadable")
    run.says(f"{caller} is {'allowed' if listed else 'not forbidden'}")
    return None


def _refused(element: Element, run: Run, reason: str, message: str) -> Failed:
    run.says(f"refused: {message}")
    return Failed(element, 403, reason, message, "Forbidden")
