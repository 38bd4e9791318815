"""The elements that certgate does not run: how they are written, and whether they can change the answer.

What may be written comes from ``reference.json``, which ``tools/trim_elements.py`` makes. What follows from reaching
one is said here, in the open: an element without a row in `WITHOUT_EFFECT` is *not simulated*, and the outcome is
undecided when it is reached.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Content,
    Declaration,
    GatewayKind,
    Order,
    Scope,
    Section,
    Shape,
    TextKind,
)

WITHOUT_EFFECT: dict[str, tuple[str, ...]] = {
}
"""Elements that leave the answer as it is, and what of the exchange they change. SECURITY: an expression that reads
such a part afterwards has no known value, so the outcome is undecided there."""

DOES: dict[str, str] = {
}
"""What an element that is not simulated could do, for the message; the others *could change or refuse the request*."""


def does(name: str) -> str:
    return DOES.get(name, "could change or refuse the request")


@cache
def _rows() -> dict[str, dict[str, Any]]:
    import json
    from importlib.resources import files

    text = files(__package__).joinpath("reference.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def names() -> frozenset[str]:
    return frozenset(_rows())


@cache
def declaration(name: str) -> Declaration:
    """The declaration of an element of the reference. Raises KeyError."""
    row = _rows()[name]
    return Declaration(
        name,
        sections=_sections(row["sections"]) if "sections" in row else None,
        sections_extra=_sections(row.get("sections_extra", [])),
        scopes=_members(Scope, row, "scopes"),
        gateways=_members(GatewayKind, row, "gateways"),
        shape=_shape(row["shape"]),
        documented=row.get("documented", True),
        once=row.get("once", False),
        page=row.get("page", ""),
    )


Choice = TypeVar("Choice", bound=StrEnum)


def _members(every: type[Choice], row: dict[str, Any], key: str) -> frozenset[Choice] | None:
    """A set of the row: all where it has none, None where it says that nothing is known."""
    names = row.get(key, every)
    return None if names is None else frozenset(map(every, names))


def _sections(names: list[str]) -> frozenset[Section]:
    return frozenset(map(Section, names))


def _shape(row: dict[str, Any]) -> Shape:
    return Shape(
        attributes=tuple(map(_attribute, row.get("attributes", []))),
        children=tuple(map(_child, row.get("children", []))),
        order=Order(row.get("order", "sequence")),
        text=TextKind(row.get("text", "none")),
        text_result="object",
        content=Content(row.get("content", "children")),
        least_children=row.get("least_children", 0),
        open_attributes=row.get("open_attributes", False),
    )


def _child(row: dict[str, Any]) -> Child:
    shape = _shape(row["shape"]) if "shape" in row else None
    return Child(row["name"], row.get("min", 0), row.get("max", 1), shape, row.get("advised", False))


def _attribute(row: dict[str, Any]) -> Attribute:
    kind = AttributeType(row.get("type", "string"))
    return Attribute(**{**row, "type": kind, "values": tuple(row.get("values", ()))})
