"""What .NET answers, as data: ``answers/*.txt`` hold an expression a line, and below it, indented, its value.

A value is its type and text; texts in quotes, elements of a sequence in brackets, an exception after ``!!``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import NetObject, text_of, type_of
from tests.csharp.dotnet.evaluation import run

FOLDER = Path(__file__).parent / "answers"


def _rows() -> list[tuple[str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        pairs = zip(lines[::2], lines[1::2], strict=True)
        found += [(expression, answer.strip()) for expression, answer in pairs]
    return found


def _spelled(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        text = json.dumps(str.__str__(value))
    elif hasattr(value, "__iter__") and type(value).to_text is NetObject.to_text:
        text = f"[{', '.join(json.dumps(text_of(item)) for item in value)}]"
    else:
        text = json.dumps(text_of(value))[1:-1].replace('\\"', '"')
    return f"{type_of(value).display} {text}"


def _answered(expression: str) -> str:
    try:
        return _spelled(run(f"{{{expression}}}" if "return " in expression else expression))
    except ThrownException as error:
        message = json.dumps(error.message)[1:-1].replace('\\"', '"')
        return f"!! {error.type_name}: {message}"


@pytest.mark.parametrize(("expression", "answer"), _rows())
def test_expressions_answer_as_dotnet_does(expression: str, answer: str) -> None:
    """Every row is what .NET gives, a value or an exception with its message."""
    assert _answered(expression) == answer
