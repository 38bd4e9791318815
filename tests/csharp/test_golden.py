"""Every recorded expression: what .NET answers, certgate answers too, or says that it has not got it."""

from __future__ import annotations

from certgate.csharp import Environment, compile
from tests.csharp import recorded

FEWEST_AGREEING = 3_730
"""How many of the recorded rows agree at least; raise it when more do."""

DEVIATIONS: dict[str, str] = {}
"""Rows that cannot agree, each with the reason."""

MAY_BE_REFUSED = ("System.Object", "System.Globalization.", "System.Net.", "Dynamic member")
"""What an unmarked row may be refused for, besides a member that is a whole argument by itself (fact sheet 7.2.2)."""


def test_recorded_answers() -> None:
    """No row gives another value, exception or first compile error than .NET, and most rows agree."""
    answers = {row["id"]: recorded.compared(row, recorded.answered(row)) for row in recorded.rows()}
    wrong = {name: answer for name, answer in answers.items() if answer not in ("agrees", "unsupported")}
    assert {name: answer for name, answer in wrong.items() if name not in DEVIATIONS} == {}
    assert sum(answer == "agrees" for answer in answers.values()) >= FEWEST_AGREEING


def test_marked_rows_are_refused() -> None:
    """A row that the analyzer marked is refused by default, unless certgate has not got the member."""
    missed = []
    for row in recorded.rows():
        if "refused" not in row or all("System.Tuple<" in mark for mark in row["refused"]):
            continue
        found = recorded.answered(row, unrestricted=False)
        if not any(one.kind == "refused" for one in found.diagnostics) and found.unsupported is None:
            missed.append(row["id"])
    assert missed == []


def test_unmarked_rows_are_refused_for_few_reasons() -> None:
    """An unmarked row may be refused for members of Object, two namespaces, whole arguments and dynamic only."""
    for row in recorded.rows():
        if "refused" in row:
            continue
        refused = [one for one in recorded.answered(row, unrestricted=False).diagnostics if one.kind == "refused"]
        for one in refused:
            text = row["expr"][one.start : one.end]
            before, after = row["expr"][: one.start].rstrip()[-1:], row["expr"][one.end :].lstrip()[:1]
            whole_argument = (before in "(,[{=" and after in "),]}") or "compile" in row
            assert any(part in one.message for part in MAY_BE_REFUSED) or whole_argument, (row["id"], text, one.message)


def test_a_name_of_a_namespace_that_is_not_imported() -> None:
    """Where the allow-list holds, the two namespaces of the recording are not imported."""
    assert compile('@(WebUtility.UrlEncode("a b"))', Environment()).diagnostics[0].kind == "refused"
    assert compile('@(System.Net.WebUtility.UrlEncode("a b"))', Environment()).diagnostics == ()
    assert compile('@(WebUtility.UrlEncode("a b"))', Environment(unrestricted=True)).diagnostics == ()
