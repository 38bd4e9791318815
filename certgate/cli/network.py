"""What certgate itself may fetch in a run: from settings to a world, who is asked, what is told of it and recorded.

Loads nothing of the network until an address is to be asked.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certgate.config import MAX_SECONDS
from certgate.core.errors import InputError, UsageError
from certgate.core.excerpt import visible
from certgate.core.source import Place
from certgate.core.value import replace
from certgate.report.page import fit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from certgate.config import Settings
    from certgate.core.fetch import Answer, Fresh, Kind, Recorded
    from certgate.core.world import World
    from certgate.net.fetcher import WorldFetcher


def given(
    online: bool | None,
    responses: str | None,
    timeout: float | None,
    max_size: int | None,
    allow_private_network: bool | None,
) -> dict[str, Any]:
    """The options of one command line as members of Settings. Raises UsageError ``value-unknown``."""
    # Also refuses NaN, of which every comparison is false.
    if timeout is not None and not 0 < timeout <= MAX_SECONDS:
        raise UsageError(
            f"--timeout: {timeout:g} is no number of seconds above 0 and at most {MAX_SECONDS}", code="value-unknown"
        )
    if max_size is not None and max_size <= 0:
        raise UsageError(f"--max-size: {max_size} is no number of bytes above 0", code="value-unknown")
    return {
        "online": online,
        "responses": responses,
        "timeout": timeout,
        "max_size": max_size,
        "allow_private_network": allow_private_network,
    }


class Network:
    """The network of one run: what the settings allow, and what came of it.

    Raises UsageError ``record-offline``, ``record-responses`` for a `record` that nothing would be written to, and
    InputError ``file-unwritable`` for one that cannot be written.
    """

    def __init__(self, settings: Settings, record: str | None) -> None:
        self._settings = settings
        self._record = Path(record) if record is not None else None
        self._fetcher: _Watched | None = None
        if self._record is None:
            return
        if settings.responses is not None:
            raise UsageError(
                "--record: with recorded answers nothing is fetched that could be recorded",
                code="record-responses",
                hint="leave --responses out, and 'responses' of [network] in certgate.toml",
            )
        if not settings.online:
            raise UsageError(
                "--record needs --online", code="record-offline", hint="offline there is nothing to record"
            )
        _check_writable(self._record)

    def world(self, world: World) -> World:
        """The world with what may be fetched in it. Raises InputError for recorded answers that cannot be read."""
        settings = self._settings
        limits = {
            name: value
            for name in ("timeout", "max_size", "allow_private_network")
            if (value := getattr(settings, name)) is not None
        }
        world = replace(world, online=bool(settings.online), **limits)
        if settings.responses is not None:
            from certgate.net import responses

            world = replace(world, responses=responses.read(settings.responses))
        self._fetcher = _Watched(world, _progress() if settings.online and settings.responses is None else None)
        return replace(world, fetcher=self._fetcher)

    def finish(self) -> None:
        """Write the file of ``--record``, and say on stderr what came of it. Raises InputError ``file-unwritable``."""
        fetcher = self._fetcher.inner if self._fetcher is not None else None
        for note in fetcher.notes if fetcher is not None else ():
            _tell(f"note: {note}")
        if self._record is None:
            return
        from certgate.files import write

        write(self._record, (fetcher.recorded() if fetcher is not None else "{}\n").encode())
        count = len(fetcher.answered) if fetcher is not None else 0
        _tell(f"recorded {count} answer{'' if count == 1 else 's'} in {self._record}")
        for url in fetcher.left_out if fetcher is not None else ():
            _tell(f"  not {url}: what it answers is not known; a replay takes it for 404")


def _tell(text: str) -> None:
    print(visible(text), file=sys.stderr)  # noqa: T201


def _check_writable(path: Path) -> None:
    """So that a run is not in vain: the folder of a file to write, or the nearest one above it, can be written to."""
    if path.is_dir():
        raise InputError("is a folder, not a file", code="file-unwritable", place=Place(str(path)))
    above = next((folder for folder in path.absolute().parents if folder.exists()), None)
    if above is None or not above.is_dir() or not os.access(above, os.W_OK):
        reason = f"cannot be written: {above} is no folder that takes files"
        raise InputError(reason, code="file-unwritable", place=Place(str(path)))


class _Progress:
    """One short line on a terminal while an address is asked; it is gone afterwards."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._count = 0

    @contextmanager
    def about(self, url: str) -> Iterator[None]:
        self._count += 1
        room = max(20, shutil.get_terminal_size().columns - 1)
        # SECURITY: the address comes from a certificate, hence from a stranger.
        line = f"asking {fit(visible(url), room - 7 - len(f' ({self._count})'))} ({self._count})"
        self._write(line)
        try:
            yield
        finally:
            self._write(f"\r{' ' * len(line)}\r")

    def _write(self, text: str) -> None:
        # A terminal that goes away does not end the run.
        with suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()


def _progress() -> _Progress | None:
    stream = sys.stderr
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return None
    return _Progress(stream)


class _Watched:
    """The fetcher of a world, made when it is first asked; tells of its questions. `inner` is None before that."""

    def __init__(self, world: World, progress: _Progress | None) -> None:
        self.inner: WorldFetcher | None = None
        self._world = world
        self._progress = progress
        self._told: set[str] = set()

    def ask(self, url: str, kind: Kind, *, trusted: bool, fresh: Fresh) -> Answer:
        if self._progress is None or url in self._told:
            return self._asker.ask(url, kind, trusted=trusted, fresh=fresh)
        self._told.add(url)
        with self._progress.about(url):
            return self._asker.ask(url, kind, trusted=trusted, fresh=fresh)

    def kept(self, url: str, kind: Kind) -> Answer | None:
        return self._asker.kept(url, kind)

    def listed(self, url: str) -> Recorded | None:
        return None if self._world.responses is None else self._asker.listed(url)

    @property
    def _asker(self) -> WorldFetcher:
        if self.inner is None:
            from certgate.net.fetcher import fetcher_of

            world = self._world
            if world.responses is None:
                from certgate.net.cache import user_folder

                world = replace(world, cache=user_folder(os.environ))
            self.inner = fetcher_of(world)
        return self.inner
