"""What a .NET regular expression is made of, once read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from certgate.csharp.node import NodeType

if TYPE_CHECKING:
    from certgate.csharp.dotnet.regex.charset import Charset

INFINITE = 0x7FFFFFFF


class One(metaclass=NodeType):
    """One character of a class."""

    set: Charset


class Anchor(metaclass=NodeType):
    """`kind`: ``^ $ A Z z b B G``; ``m^`` and ``m$`` for the multi-line ones; ``eb`` and ``eB`` for ECMAScript."""

    kind: str


class Sequence(metaclass=NodeType):
    parts: tuple[Node, ...]


class Alternation(metaclass=NodeType):
    choices: tuple[Node, ...]


class Loop(metaclass=NodeType):
    body: Node
    least: int
    most: int
    lazy: bool


class Capture(metaclass=NodeType):
    """`popped`: the group that a balancing group takes its last capture from, which must be there. A `group` of None
    keeps nothing itself."""

    group: int | None
    body: Node
    popped: int | None = None


class Atomic(metaclass=NodeType):
    body: Node


class Look(metaclass=NodeType):
    body: Node
    behind: bool
    negative: bool


class Reference(metaclass=NodeType):
    group: int
    ignore_case: bool
    ecmascript: bool


class Condition(metaclass=NodeType):
    """``(?(1)yes|no)`` or ``(?(test)yes|no)``: a group, or what must match here."""

    test: Node | int
    yes: Node
    no: Node


Node: TypeAlias = One | Anchor | Sequence | Alternation | Loop | Capture | Atomic | Look | Reference | Condition
EMPTY = Sequence(())
