"""``certgate list``: declarations for people and for machines."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.report.page import Page, Piece, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.listed import Listed, ListedType

COLUMN = 16
"""Where signatures begin, behind what is said of them."""

_TITLES = {
    "constructor": "constructors",
    "constant": "constants",
    "field": "fields",
    "property": "properties",
    "indexer": "indexers",
    "method": "methods",
    "operator": "operators",
    "known": "known by name, not simulated",
}


@frozen
class TypeSheet:
    """A type and its members: its own, those of each base that it does not hide, the extension methods on it."""

    type: ListedType
    own: tuple[Listed, ...]
    inherited: tuple[tuple[str, tuple[Listed, ...]], ...] = ()
    extensions: tuple[Listed, ...] = ()


@frozen
class ElementRow:
    """A policy element: the sections it may stand in (None: not known), and what certgate does with it."""

    name: str
    sections: tuple[str, ...] | None
    treatment: str


# -- types -----------------------------------------------------------------------------------------


def types_to_json(rows: Sequence[ListedType]) -> dict[str, Any]:
    types = [
        {
            "name": row.name,
            "full_name": row.full_name,
            "kind": row.kind,
            "gateway": gateway(row),
            "members": row.members,
            "simulated": row.simulated,
            "allowed": row.allowed if row.declared else None,
        }
        for row in rows
    ]
    return {"schema": "certgate/list-types/1", "types": types}


def gateway(row: ListedType) -> str:
    """What the gateway lets an expression use of a type: ``all``, ``some`` or ``none`` of its members."""
    if not row.allowed:
        return "none"
    return "all" if not row.declared or row.allowed >= row.members else "some"


def types_to_page(rows: Sequence[ListedType], columns: int = 80) -> Page:
    page = Page(columns)
    for namespace, group in groupby(rows, key=lambda row: row.namespace):
        page.blank()
        page.add(Piece(namespace or "API Management", Style.LABEL))
        page.aligned([[row.name, row.kind, *_allowance(row), _extent(row)] for row in group])
    page.blank()
    page.add(f"{len(rows)} types" if len(rows) != 1 else "1 type")
    return page


def _allowance(row: ListedType) -> list[str | Piece]:
    match gateway(row):
        case "none":
            return [Piece("refused", Style.BAD)]
        case "some":
            return [f"{row.allowed} allowed"]
    return ["allowed"]


def _extent(row: ListedType) -> Piece:
    if not row.declared:
        return Piece("known by name only", Style.FAINT)
    if row.simulated == row.members:
        return Piece(f"{row.members} simulated")
    return Piece(f"{row.simulated} of {row.members} simulated")


# -- members ---------------------------------------------------------------------------------------


def members_to_json(sheets: Sequence[TypeSheet]) -> dict[str, Any]:
    return {"schema": "certgate/list-members/1", "types": [_sheet(sheet) for sheet in sheets]}


def _sheet(sheet: TypeSheet) -> dict[str, Any]:
    rows = (*sheet.own, *(row for _, base in sheet.inherited for row in base), *sheet.extensions)
    return {
        "name": sheet.type.name,
        "full_name": sheet.type.full_name,
        "kind": sheet.type.kind,
        "members": [
            {
                "name": row.name,
                "kind": row.kind,
                "signature": row.signature,
                "declared_by": row.owner,
                "allowed": row.allowed,
                "simulated": row.simulated,
            }
            for row in rows
        ],
    }


def members_to_page(sheets: Sequence[TypeSheet], columns: int = 80) -> Page:
    """A sheet a type. What the gateway allows and certgate has stands bare; all else is said at the left."""
    page = Page(columns)
    for sheet in sheets:
        page.blank()
        page.add(Piece(f"{sheet.type.kind} {sheet.type.name}", Style.LABEL), f"  {sheet.type.namespace}".rstrip())
        if not sheet.type.declared:
            word = "allows" if sheet.type.allowed else "refuses"
            page.add(f"  known by name only; the gateway {word} it")
        _grouped(page, sheet.own)
        for base, rows in sheet.inherited:
            page.blank()
            page.add(f"  of {base}")
            _rows(page, rows)
        if sheet.extensions:
            page.blank()
            page.add("  extension methods")
            _rows(page, sheet.extensions)
    return page


def _grouped(page: Page, rows: Sequence[Listed]) -> None:
    for kind, group in groupby(rows, key=lambda row: row.kind):
        page.blank()
        page.add(f"  {_TITLES[kind]}")
        if kind == "known":
            names = list(group)
            for allowed in (True, False):
                listed = ", ".join(row.name for row in names if row.allowed is allowed)
                if listed:
                    page.entry("" if allowed else "refused", listed, indent=2, column=COLUMN)
        else:
            _rows(page, tuple(group))


def _rows(page: Page, rows: Sequence[Listed]) -> None:
    for row in rows:
        page.entry(_mark(row), row.signature, indent=2, column=COLUMN)


def _mark(row: Listed) -> str:
    if not row.allowed and row.kind != "operator":
        return "refused"
    return "" if row.simulated else "not simulated"


# -- elements --------------------------------------------------------------------------------------


def elements_to_json(rows: Sequence[ElementRow]) -> dict[str, Any]:
    elements = [
        {"name": row.name, "sections": None if row.sections is None else list(row.sections), "treatment": row.treatment}
        for row in rows
    ]
    return {"schema": "certgate/list-elements/1", "elements": elements}


def elements_to_page(rows: Sequence[ElementRow], columns: int = 80) -> Page:
    page = Page(columns)
    page.aligned([[row.name, row.treatment, _sections(row)] for row in rows], indent=0)
    page.blank()
    page.add(f"{len(rows)} elements" if len(rows) != 1 else "1 element")
    return page


def _sections(row: ElementRow) -> str:
    if row.sections is None:
        return "sections not known"
    return ", ".join(row.sections) or "in no section"
