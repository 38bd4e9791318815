"""The value of ``StringBuilder``: text kept in parts and joined when it is looked at, so that appending stays cheap."""

from __future__ import annotations

from certgate.csharp.runtime import UnsupportedReached, charge_size
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

_BLOCK = 8000
"""The most characters of a block, but for text that is longer."""


class BuilderValue(NetObject):
    """A StringBuilder: `parts` joined are its text. `capacity` is its room, as long as text was only appended;
    afterwards `exact` is False."""

    __slots__ = ("capacity", "exact", "length", "parts")

    def __init__(self, text: str = "", capacity: int = 16) -> None:
        self.parts = [text] if text else []
        self.length = len(text)
        self.capacity = max(capacity or 16, len(text))
        self.exact = True

    @property
    def text(self) -> str:
        if len(self.parts) > 1:
            charge_size(self.length)
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    @text.setter
    def text(self, text: str) -> None:
        self.parts = [text]
        self.exact = self.exact and len(text) <= self.length
        self.length = len(text)

    def append(self, text: str) -> BuilderValue:
        if text:
            charge_size(len(text))
            self.parts.append(str.__str__(text))
            self.length += len(text)
            if self.length > self.capacity:
                # What does not fit goes to a new block, as long as all before it, but for very long ones.
                self.capacity += max(self.length - self.capacity, min(self.capacity, _BLOCK))
        return self

    def room(self) -> int:
        """UnsupportedReached where it is not known."""
        if not self.exact:
            raise UnsupportedReached("the capacity of a StringBuilder that was edited is not simulated")
        return self.capacity

    def to_text(self) -> str:
        return self.text


BUILDER = define(
    "System.Text.StringBuilder",
    allowed=True,
    python=BuilderValue,
    known="Append AppendFormat AppendJoin AppendLine Capacity Chars Clear CopyTo EnsureCapacity Equals GetChunks "
    "GetHashCode GetType Insert Item Length MaxCapacity ReferenceEquals Remove Replace ToString",
)
SIMPLE = "bool char byte sbyte short ushort int uint long ulong float double decimal object string".split()  # noqa: SIM905
"""The types that Append and Insert take one by one."""
