"""A service in ARM, Bicep and Terraform files: their policies by scope and name, files that they read included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.layouts import marked
from certgate.layouts.gathering import Gathering, key, unread
from certgate.layouts.inventory import Stored
from certgate.layouts.templates import is_template, pieces
from certgate.policy.declaration import Scope
from certgate.policy.derived import Building
from certgate.policy.named_values import HOLE

if TYPE_CHECKING:
    from certgate.core.finding import Finding
    from certgate.core.source import Source
    from certgate.layouts.inventory import Key
    from certgate.layouts.piece import Piece
    from certgate.layouts.value import Link
    from certgate.policy.derived import Derived

LAYOUT = "templates"

Parts = tuple[str, ...]

_UNNAMED = "unnamed"
"""Who owns a policy whose template does not write the name out."""


def gather(gathering: Gathering, files: list[Parts]) -> None:
    """The policies of all templates of a folder that say whose they are."""
    reader = _Reader(gathering)
    for parts in files:
        if is_template(parts[-1]) and not parts[-1].lower().endswith((".tpl", ".tmpl", ".tftpl", ".template")):
            reader.file(parts)
    reader.finish()


class _Reader:
    def __init__(self, gathering: Gathering) -> None:
        self._found = gathering
        self._unread: list[tuple[Piece, tuple[Finding, ...]]] = []
        """Policies whose text is not known, and why."""

    def file(self, parts: Parts) -> None:
        source = self._found.source(parts)
        if source is None:
            return
        try:
            found = pieces(source)
        except InputError as error:
            if b"ApiManagement" in source.data:
                self._found.notes += [*error.problems][:1]
            return
        for piece in found:
            if piece.said.scope is not None:
                self._piece(piece, parts)

    def finish(self) -> None:
        """SECURITY: a policy whose text is not known is there all the same, and what runs without it is not what the
        gateway runs. Where another file says the same policy in full that one counts."""
        for piece, why in self._unread:
            names, fragment = dict(piece.said.names), piece.said.scope == "fragment"
            if fragment:
                known = (names.get("workspace", ""), names.get("fragment", _UNNAMED)) in self._found.fragments
            else:
                known = self._key(names, piece.said.scope)[0] in self._found.policies
            if not known:
                self._put(piece, unread(piece.span.place(), why, fragment=fragment))

    def _piece(self, piece: Piece, parts: Parts) -> None:
        before = len(self._found.notes)
        stored = self._stored(piece, parts)
        if stored is not None:
            self._put(piece, stored)
        else:
            self._unread.append((piece, tuple(self._found.notes[before:])))

    def _put(self, piece: Piece, stored: Stored) -> None:
        names = dict(piece.said.names)
        if piece.said.scope == "fragment":
            self._found.fragment(names.get("workspace", ""), names.get("fragment", _UNNAMED), stored)
            return
        named, missing = self._key(names, piece.said.scope)
        for owner in missing:
            message = f"the template does not write out of which {owner} it is: taken as '{_UNNAMED}'"
            self._found.note("template-name", message, stored.place)
        self._found.policy(named, stored)

    @staticmethod
    def _key(names: dict[str, str], said: str | None) -> tuple[Key, list[str]]:
        """Whose policy it is, and the owners that the template does not write out."""
        scope = Scope(said or Scope.GLOBAL)
        owners = {
            "operation": ("api", "operation"),
            "api": ("api",),
            "product": ("product",),
            "workspace": ("workspace",),
        }
        missing = [owner for owner in owners.get(scope, ()) if owner not in names]
        return key(scope, names | dict.fromkeys(missing, _UNNAMED)), missing

    def _stored(self, piece: Piece, parts: Parts) -> Stored | None:
        """The text of a piece, out of the file that it names where it does; None, and a note, where there is none."""
        place = piece.span.place()
        if piece.text is not None:
            return Stored(piece.text, place, piece.notes)
        if piece.link is None:
            self._found.notes += piece.notes
            return None
        return self._linked(piece.link, parts, piece.notes)

    def _linked(self, link: Link, parts: Parts, notes: tuple[Finding, ...]) -> Stored | None:
        place = link.span.place()
        wanted = self._wanted(link.path, parts)
        if wanted is None:
            written = link.path.replace(HOLE, "…")
            self._found.note("template-file", f"not read: '{written}' is no file of this folder", place)
            return None
        source = self._found.source(wanted)
        if source is None:
            return None
        try:
            return self._filled(source, link, notes)
        except InputError as error:
            self._found.note(error.code, error.message, error.place or place)
            return None

    def _wanted(self, path: str, parts: Parts) -> Parts | None:
        """The file that a template reads. SECURITY: files of the service's own folder only, links followed."""
        if HOLE in path or "\0" in path:
            return None
        folder = self._found.folder.resolve()
        try:
            file = folder.joinpath(*parts[:-1], Path(path)).resolve()
            if file.is_file() and file.is_relative_to(folder):
                return file.relative_to(folder).parts
        except (OSError, RuntimeError):
            return None
        return None

    def _filled(self, source: Source, link: Link, notes: tuple[Finding, ...]) -> Stored:
        text = source.decode()
        place = Place(source.name)
        if link.variables:
            piece = marked.terraform(text, dict(link.filled))
            return Stored(piece.text or source, place, (*notes, *piece.notes))
        if not link.filled:
            return Stored(source, place, notes)
        building = Building(text)
        building.keep(0, len(text.text))
        filled: Derived = building.done()
        for old, new in link.filled:
            filled = _replaced(filled, old, new)
        return Stored(filled, place, notes)


def _replaced(text: Derived, old: str, new: str | None) -> Derived:
    """What a template puts in the place of a text of the file that it reads; it stands where that text stands."""
    building, at = Building(text), 0
    while old and (found := text.text.find(old, at)) >= 0:
        building.keep(at, found)
        building.replace(HOLE if new is None else new, found, found + len(old))
        at = found + len(old)
    building.keep(at, len(text.text))
    return building.done()
