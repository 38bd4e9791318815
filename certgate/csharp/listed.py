"""What a list of declarations holds: types and members as values."""

from __future__ import annotations

from certgate.core.value import frozen


@frozen
class ListedType:
    """A type: its name as C# writes it, and how many members by name it has, certgate simulates, the gateway allows.

    `declared` False: certgate knows the name and nothing else; `allowed` then says whether the gateway allows anything.
    """

    name: str
    full_name: str
    namespace: str
    kind: str
    members: int = 0
    simulated: int = 0
    allowed: int = 0
    declared: bool = True


@frozen
class Listed:
    """One member: its C# signature, the type that declares it, whether the gateway allows it, and whether certgate has
    it or knows only that it exists. `kind` is ``method``, ``property``, ``field``, ``constructor``, ``known``, …"""

    name: str
    kind: str
    signature: str
    owner: str
    static: bool
    allowed: bool
    simulated: bool
