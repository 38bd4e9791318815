"""DateTime, DateTimeOffset and TimeSpan away from the recorded rows: other zones, the present moment, bad texts."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.csharp.dotnet.evaluation import run, thrown

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('DateTime.UtcNow.ToString("o")', "2026-03-01T10:20:30.0000000Z"),
        ('DateTime.Now.ToString("o")', "2026-03-01T11:20:30.0000000+01:00"),
        ('DateTime.Today.ToString("s")', "2026-03-01T00:00:00"),
        ('DateTime.Parse("2026-07-01T12:00:00Z").ToString("o")', "2026-07-01T14:00:00.0000000+02:00"),
        ('DateTime.Parse("10:20").ToString("s")', "2026-03-01T10:20:00"),
        ('new DateTimeOffset(new DateTime(2026, 7, 1)).ToString("o")', "2026-07-01T00:00:00.0000000+02:00"),
        ('new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Local).ToString("%K")', "+02:00"),
        ('new DateTime(2026, 7, 1).ToUniversalTime().ToString("o")', "2026-06-30T22:00:00.0000000Z"),
        ('TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin").GetUtcOffset(DateTime.UtcNow).ToString()', "01:00:00"),
    ],
)
def test_gateway_zone(text: str, value: str) -> None:
    """Local times are those of the gateway's zone."""
    assert run(text, zone=BERLIN) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("March 1, 2026", "2026-03-01T00:00:00"),
        ("2026/3/1 5:06 pm", "2026-03-01T17:06:00"),
        ("12:00 AM 1/2/2026", "2026-01-02T00:00:00"),
        ("Mar 2026", "2026-03-01T00:00:00"),
        ("2026 Mar 5", "2026-03-05T00:00:00"),
        ("3/4", "2026-03-04T00:00:00"),
        ("1.2.2026", "2026-01-02T00:00:00"),
        (" 2026-03-01 ", "2026-03-01T00:00:00"),
        ("01-Mar-2026 08:09", "2026-03-01T08:09:00"),
    ],
)
def test_parse(text: str, value: str) -> None:
    """The month stands first, names are English, what is missing comes from today."""
    assert run(f'DateTime.Parse("{text}").ToString("s")') == value


@pytest.mark.parametrize(
    "text", ["2026-02-30", "5", "2026", "1/2/3/4", "13/13/2026", "10:20 11:30", "1 2026 Mar 4", "12345-1-1"]
)
def test_parse_fails(text: str) -> None:
    """Anything else is a FormatException."""
    assert thrown(f'DateTime.Parse("{text}")')[0] == "System.FormatException"


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (
            "DateTime.MaxValue.AddDays(1)",
            "The added or subtracted value results in an un-representable DateTime. (Parameter 'value')",
        ),
        (
            "DateTime.MinValue - TimeSpan.FromDays(1)",
            "The added or subtracted value results in an un-representable DateTime. (Parameter 't')",
        ),
        (
            "new DateTime(2026, 1, 1).AddYears(8000)",
            "The added or subtracted value results in an un-representable DateTime. (Parameter 'value')",
        ),
    ],
)
def test_bounds(call: str, error: str) -> None:
    """Nothing leaves the calendar from year 1 to 9999."""
    assert thrown(call) == ("System.ArgumentOutOfRangeException", error)


@pytest.mark.parametrize(
    ("text", "value"),
    [("10", "10.00:00:00"), ("1:2:3:4", "1.02:03:04"), ("-0:0:1.5", "-00:00:01.5000000"), ("1.2:3", "1.02:03:00")],
)
def test_timespan_parse(text: str, value: str) -> None:
    """One number is days, two are hours and minutes."""
    assert run(f'TimeSpan.Parse("{text}").ToString()') == value
