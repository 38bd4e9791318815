"""What expressions about ``context`` answer, as data, with the context of the recordings.

``answers/*.txt`` hold an expression a line and below it, indented, its type and value as JSON, an exception after
``!!``, an error of the compiler after ``CS``. ``answers/allow_list.txt`` says what the gateway's allow-list refuses, or
that it refuses nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.csharp import recorded

FOLDER = Path(__file__).parent / "answers"
ALLOWED = "allow_list.txt"
SHORT = {
    "$CERT": "context.Request.Certificate",
    "$CERTS": "context.Deployment.Certificates",
    "$HEADERS": "context.Request.Headers",
    "$VARIABLES": "context.Variables",
    "$BODY": "context.Request.Body",
}


def _rows(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(expression, answer.strip()) for expression, answer in zip(lines[::2], lines[1::2], strict=True)]


def _whole(expression: str) -> str:
    for short in sorted(SHORT, key=len, reverse=True):
        expression = expression.replace(short, SHORT[short])
    return expression if expression.startswith("@") else f"@({expression})"


def _answer(expression: str) -> str:
    found = recorded.answered({"expr": _whole(expression)})
    if found.unsupported is not None:
        return f"not simulated: {found.unsupported}"
    if found.diagnostics:
        return f"{found.diagnostics[0].code} at {found.diagnostics[0].start}"
    if found.exception is not None:
        return f"!! {found.exception}: {json.dumps(found.message)}"
    return f"{found.type} {json.dumps(found.shown)}"


def _refusal(expression: str) -> str:
    diagnostics = recorded.answered({"expr": _whole(expression)}, unrestricted=False).diagnostics
    return next((one.message for one in diagnostics if one.kind == "refused"), "allowed")


@pytest.mark.parametrize(
    ("expression", "answer"),
    [row for path in sorted(FOLDER.glob("*.txt")) if path.name != ALLOWED for row in _rows(path)],
)
def test_answers(expression: str, answer: str) -> None:
    """Every row is what .NET and the gateway's library give."""
    assert _answer(expression) == answer


@pytest.mark.parametrize(("expression", "answer"), _rows(FOLDER / ALLOWED))
def test_allow_list(expression: str, answer: str) -> None:
    """What counts is the type that declares a member, and what kind of node the use is (fact sheet 7.2.1)."""
    assert _refusal(expression) == answer
