"""The elements that certgate does not run: how they are written, and what they would do.

What may be written comes from ``reference.json``, which ``tools/trim_elements.py`` makes. SECURITY: an element that
stands here is never passed over: when one is reached the outcome is undecided.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

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

if TYPE_CHECKING:
    from certgate.gateway.ending import Undecided
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

DOES = {
    "base": "runs the same section of the parent scope",
    "cosmosdb-data-source": "gets the data of a GraphQL field from Cosmos DB",
    "graphql-data-source": "gets the data of a GraphQL field from a GraphQL service",
    "http-data-source": "gets the data of a GraphQL field with an HTTP request",
    "publish-event": "publishes an event to the subscriptions of a GraphQL API",
    "set-graphql-resolver": "got the data of a GraphQL field; retired in 2023",
    "sql-data-source": "gets the data of a GraphQL field from Azure SQL",
}
"""What each of them does. `base` is one only in name: the scopes are put together before anything runs."""

_RESOLVER = "It belongs to the resolver of a GraphQL field: certgate runs policy documents, and no resolvers."
_RETIRED = "Reached, it leaves the outcome undecided."


def reached(element: Element, run: Run) -> Undecided:
    return run.not_simulated(element, f"certgate does not simulate {element.name}, which {DOES[element.name]}")


def _deviations(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    if name == "base":
        return ()
    return (_RETIRED,) if row.get("sections") else (_RESOLVER,)


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
        does=DOES[name],
        deviations=_deviations(name, row),
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
