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
_LEAST = 30
"""The columns that a sentence needs beside a name; else it stands below."""

SCOPES, GATEWAYS = 5, 5
"""How many scopes and kinds of gateway there are."""

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
    """A policy element: where it may stand and on which gateways it is (None: not known), what it does, and what
    certgate does with it."""

    name: str
    sections: tuple[str, ...] | None
    scopes: tuple[str, ...] | None
    gateways: tuple[str, ...] | None
    treatment: str
    does: str
    deviations: tuple[str, ...] = ()
    page: str | None = None


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
        {
            "name": row.name,
            "sections": row.sections,
            "scopes": row.scopes,
            "gateways": row.gateways,
            "treatment": row.treatment,
            "does": row.does,
            "deviations": row.deviations,
            "page": row.page,
        }
        for row in rows
    ]
    return {"schema": "certgate/list-elements/1", "elements": elements}


def elements_to_page(rows: Sequence[ElementRow], columns: int = 80) -> Page:
    """A line an element: what it does, and whether certgate does it."""
    page = Page(columns)
    widest = max(len(row.name) for row in rows) + 2
    for row in rows:
        says = row.does if row.treatment == "simulated" else f"{row.treatment}: {row.does}"
        if widest + _LEAST <= columns:
            page.entry(row.name, says, indent=0, column=widest)
        else:
            page.add(Piece(row.name, Style.LABEL))
            page.paragraph(says, indent=2)
    page.blank()
    page.paragraph(f"{_count(rows)}; certgate list elements NAME says all of one")
    return page


def sheets_to_page(rows: Sequence[ElementRow], columns: int = 80) -> Page:
    """All that is known of each element."""
    page = Page(columns)
    for row in rows:
        page.blank()
        page.add(Piece(row.name, Style.LABEL), f"  {row.treatment}")
        for label, text in (
            ("does", row.does),
            ("sections", placed(row.sections)),
            ("scopes", placed(row.scopes, SCOPES)),
            ("gateways", placed(row.gateways, GATEWAYS)),
        ):
            page.entry(label, text, column=12)
        # Never broken, so that a terminal can open it.
        page.add(Piece("  page".ljust(12), Style.LABEL), row.page or "none")
        for at, text in enumerate(row.deviations):
            page.entry("otherwise" if at == 0 else "", text, column=12)
    page.blank()
    page.add(_count(rows))
    return page


def placed(names: tuple[str, ...] | None, every: int | None = None) -> str:
    """Names in a row; a word where they are all of them, none, or not known."""
    if names is None:
        return "not known"
    if len(names) == every:
        return "all"
    return ", ".join(names) or "none"


def _count(rows: Sequence[ElementRow]) -> str:
    return f"{len(rows)} elements" if len(rows) != 1 else "1 element"
