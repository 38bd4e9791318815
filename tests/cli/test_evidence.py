"""The evidence of a verdict as a table: its rows in every width, who gave what, how old it is, until when it holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from certgate.pki.certificate import Certificate
from certgate.pki.verdict import ChainElement, Evidence, Origin, Verdict
from certgate.report.evidence import evidence
from certgate.report.page import Page, plain, width
from tests.scenarios import pki

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LEAF = Certificate(pki.make(pki.name_of("O=Contoso", "CN=client"), 1).der)
URL = "http://pki.contoso.com/a.crl"


def table(*rows: Evidence, columns: int = 80, now: datetime | None = NOW) -> list[str]:
    page = Page(columns)
    element = ChainElement(LEAF, (), Origin.LEAF)
    evidence(page, Verdict(True, (), (element,), tuple(rows)), now)
    return plain(page).splitlines()


def row(result: str = "good", **members: Any) -> Evidence:
    return Evidence("crl", LEAF.thumbprint, result, **{"url": URL, "rules": ".NET", "detail": "a sentence", **members})


def test_nothing() -> None:
    """No evidence, no table."""
    assert table() == [""]


def test_a_good_answer_needs_no_sentence() -> None:
    """Kind, about whom, result and rules on one line; the address; who gave it, how much, how fast, until when."""
    shown = table(row(given="network", size=1234, seconds=0.123, until=NOW + timedelta(days=1)))
    assert shown == [
        "  evidence",
        "  CRL  CN=client  good  .NET",
        f"    {URL}",
        "    network, 1,234 bytes, 0.12 s · until 2026-06-02 12:00 UTC",
    ]


def test_what_is_not_good_is_explained() -> None:
    """The sentence says why; where it names the address, that is not said twice."""
    assert table(row("unknown"))[2:] == [f"    {URL}", "    a sentence"]
    assert table(row("unknown", detail=f"{URL} is silent"))[2:] == [f"    {URL} is silent"]
    stored = row("good", url=None, detail="a.crl holds until then", until=NOW, size=5)
    assert table(stored)[2:] == ["    a.crl holds until then"]


def test_nothing_is_said_twice() -> None:
    """What the chain says as a reason, and what is only wanted, needs no second sentence; an assumption none at all."""
    element = ChainElement(LEAF, ("Revoked",), Origin.LEAF, reasons=("a sentence",))

    def shown(build: bool | None, *rows: Evidence, wanted: tuple[str, ...] = ()) -> list[str]:
        page = Page(80)
        evidence(page, Verdict(build, (), (element,), rows, wanted))
        return plain(page).splitlines()

    assert shown(False, row("revoked"))[2:] == [f"    {URL}"]
    assert len(shown(False, Evidence("assumption", LEAF.thumbprint, "good", detail="assumed"))) == 2
    offline = row("not fetched", detail=f"what {URL} answers is not known: certgate is offline")
    assert shown(None, offline, wanted=(URL,)) == [""]
    assert len(shown(False, offline, wanted=(URL,))) > 1
    limited = row("not fetched", detail=f"what {URL} answers is not known: it is too large")
    assert len(shown(None, limited, wanted=(URL,))) > 1


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "0 seconds old"),
        (timedelta(seconds=1), "1 second old"),
        (timedelta(seconds=59), "59 seconds old"),
        (timedelta(minutes=1), "1 minute old"),
        (timedelta(hours=47), "1 day old"),
        (timedelta(days=30), "30 days old"),
    ],
)
def test_the_age_of_what_was_kept(age: timedelta, words: str) -> None:
    """In the largest unit that fits; as a date where the moment of reading is not known."""
    kept = row(given="cache", size=10, fetched=NOW - age)
    assert table(kept)[3] == f"    cached, 10 bytes, {words}"
    assert table(kept, now=None)[3].startswith("    cached, 10 bytes, fetched 2026-0")


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_many_rows_in_every_width(columns: int) -> None:
    """Long names and addresses are cut or wrapped; columns stand below each other; a narrow page loses no rules."""
    long = "http://pki.contoso.com/" + "a" * 300
    rows = [row("not fetched", url=f"{long}{at}", rules="RFC 5280", given="network") for at in range(40)]
    shown = table(*rows, Evidence("assumption", "F" * 40, "good", detail="assumed"), columns=columns)
    assert max(map(len, shown)) <= columns
    assert len({line.index("not fetched") for line in shown if line.startswith("  CRL")}) == 1
    assert sum("RFC 5280" in line for line in shown) == 40


def test_nothing_steers_the_terminal() -> None:
    """Control characters of strangers show as their code points."""
    shown = "\n".join(table(row("unknown", url="http://a/\x1b[2J", detail="b\x07\u202e")))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_wide_and_hidden_characters_take_their_room() -> None:
    """Wrapped by columns, not by characters; a line break of a name makes no line."""
    page = Page(40)
    page.entry("try", "長い名前" * 20 + "\n\u202e" + "é" * 30, column=10)
    lines = plain(page).splitlines()
    assert max(map(width, lines)) <= 40
    assert "".join("".join(lines).split()) == "try" + "長い名前" * 20 + r"\u000a\u202e" + "é" * 30
