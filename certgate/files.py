"""From what a user typed to Sources, and from bytes to files: globs, standard input, atomic writes."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from certgate.core.errors import InputError
from certgate.core.source import MAX_BYTES, Place, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STDIN = "-"
_FETCHED = frozenset({"node_modules"})
"""Folders of other people's files."""


def names(arguments: Iterable[str]) -> list[str]:
    """The files that the arguments name: a glob becomes the files it matches, sorted; ``-`` and plain names stay.

    Raises InputError ``glob-empty`` for a glob that matches nothing.
    """
    found: dict[str, None] = {}
    for argument in arguments:
        # A file whose name holds [ or * is itself before it is a pattern.
        plain = argument == STDIN or os.path.exists(argument)  # noqa: PTH110 - never raises
        found.update(dict.fromkeys([argument] if plain else _matches(argument)))
    return list(found)


def below(arguments: Iterable[str], wanted: Callable[[str], bool]) -> dict[str, bool]:
    """The files that the arguments name, and those below the folders among them whose names are `wanted`; each with
    whether a user named it. Hidden folders and what package managers fetch are left out; links are not followed.

    Raises InputError ``glob-empty`` as :func:`names` does, ``folder-empty`` for a folder without any such file.
    """
    found: dict[str, bool] = {}
    for argument in arguments:
        if argument == STDIN or not os.path.isdir(argument):  # noqa: PTH112 - never raises
            found.update((name, argument == name) for name in names([argument]) if not found.get(name))
            continue
        files = [name for name in _walk(argument) if wanted(name)]
        if not files:
            raise InputError("no file below it may hold a policy", code="folder-empty", place=Place(argument))
        found.update((name, False) for name in files if name not in found)
    return found


def _walk(folder: str) -> Iterator[str]:
    """All files below a folder, in order; the paths begin with the folder as it was typed."""
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _FETCHED)
        for name in sorted(files):
            yield os.path.join(path, name)  # noqa: PTH118 - as it was typed, "./x" stays "./x"


def _matches(pattern: str) -> list[str]:
    """The files that a glob matches: shells on Windows leave globs to the program. Other names stay as they are."""
    # Imported here: names of files, which shells mostly give, do not need it.
    import glob

    if not glob.has_magic(pattern):
        return [pattern]
    matches = sorted(match for match in glob.glob(pattern, recursive=True) if Path(match).is_file())  # noqa: PTH207 - relative or absolute alike
    if not matches:
        raise InputError("no file matches", code="glob-empty", place=Place(pattern))
    return matches


def read(name: str, stdin: BinaryIO | None = None, limit: int = MAX_BYTES) -> Source:
    """The source of that name; ``-`` is standard input. Raises InputError as :meth:`Source.read` does."""
    if name != STDIN:
        return Source.read(name, limit)
    stream = stdin or sys.stdin.buffer
    return Source(name, stream.read(limit + 1)).within(limit)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, whole or not at all.

    Raises InputError ``file-exists``, ``file-unwritable``.
    """
    with _written(path, data) as temporary:
        try:
            # A hard link fails when the name is taken: no moment between the test and the writing.
            os.link(temporary, path)
        except FileExistsError:
            raise InputError(
                "exists already; nothing was written", code="file-exists", place=Place(str(path))
            ) from None
        except OSError:
            _write_exclusively(path, data)


def write(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write or replace a file, whole or not at all; only its owner may read a `private` one.

    Raises InputError ``file-unwritable``.
    """
    with _written(path, data, 0o600 if private else 0o644) as temporary:
        try:
            temporary.replace(path)
        except OSError as error:
            raise _unwritable(path, error) from None


def _write_exclusively(path: Path, data: bytes) -> None:
    """For file systems without hard links."""
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        raise InputError("exists already; nothing was written", code="file-exists", place=Place(str(path))) from None
    except OSError as error:
        raise _unwritable(path, error) from None


@contextlib.contextmanager
def _written(path: Path, data: bytes, mode: int = 0o644) -> Iterator[Path]:
    """A temporary file beside `path` that holds `data`; it is gone afterwards, whatever happens."""
    # Imported here: most commands write nothing, and it brings the random numbers along.
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Cut, since the name is made longer, and no system takes names of any length.
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    temporary = Path(name)
    try:
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                # mkstemp makes files that only the owner reads; most of what is written here is public. SECURITY: by
                # the open file, since in a folder of many another may stand under its name by now.
                if hasattr(os, "fchmod"):
                    os.fchmod(handle, mode)
        except OSError as error:
            raise _unwritable(path, error) from None
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot be written: {error.strerror}", code="file-unwritable", place=Place(str(path)))
