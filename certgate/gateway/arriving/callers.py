"""Callers by their addresses: whether one stands in the list of an ``ip-filter``.

An IPv4 address and the same one written as IPv6 (``::ffff:10.0.0.1``) are one address.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from certgate.gateway.ending import Undecided
from certgate.gateway.outcome import Open

if TYPE_CHECKING:
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

Address = IPv4Address | IPv6Address


def parse(text: str | None) -> Address | None:
    """An address as .NET reads it; None where it is none."""
    from certgate.csharp.dotnet.net.ip_address import parse_address

    found = parse_address(text or "")
    if found is None:
        return None
    address: Address = found.address
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def matches(element: Element, run: Run) -> bool | Undecided:
    """Whether the caller stands in the list. SECURITY: where that is not known it is neither allowed nor refused."""
    ranges = []
    for child in element.children:
        texts = _ends(element, run, child)
        ends = [parse(text.strip()) if text else None for text in texts]
        first, last = ends[0], ends[-1]
        if first is None or last is None:
            return run.not_simulated(element, f"certgate does not know what '{' to '.join(map(str, texts))}' matches")
        if first.version != last.version or first > last:  # type: ignore[operator]
            # SECURITY: taken for a range of nothing it would forbid nobody.
            return run.not_simulated(element, f"certgate does not know what a range from {first} to {last} matches")
        ranges.append((first, last))
    if run.situation.request.ip is None and run.context.ip is None:
        message = "the caller's address is not known"
        run.says(message)
        return Undecided(element, Open(message, element.place(), settle=("--ip IP",)))
    caller = parse(run.exchange.request.ip)
    return caller is not None and any(_within(caller, first, last) for first, last in ranges)


def _ends(element: Element, run: Run, child: Element) -> list[str | None]:
    if child.name == "address":
        return [run.content(element, child)]
    return [None if (end := run.value(element, name, child)) is None else str(end) for name in ("from", "to")]


def _within(caller: Address, first: Address, last: Address) -> bool:
    return caller.version == first.version == last.version and int(first) <= int(caller) <= int(last)
