"""Members of C# types: how they are declared, found by name, and what their signatures say.

A declaration costs almost nothing: the signature is kept as text and read when the member is first looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from certgate.csharp.node import NodeType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.types import NetType, TypeDefinition, TypeParameter

F = TypeVar("F", bound="Callable[..., Any]")

MISSING: Any = object()
"""Stands for *no default value* of a parameter and *not a constant* of a field."""


class Parameter(metaclass=NodeType):
    """`mode` is empty, ``out``, ``ref``, ``in``, ``params`` or ``this``; `default` is a value, or MISSING."""

    name: str
    type: NetType
    mode: str = ""
    default: Any = MISSING

    @property
    def optional(self) -> bool:
        return self.default is not MISSING


class Signature(metaclass=NodeType):
    """A signature as read. `returns` is the type of a property, field or indexer; `writable`: it has ``set``."""

    name: str
    returns: NetType
    parameters: tuple[Parameter, ...] = ()
    type_parameters: tuple[TypeParameter, ...] = ()
    static: bool = False
    readonly: bool = True
    field: bool = False


class Member:
    """One declared member. `call` None: certgate has its signature only, so reaching it is *unsupported*.

    Instance members are called with (self, *arguments), static ones with (*arguments). Before these come, in this
    order:
    the Evaluation where `ambient`; the tuple of type arguments where `generic` (those of the method, or, for static
    members and constructors of a generic type, those of the type). A method with ``out`` or ``ref`` parameters is not
    given the
    ``out`` ones and returns a tuple: the result (None for void), then the ``out`` and ``ref`` values in order.
    """

    __slots__ = (
        "_signature",
        "ambient",
        "call",
        "generic",
        "kind",
        "more",
        "owner",
        "refused",
        "setter",
        "text",
        "value",
    )

    def __init__(
        self,
        owner: TypeDefinition,
        kind: str,
        text: str,
        call: Callable[..., Any] | None = None,
        *,
        generic: bool = False,
        ambient: bool = False,
        value: Any = MISSING,
        more: bool = False,
        refused: bool = False,
    ) -> None:
        self.owner = owner
        self.kind = kind
        self.text = text
        self.call = call
        self.setter: Callable[..., Any] | None = None
        self.generic = generic
        self.ambient = ambient
        self.value = value
        self.more = more
        self.refused = refused
        self._signature: Signature | None = None

    @property
    def signature(self) -> Signature:
        if self._signature is None:
            from certgate.csharp.signatures import parse_signature

            self._signature = parse_signature(self.text, self.kind, self.owner)
        return self._signature

    @property
    def name(self) -> str:
        return name_in(self.text, self.kind)

    def set(self, function: F) -> F:
        """Declare the setter of a property, field or indexer: ``(self, [index,] value)``."""
        self.setter = function
        return function


_NAME = r"\b(?!static\b)(\w+)\s*(?:<[^<>()]*>)?\s*\("
_OPERATOR = r"(implicit|explicit)\s+operator|operator\s*([^\s(\w]+|true|false)"


def name_in(text: str, kind: str) -> str:
    """The name that a signature declares: ``Item`` for an indexer, ``.ctor`` for a constructor, the sign of an
    operator."""
    match kind:
        case "indexer":
            return "Item"
        case "constructor":
            return ".ctor"
        case "method":
            found = re.search(_NAME, text)
        case "operator":
            found = re.search(_OPERATOR, text)
        case _:
            return text.partition("{")[0].split()[-1]
    if found is None:
        raise ValueError(f"not a signature: {text!r}")
    return found.group(1) or found.group(2)


class MemberTable:
    """The members declared on one type, by name. A method's overloads stand in the order of their declaration."""

    def __init__(self) -> None:
        self._members: dict[str, list[Member]] = {}

    def load(self) -> None:
        """Make sure that all members are declared."""

    def members(self, name: str) -> tuple[Member, ...]:
        self.load()
        return self.declared_so_far(name)

    def declared_so_far(self, name: str) -> tuple[Member, ...]:
        """The members of that name in the modules that are loaded."""
        return tuple(self._members.get(name, ()))

    def __iter__(self) -> Iterator[Member]:
        self.load()
        for members in self._members.values():
            yield from members

    def names(self) -> frozenset[str]:
        self.load()
        return frozenset(self._members)

    def add(self, member: Member) -> Member:
        self._members.setdefault(member.name, []).append(member)
        return member

    def _declare(self, kind: str, text: str, **options: Any) -> Callable[[F], F]:
        def declare(function: F) -> F:
            self.add(Member(self, kind, text, function, **options))  # type: ignore[arg-type]
            return function

        return declare

    def method(
        self, text: str, *, generic: bool = False, ambient: bool = False, more: bool = False, refused: bool = False
    ) -> Callable[[F], F]:
        """Declare a method. `more`: .NET has overloads that are not declared here; no match is then *unsupported*.

        `refused`: the gateway does not allow this overload, whatever it says of the type.
        """
        return self._declare("method", text, generic=generic, ambient=ambient, more=more, refused=refused)

    def constructor(self, text: str, *, ambient: bool = False, generic: bool = False) -> Callable[[F], F]:
        """Declare a constructor: ``DateTime(int year, int month, int day)``."""
        return self._declare("constructor", text, ambient=ambient, generic=generic)

    def operator(self, text: str) -> Callable[[F], F]:
        """Declare an operator or a conversion: ``static`` is implied."""
        return self._declare("operator", text)

    def property(
        self, text: str, *, ambient: bool = False, generic: bool = False
    ) -> Callable[[Callable[..., Any]], Member]:
        """Declare a property by its getter.

        The result is the member; ``@name.set`` declares the setter (and needs ``{ get; set; }``).
        """
        return lambda function: self.add(
            Member(self, "property", text, function, ambient=ambient, generic=generic)  # type: ignore[arg-type]
        )

    def indexer(self, text: str) -> Callable[[Callable[..., Any]], Member]:
        """Declare an indexer by its getter: ``char this[int index]``; ``@name.set`` declares the setter."""
        return lambda function: self.add(Member(self, "indexer", text, function))  # type: ignore[arg-type]

    def field(self, text: str) -> Callable[[Callable[..., Any]], Member]:
        """Declare a field (``static readonly string Empty``) by a function that gives its value."""
        return lambda function: self.add(Member(self, "field", text, function))  # type: ignore[arg-type]

    def constant(self, text: str, value: Any) -> None:
        """Declare a constant: ``int MaxValue``."""
        self.add(Member(self, "constant", text, None, value=value))  # type: ignore[arg-type]

    def signatures(self, *texts: str) -> None:
        """Declare methods that certgate has not got, so that overloads are chosen as C# does; calling one is
        *unsupported*."""
        for text in texts:
            self.add(Member(self, "method", text))  # type: ignore[arg-type]
