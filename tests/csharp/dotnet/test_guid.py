"""``Guid.ParseExact`` and what a Guid says of itself."""

from __future__ import annotations

import pytest

from certgate.csharp.values import display
from tests.csharp.dotnet.evaluation import run, thrown

DASHED = "0f8fad5b-d9cb-469f-a165-70867728950e"
PLAIN = DASHED.replace("-", "")


@pytest.mark.parametrize(
    ("text", "spec"),
    [(DASHED, "D"), (DASHED, "d"), (PLAIN, "N"), (f"{{{DASHED}}}", "B"), (f"({DASHED})", "p"), (f" {PLAIN} ", "n")],
)
def test_exact(text: str, spec: str) -> None:
    """Each format in either case."""
    assert display(run(f'Guid.ParseExact("{text}", "{spec}")')) == DASHED
    assert run(f'Guid.TryParseExact("{text}", "{spec}", out var g)') is True


@pytest.mark.parametrize(
    ("text", "spec", "message"),
    [
        (DASHED, "N", "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx)."),
        (DASHED, "B", "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx)."),
        (DASHED.replace("-", "0", 1), "D", "Dashes are in the wrong position for GUID parsing."),
        (DASHED.replace("f", "g"), "D", "Guid string should only contain hexadecimal characters."),
        (DASHED, "Z", 'Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".'),
        (DASHED, "", 'Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".'),
    ],
)
def test_refusals(text: str, spec: str, message: str) -> None:
    """What a text in another format is told."""
    assert thrown(f'Guid.ParseExact("{text}", "{spec}")') == ("System.FormatException", message)
    assert run(f'Guid.TryParseExact("{text}", "{spec}", out var g) || g != Guid.Empty') is False


def test_fields() -> None:
    """Version and variant are digits of the text."""
    assert run(f'new Guid("{DASHED}").Version * 100 + new Guid("{DASHED}").Variant') == 410
    assert run("Guid.AllBitsSet.ToString()") == "ffffffff-ffff-ffff-ffff-ffffffffffff"
