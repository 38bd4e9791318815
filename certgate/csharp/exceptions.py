"""Exception objects of the simulated program (``System.Exception`` and what derives from it), and their hierarchy."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.runtime import ThrownException
from certgate.csharp.types import NetType
from certgate.csharp.values import NetObject


class ExceptionValue(NetObject):
    """An exception; `data` holds what only some types have (``ParamName``)."""

    __slots__ = ("data", "inner", "message", "net_type")

    def __init__(self, type_name: str, message: str, inner: ExceptionValue | None = None, **data: Any) -> None:
        self.net_type: NetType = types.named(type_name)
        self.message = message
        self.inner = inner
        self.data = data

    def to_text(self) -> str:
        text = f"{self.net_type.reflection_name}: {self.message}"
        return (
            f"{text}\n ---> {self.inner.to_text()}\n   --- End of inner exception stack trace ---"
            if self.inner
            else text
        )

    def thrown(self) -> ThrownException:
        """What ``throw`` of this object raises."""
        return ThrownException(self.net_type.reflection_name, self.message, self)
