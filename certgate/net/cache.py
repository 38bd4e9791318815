"""What was fetched before, kept in a folder or in a mapping: one entry an address, a line about it and then its body.

Whether an entry may stand in for a new answer is not known here. An entry that is unreadable, foreign or broken off
counts as none, and is replaced. Safe for runs side by side: an entry appears whole or not at all.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from certgate.core.fetch import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping
    from datetime import datetime

VARIABLE = "CERTGATE_CACHE"
"""The environment variable that names the folder of the command line."""

_HEADER_LIMIT = 16 * 1024
_NAME = re.compile(r"[0-9a-f]{64}\.fetched")
_LEFT_OVER = re.compile(r"\.[0-9a-f]{64}\.fetched\..+")
"""A file that a run which was killed had begun to write."""
_ABANDONED = 3600
"""Seconds after which such a file is nobody's any more."""
_VERSION = 1
_STATUSES = range(100, 1000)
_YEARS = range(1970, 9000)
"""When something may have been fetched: some days can be added to each moment."""


class Room(NamedTuple):
    """How much a cache takes: `entry` is the largest body, in bytes, that is kept; beyond `total` bytes or `entries`
    the oldest leave."""

    entry: int = 64 * 1024 * 1024
    total: int = 512 * 1024 * 1024
    entries: int = 4096


class Kept(NamedTuple):
    """One entry: what an address answered, and when."""

    url: str
    kind: str
    fetched: datetime
    status: int
    body: bytes


def user_folder(environment: Mapping[str, str]) -> str | None:
    """The user's cache folder; ``CERTGATE_CACHE`` of the environment wins. None for a user without a home."""
    if named := environment.get(VARIABLE):
        return named
    # Imported here: who names the folder does not need it.
    from platformdirs import user_cache_path

    try:
        path = user_cache_path("certgate", appauthor=False)
    except RuntimeError:
        return None
    # Older releases say "~" to the letter instead: a folder of that name would appear in the current one.
    return str(path) if path.is_absolute() else None


class Cache:
    """Entries by address and kind."""

    def __init__(self, place: str | os.PathLike[str] | MutableMapping[str, bytes], room: Room | None = None) -> None:
        self._room = room or Room()
        self._count, self._total = self._room.entries, 0
        largest = self._room.entry + _HEADER_LIMIT
        self._shelf: _Shelf
        if isinstance(place, str | os.PathLike):
            self._shelf = _Folder(Path(place), largest)
        else:
            self._shelf = _Memory(place)

    def find(self, url: str, kind: str) -> Kept | None:
        """What is kept for an address; None when nothing, or nothing that can be read."""
        kept = _unpacked(self._shelf.get(_name(url, kind)))
        return kept if kept is not None and (kept.url, kept.kind) == (url, kind) else None

    def keep(self, kept: Kept) -> None:
        """Keep an answer, in place of an older one. Raises InputError ``file-unwritable``."""
        if len(kept.body) > self._room.entry:
            return
        name = _name(kept.url, kept.kind)
        self._shelf.put(name, _packed(kept))
        self._count, self._total = self._count + 1, self._total + len(kept.body)
        if self._count > self._room.entries or self._total > self._room.total:
            self._make_room(name)

    def _make_room(self, newest: str) -> None:
        """Drop the oldest entries, and some more than need be: it has to look at all of them."""
        self._count = self._total = 0
        for entry in sorted(self._shelf.sizes(), key=lambda entry: (entry.name != newest, entry.age)):
            full = self._count >= self._room.entries * 0.9 or self._total + entry.size > self._room.total * 0.9
            if full and entry.name != newest:
                self._shelf.drop(entry.name)
            else:
                self._count, self._total = self._count + 1, self._total + entry.size

    def entries(self) -> Iterator[Kept]:
        """All entries that can be read, in no order."""
        for entry in list(self._shelf.sizes()):
            kept = _unpacked(self._shelf.get(entry.name))
            if kept is not None and _name(kept.url, kept.kind) == entry.name:
                yield kept

    def clear(self, before: datetime | None = None) -> int:
        """Delete all entries, or those fetched before a moment; broken ones always. Gives their number.

        SECURITY: only what certgate itself named is deleted, whatever else lies in the folder.
        """
        count = 0
        for entry in list(self._shelf.sizes()):
            kept = _unpacked(self._shelf.get(entry.name)) if before is not None else None
            if kept is None or before is None or kept.fetched < before:
                count += self._shelf.drop(entry.name)
        return count


def _name(url: str, kind: str) -> str:
    import hashlib

    return f"{hashlib.sha256(f'{kind} {url}'.encode()).hexdigest()}.fetched"


def _packed(kept: Kept) -> bytes:
    import json

    about = {
        "certgate": _VERSION,
        "url": kept.url,
        "kind": kept.kind,
        "fetched": kept.fetched.isoformat(),
        "status": kept.status,
        "size": len(kept.body),
    }
    return json.dumps(about).encode() + b"\n" + kept.body


def _unpacked(data: bytes | None) -> Kept | None:
    """The entry in these bytes, None where they are none, or not all of it."""
    if data is None or not data.startswith(b'{"certgate": '):
        return None
    import json
    from datetime import UTC, datetime

    end = data.find(b"\n", 0, _HEADER_LIMIT)
    try:
        about = json.loads(data[: max(0, end)])
        fetched = datetime.fromisoformat(about["fetched"])
        # SECURITY: whoever wrote this may not have been certgate.
        sound = (
            (about["certgate"], about["size"]) == (_VERSION, len(data) - end - 1)
            and isinstance(about["url"], str)
            and about["kind"] in tuple(Kind)
            and about["status"] in _STATUSES
            and fetched.tzinfo is not None
            and fetched.year in _YEARS
        )
        if not sound:
            return None
        return Kept(about["url"], about["kind"], fetched.astimezone(UTC), int(about["status"]), data[end + 1 :])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


class _Entry(NamedTuple):
    """What a shelf knows of an entry without reading it: `age` grows with it, the unit is the shelf's own."""

    name: str
    age: float
    size: int


class _Shelf(Protocol):
    """Where entries stand."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, data: bytes) -> None: ...

    def drop(self, name: str) -> bool: ...

    def sizes(self) -> Iterator[_Entry]: ...


class _Memory:
    """Entries in a mapping; the last put is the youngest."""

    def __init__(self, mapping: MutableMapping[str, bytes]) -> None:
        self._mapping = mapping

    def get(self, name: str) -> bytes | None:
        data = self._mapping.get(name)
        return data if isinstance(data, bytes) else None

    def put(self, name: str, data: bytes) -> None:
        self._mapping.pop(name, None)
        self._mapping[name] = data

    def drop(self, name: str) -> bool:
        return self._mapping.pop(name, None) is not None

    def sizes(self) -> Iterator[_Entry]:
        for place, (name, data) in enumerate(list(self._mapping.items())):
            if _NAME.fullmatch(name):
                yield _Entry(name, -place, len(data))


def _opened(path: str, flags: int) -> int:
    for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY"):
        flags |= getattr(os, flag, 0)
    return os.open(path, flags)


class _Folder:
    """Entries as files of a folder that only its owner may enter.

    SECURITY: no link is followed and nothing but a plain file is read, whoever put it there.
    """

    def __init__(self, path: Path, largest: int) -> None:
        self._path = path
        self._largest = largest

    def get(self, name: str) -> bytes | None:
        path = self._path / name
        try:
            if not hasattr(os, "O_NOFOLLOW") and path.is_symlink():
                return None
            with open(path, "rb", opener=_opened) as stream:
                about = os.fstat(stream.fileno())
                if not stat.S_ISREG(about.st_mode) or about.st_size > self._largest:
                    return None
                return stream.read(self._largest)
        except (OSError, ValueError):
            return None

    def put(self, name: str, data: bytes) -> None:
        from certgate.files import write

        with suppress(OSError):
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(self._path / name, data, private=True)
        self._sweep(name)

    def drop(self, name: str) -> bool:
        try:
            (self._path / name).unlink()
        except OSError:
            # Another run was faster, or Windows has it open: it goes another time.
            return False
        return True

    def sizes(self) -> Iterator[_Entry]:
        for name, about in self._files(_NAME):
            yield _Entry(name, -about.st_mtime, about.st_size)

    def _files(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, os.stat_result]]:
        with suppress(OSError), os.scandir(self._path) as files:
            for file in files:
                with suppress(OSError):
                    if pattern.fullmatch(file.name) and not file.is_dir(follow_symlinks=False):
                        yield file.name, file.stat(follow_symlinks=False)

    def _sweep(self, written: str) -> None:
        """Remove what killed runs left; the file just written tells the time of the file system."""
        with suppress(OSError):
            now = (self._path / written).stat().st_mtime
            for name, about in self._files(_LEFT_OVER):
                if about.st_mtime < now - _ABANDONED:
                    self.drop(name)
