"""How the nodes of the syntax tree are made: frozen, slotted records that compare by identity. Knows no node.

They read and type-check like frozen, slotted dataclasses. Those take 30 ms to define a hundred of, these under one, and
every command that evaluates an expression would pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass_transform(frozen_default=True, eq_default=False)
class NodeType(type):
    """The class of node classes: annotated names become slots, after those of the base; a value is a default."""

    __match_args__: tuple[str, ...] = ()
    _setters: tuple[Callable[[object, object], None], ...]
    _named: tuple[tuple[str, Callable[[object, object], None]], ...]
    _defaults: dict[str, object]

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> NodeType:
        own: tuple[str, ...] = tuple(body.get("__annotations__", ()))
        defaults = {field: body.pop(field) for field in own if field in body}
        body["__slots__"] = own
        body["__setattr__"] = _refuse
        body["__init__"] = _fill
        body["__repr__"] = _show
        inherited = [base for base in bases if isinstance(base, NodeType)]
        fields = tuple(field for base in inherited for field in base.__match_args__) + own
        body["__match_args__"] = fields
        cls = super().__new__(mcs, name, bases, body)
        cls._setters = tuple(getattr(cls, field).__set__ for field in fields)
        cls._named = tuple(zip(fields, cls._setters, strict=True))
        cls._defaults = {key: value for base in inherited for key, value in base._defaults.items()} | defaults
        return cls


def _fill(self: object, *values: object, **named: object) -> None:
    cls: NodeType = type(self)  # type: ignore[assignment]
    setters = cls._setters
    # The slots' own setters pass by `__setattr__`; the usual node is given in full and by position.
    for setter, value in zip(setters, values):  # noqa: B905
        setter(self, value)
    given = len(values)
    if given < len(setters):
        rest = cls._defaults if not named else {**cls._defaults, **named}
        for field, setter in cls._named[given:]:
            setter(self, rest[field])


def _refuse(self: object, name: str, _value: object) -> None:
    raise AttributeError(f"{type(self).__name__}.{name} is read-only")


def _show(self: object) -> str:
    cls: NodeType = type(self)  # type: ignore[assignment]
    shown = ", ".join(f"{field}={getattr(self, field)!r}" for field in cls.__match_args__)
    return f"{cls.__name__}({shown})"
