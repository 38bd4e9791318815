"""Exception objects of the simulated program: ``System.Exception`` and what derives from it.

Knows what every exception holds and how .NET prints one. Does not know the types and their constructors
(``dotnet/exception_types.py``).
"""

from __future__ import annotations

import re
from typing import Any

from certgate.csharp import types
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size, charge_steps
from certgate.csharp.types import NetType
from certgate.csharp.values import NetObject, iterate

_PARAMETER = re.compile(r" \(Parameter '([^']*)'\)")
_OBJECT = re.compile(r"\nObject name: '([^']*)'\.")


class UnknownText(NetObject):
    """A string that is not null, and of which nothing else is known: whatever looks at its text is unsupported."""

    __slots__ = ("what",)

    net_type = types.STRING

    def __init__(self, what: str) -> None:
        self.what = what

    def _unknown(self, *_: Any) -> Any:
        raise UnsupportedReached(f"{self.what} is not simulated")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._unknown()

    to_text = key = _unknown

    def __bool__(self) -> bool:
        """It is not empty."""
        return True

    def net_equals(self, other: object) -> bool:
        return bool(self is other or self._unknown())

    __len__ = __iter__ = __getitem__ = __contains__ = __add__ = __radd__ = __str__ = __format__ = _unknown
    __lt__ = __le__ = __gt__ = __ge__ = __mul__ = __mod__ = _unknown


class ExceptionValue(NetObject):
    """An exception; `data` holds what only some types have (``ParamName``).

    `was_thrown`: it has a stack trace. Those that the library throws have one; constructors say False.
    """

    __slots__ = ("data", "inner", "message", "net_type", "was_thrown")

    def __init__(self, type_name: str, message: str, inner: ExceptionValue | None = None, **data: Any) -> None:
        self.net_type: NetType = types.named(type_name)
        self.message = message
        self.inner = inner
        self.data = data
        self.was_thrown = True

    def to_text(self) -> str:
        if self.was_thrown or "FileName" in self.data:
            raise UnsupportedReached("the text of an exception that was thrown, with its stack trace, is not simulated")
        return self.head() + "".join(
            f"\n ---> (Inner Exception #{index}) {one.to_text()}<---\n"
            for index, one in enumerate(self.inner_exceptions())
            if one is not self.inner
        )

    def head(self) -> str:
        """Type, message and inner exception, as all types print them."""
        name = self.net_type.reflection_name
        text = f"{name}: {self.message}" if self.message else name
        charge_size(len(text))
        charge_steps(2)
        if self.inner is None:
            return text
        return f"{text}\n ---> {self.inner.to_text()}\n   --- End of inner exception stack trace ---"

    def inner_exceptions(self) -> list[ExceptionValue]:
        """All inner exceptions of an AggregateException; none of another type."""
        found = self.data.get("InnerExceptions")
        return [] if found is None else list(iterate(found))

    def detail(self, name: str) -> Any:
        """What only some types have; of an exception that the library threw, read from its message."""
        if name not in self.data:
            pattern = {"ParamName": _PARAMETER, "ObjectName": _OBJECT}.get(name)
            found = pattern.search(self.message) if pattern is not None else None
            self.data[name] = found.group(1) if found is not None else None
        return self.data[name]

    def thrown(self) -> ThrownException:
        """What ``throw`` of this object raises."""
        self.was_thrown = True
        return ThrownException(self.net_type.reflection_name, self.message, self)
