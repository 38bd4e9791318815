"""``certgate effective``: the policy in force, each element with its origin; and what a folder was taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import field, frozen
from certgate.report.json_ import dump
from certgate.report.page import Page, Piece, Style, fit, one_line, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from certgate.core.finding import Finding
    from certgate.core.source import Place

SECTIONS = ("inbound", "backend", "outbound", "on-error")


@frozen
class Item:
    """An element that runs, or a part of one. `start`: its start tag; `text`: what stands in it; `fragment`: the id of
    the fragment that it comes from, empty for none; `policy`: it is a policy, no part of one."""

    element: str
    path: str
    scope: str
    place: Place
    start: str
    text: str | None = None
    fragment: str = ""
    policy: bool = True
    children: tuple[Item, ...] = ()

    @property
    def shown(self) -> bool:
        """Is it a policy, or are there policies in it?"""
        return self.policy or any(child.shown for child in self.children)


@frozen
class Lost:
    """Policies of the scopes `scopes` that do not run: the document of scope `by` has no ``<base />`` there."""

    scopes: tuple[str, ...]
    by: str
    file: str


@frozen
class Part:
    """One section."""

    section: str
    items: tuple[Item, ...] = ()
    lost: tuple[Lost, ...] = ()


@frozen
class InForce:
    """The policy in force. `names`: the API, operation, product and workspace that were asked for; `documents`: the
    document of each scope; `said`: what had to be decided; `recognised`: files of a folder and what they were taken
    for; `catalogue`: nothing was asked for, so that list is the answer; `markup`: the policy as a document."""

    folder: str | None
    layout: str | None
    names: dict[str, str | None]
    documents: tuple[tuple[str, Place], ...] = ()
    parts: tuple[Part, ...] = ()
    said: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()
    recognised: tuple[tuple[str, str], ...] = ()
    catalogue: bool = False
    markup: str = field(default="", repr=False)


# -- for people --------------------------------------------------------------------------------------------------------


def to_page(found: InForce, columns: int = 80) -> Page:
    page = Page(columns)
    if found.catalogue:
        _catalogue(page, found)
    else:
        _title(page, found)
        for part in found.parts:
            _part(page, part, found)
    _notes(page, found)
    return page


def _title(page: Page, found: InForce) -> None:
    asked = [f"{name} {value}" for name, value in found.names.items() if value]
    page.paragraph(f"in force for {', '.join(asked)}" if asked else "in force", hang=2)
    for scope, place in found.documents:
        page.entry(scope, _where(place), column=14)
    for sentence in found.said:
        page.paragraph(sentence, indent=2, hang=2, style=Style.FAINT)


def _where(place: Place) -> str:
    """A whole file by its name, a part of one with its place."""
    return place.file if (place.line, place.column) in {(1, 1), (None, None)} else str(place)


def _part(page: Page, part: Part, found: InForce) -> None:
    page.blank()
    page.add(Piece(part.section, Style.LABEL))
    for lost in part.lost:
        page.paragraph(
            f"{' and '.join(lost.scopes)} {part.section} does not run here: {lost.file} {part.section} has no <base />",
            indent=2,
            hang=2,
            style=Style.OPEN,
        )
    if not part.items:
        page.add(Piece("  nothing runs", Style.FAINT))
    origin = ""
    for item, depth in _walk(part.items, 0):
        if _origin(item) != origin:
            origin = _origin(item)
            page.paragraph(origin, indent=2, hang=2, style=Style.FAINT)
        _item(page, item, depth)


def _walk(items: Sequence[Item], depth: int) -> Iterator[tuple[Item, int]]:
    for item in items:
        if item.shown:
            yield item, depth
            yield from _walk(item.children, depth + 1)


def _origin(item: Item) -> str:
    source = f"{item.scope}, fragment {item.fragment}" if item.fragment else item.scope
    return f"{source} · {item.place.file}"


def _item(page: Page, item: Item, depth: int) -> None:
    number = str(item.place.line or "").rjust(6)
    start = one_line(item.start)
    if item.text is not None and not item.children:
        start += f"{one_line(item.text)}</{item.element}>"
    # However deep it stands, there is room for its name.
    indent = "  " * min(depth, max(0, (page.width - 40) // 2))
    page.add(Piece(f"{number}  ", Style.FAINT), indent + fit(start, max(12, page.width - width(indent) - 8)))


def _catalogue(page: Page, found: InForce) -> None:
    page.paragraph(f"{found.folder}: {found.layout}", hang=2)
    page.blank()
    front = f"{(found.folder or '').rstrip('/')}/"
    rows = [(what, file.removeprefix(front)) for file, what in found.recognised]
    column = max((width(what) for what, _ in rows), default=0)
    if all(column + width(file) + 4 <= page.width for _, file in rows):
        page.aligned(rows)
        rows = []
    for what, file in rows:
        page.paragraph(what, indent=2, hang=2)
        page.paragraph(file, indent=6, style=Style.FAINT)
    if found.folder is not None:
        page.blank()
        page.paragraph(f"try  certgate effective {found.folder} --api NAME --operation NAME", hang=5)


def _notes(page: Page, found: InForce) -> None:
    if found.notes:
        page.blank()
    for note in found.notes:
        page.paragraph(f"note: {note}", hang=2, style=Style.FAINT)


# -- for machines ------------------------------------------------------------------------------------------------------


def to_json(found: InForce) -> str:
    document = {
        "schema": "certgate/effective/1",
        "folder": found.folder,
        "layout": found.layout,
        **{name: found.names.get(name) for name in ("api", "operation", "product", "workspace")},
        "documents": [{"scope": scope, **_place(place)} for scope, place in found.documents],
        "sections": [_section(part) for part in found.parts],
        "said": list(found.said),
        "recognised": [{"file": file, "what": what} for file, what in found.recognised],
        "notes": [{"code": note.code, "message": note.message, **_place(note.place)} for note in found.notes],
    }
    return dump(document)


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"file": None, "line": None, "column": None}
    return {"file": place.file, "line": place.line, "column": place.column}


def _section(part: Part) -> dict[str, Any]:
    return {
        "section": part.section,
        "elements": [_element(item) for item in part.items],
        "dropped": [{"scopes": list(lost.scopes), "by": lost.by, "file": lost.file} for lost in part.lost],
    }


def _element(item: Item) -> dict[str, Any]:
    return {
        "element": item.element,
        "path": item.path,
        "scope": item.scope,
        "fragment": item.fragment or None,
        **_place(item.place),
        "start": item.start,
        "text": item.text,
        "policy": item.policy,
        "elements": [_element(child) for child in item.children],
    }
