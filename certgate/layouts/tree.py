"""The files of a folder that may say something of a service. Reads names only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILES = 50_000
"""SECURITY: the most files that are looked at; a folder may be a whole disk."""

MAX_DEPTH = 24
"""SECURITY: the deepest folder that is looked into."""

_ENDINGS = (
    *(".xml", ".cshtml", ".json", ".bicep", ".tf", ".tofu", ".hcl", ".tftpl", ".tpl", ".tmpl", ".template"),
    *(".yaml", ".yml"),
)
_LEFT_OUT = {"node_modules", "bin", "obj", "__pycache__", "venv"}


def files(folder: Path) -> list[tuple[str, ...]]:
    """The files below a folder, each as the names on the way, in order. Hidden folders are left out, links to
    folders are not followed, and links that lead out of it are no files of it.

    Raises InputError ``folder-missing``, ``folder-too-large``.
    """
    if not folder.is_dir():
        kind = "is a file, not a folder" if folder.exists() else "no such folder"
        raise InputError(kind, code="folder-missing", place=Place(str(folder)))
    found: list[tuple[str, ...]] = []
    for parts in _walk(folder):
        found.append(parts)
        if len(found) > MAX_FILES:
            raise InputError(
                f"holds more than {MAX_FILES:,} files: name the folder of the service",
                code="folder-too-large",
                place=Place(str(folder)),
            )
    return sorted(found)


def _walk(folder: Path) -> Iterator[tuple[str, ...]]:
    for here, folders, names in os.walk(folder):
        below = Path(here).relative_to(folder).parts
        keep = [name for name in folders if not name.startswith(".") and name.lower() not in _LEFT_OUT]
        folders[:] = keep if len(below) < MAX_DEPTH else []
        known = (name for name in names if name.lower().endswith(_ENDINGS))
        yield from ((*below, name) for name in known if _inside(Path(here, name), folder))


def _inside(file: Path, folder: Path) -> bool:
    """Does a file stand in the folder? SECURITY: a link in a repository may lead anywhere."""
    if not file.is_symlink():
        return True
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False
