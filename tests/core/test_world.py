"""The moment and the zone of an evaluation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from certgate.core.errors import UsageError
from certgate.core.world import World, moment

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", "2026-03-01T00:00:00+00:00"),
        ("2026-03-01T10:20:30", "2026-03-01T10:20:30+00:00"),
        ("2026-03-01T10:20:30Z", "2026-03-01T10:20:30+00:00"),
        ("2026-03-01T10:20:30+02:00", "2026-03-01T08:20:30+00:00"),
        (" 20260301T102030Z ", "2026-03-01T10:20:30+00:00"),
        ("+30d", "2026-03-31T12:00:00+00:00"),
        ("-1h", "2026-03-01T11:00:00+00:00"),
        ("+90m", "2026-03-01T13:30:00+00:00"),
        ("-2w", "2026-02-15T12:00:00+00:00"),
        ("+1y", "2027-03-01T12:00:00+00:00"),
        ("+5s", "2026-03-01T12:00:05+00:00"),
    ],
)
def test_a_moment_is_iso_or_relative(text: str, expected: str) -> None:
    """ISO 8601 without an offset is UTC; relative times count from now."""
    assert moment(text, NOW).isoformat() == expected


@pytest.mark.parametrize("text", ["", "tomorrow", "30d", "+d", "2026-13-01", "+999999y", "1767225600", "+٣d"])
def test_what_is_no_moment_is_a_usage_error(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError) as caught:
        moment(text, NOW)
    assert caught.value.code == "time-invalid"


def test_a_world_keeps_its_moment_in_utc() -> None:
    """A naive moment is taken as UTC."""
    assert World(datetime(2026, 3, 1)).now == datetime(2026, 3, 1, tzinfo=UTC)  # noqa: DTZ001 - the case itself


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "", "Europe"])
def test_an_unknown_zone_is_a_usage_error(name: str) -> None:
    """A zone is an IANA name."""
    with pytest.raises(UsageError) as caught:
        World(NOW, name)
    assert caught.value.code == "timezone-unknown"


@pytest.mark.parametrize(
    "limits",
    [{"timeout": 0}, {"timeout": -1}, {"timeout": float("nan")}, {"timeout": float("inf")}, {"max_size": 0}],
    ids=str,
)
def test_limits_that_are_none(limits: dict[str, Any]) -> None:
    """A fetch ends, and reads something."""
    with pytest.raises(UsageError) as caught:
        World(NOW, **limits)
    assert caught.value.code == "limit-invalid"
