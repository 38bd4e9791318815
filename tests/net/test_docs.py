"""docs/network.md against the program: every figure of its tables is the one that holds."""

from __future__ import annotations

import re
from pathlib import Path

from certgate.core.world import World
from certgate.net.cache import VARIABLE, Room
from certgate.net.fetcher import MAX_REDIRECTS, Limits
from certgate.net.guard import MAX_URL, PRIVATE_OPTION
from certgate.net.reply import REDIRECTS

TEXT = (Path(__file__).parents[2] / "docs" / "network.md").read_text(encoding="utf-8")


def test_the_limits() -> None:
    """Those of one answer, and those of a run."""
    rows = dict(re.findall(r"^\| ([^|]+?)(?:,[^|]*|:[^|]*)? \| (\d+)", TEXT, re.MULTILINE))
    limits, world = Limits(), World()
    assert {name: int(value) for name, value in rows.items()} == {
        "time for one answer": world.timeout,
        "size of one answer": world.max_size,
        "redirects for one address": MAX_REDIRECTS,
        "addresses asked in one run": limits.fetches,
        "bytes read in one run": limits.bytes,
        "seconds waited in one run": limits.seconds,
        "length of an address": MAX_URL,
    }


def test_the_cache() -> None:
    """Its room and its variable."""
    room = Room()
    assert f"at most {room.entry} bytes, all together {room.total} bytes and {room.entries} entries" in TEXT
    assert f"`{VARIABLE}`" in TEXT


def test_redirects_and_options() -> None:
    """The statuses that are followed, and the option that lifts the guard."""
    assert sorted(REDIRECTS) == [300, 301, 302, 303, 307, 308]
    assert "300 to 303, 307 and 308" in TEXT
    assert f"`{PRIVATE_OPTION}` lifts" in TEXT
