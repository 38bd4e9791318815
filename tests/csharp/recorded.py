"""The recorded rows of ``golden/expr.jsonl``, certgate's answer to one, and the comparison of the two."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certgate.csharp import values
from certgate.csharp.spelling import spelled
from certgate.gateway.context.data import ContextData
from certgate.gateway.exchange import Request
from certgate.gateway.expression import Evaluator
from certgate.gateway.settings import Gateway
from certgate.gateway.situation import Situation

if TYPE_CHECKING:
    from certgate.gateway.expression import Answer

GOLDEN = Path(__file__).parents[1] / "golden"
METHOD_COLUMN = 46
"""Where the name of the method around the recorded text stood: CS0161 was said of it."""


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """All recorded rows."""
    lines = (GOLDEN / "expr.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@cache
def situation(unrestricted: bool) -> Situation:
    """What the rows were recorded with."""
    from certgate.core.source import Source

    data = ContextData.parse(Source.read(GOLDEN / "context.json"))
    gateway = Gateway(context=data, unrestricted=unrestricted)
    return Situation(gateway, Request(), data.certificate, data.now or datetime(2026, 11, 23, tzinfo=UTC), UTC)


@cache
def evaluator(unrestricted: bool) -> Evaluator:
    """What answers the rows; a verdict that is asked for is an error of the test."""

    def build(*_: object) -> Any:
        raise AssertionError("no row asks for a verdict")

    return Evaluator(situation(unrestricted), build, spelled)


def answered(row: dict[str, Any], *, unrestricted: bool = True) -> Answer:
    """Certgate's answer, its value spelled as the recording does."""
    return evaluator(unrestricted).answer(row["expr"])


def offset(text: str, line: int, column: int) -> int:
    """The offset of a recorded place: line 1 follows the opening bracket, and the closing one has a line of its own."""
    if line < 1:
        return 0 if column == METHOD_COLUMN else 2
    starts = [2, *(at + 1 for at, char in enumerate(text[:-1]) if char == "\n" and at >= 2)]
    if line <= len(starts):
        return starts[line - 1] + column - 1
    return len(text) + column - 2


def _is_at(row: dict[str, Any], found: int) -> bool:
    wanted = row["compile"][0]
    place = offset(row["expr"], wanted["line"], wanted["column"])
    return found == min(place, len(row["expr"]))


def compared(row: dict[str, Any], found: Answer) -> str:
    """``agrees``, ``unsupported``, or what differs."""
    if found.unsupported is not None:
        return "unsupported"
    if found.undecided is not None:
        return f"undecided: {found.undecided}"
    if found.diagnostics:
        return _compared_error(row, found)
    if "compile" in row:
        first = row["compile"][0]
        return f"compiles, but C# says {first['code']} at {first['line']}:{first['column']}"
    if "exception" in row or found.exception is not None:
        wanted = (row.get("exception"), row.get("message"))
        got = (found.exception, values.from_utf16(found.message) if found.message is not None else None)
        if wanted == got:
            return "agrees"
        return (
            f"throws {got} and not {wanted}"
            if found.exception
            else f"gives {found.value!r} and does not throw {wanted}"
        )
    return _compared_value(row, found)


def _compared_error(row: dict[str, Any], found: Answer) -> str:
    first = found.diagnostics[0]
    got = f"{first.code} at {first.start} ({first.message})"
    if "compile" not in row:
        return f"{got}, but C# compiles it"
    wanted = row["compile"][0]
    if first.code == wanted["code"] and _is_at(row, first.start):
        return "agrees"
    place = offset(row["expr"], wanted["line"], wanted["column"])
    return f"{got}, but C# says {wanted['code']} at {place} ({wanted['message']})"


def _compared_value(row: dict[str, Any], found: Answer) -> str:
    got = found.shown
    if got != row["value"] or found.type != row["type"]:
        return f"gives {found.type} {got!r} and not {row['type']} {row['value']!r}"
    if "static" in row and row["static"] != found.static_type:
        return f"is statically {found.static_type} and not {row['static']}"
    return "agrees"
