"""Expressions that attack: each ends within its budget, and none comes out of the simulated world.

``hostile.json`` holds the classic ones with what has to come of them: ``exceeded``, ``denied`` (a compile error,
refused or unsupported; never a value) or ``ends`` (in any way). Longer ones are made here, random ones in
``hostile_programs.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from certgate.csharp import compile
from certgate.gateway.context.context import environment
from certgate.gateway.expression import Evaluator
from tests.csharp.bounded import evaluation, no_verdict, outcome, situation
from tests.csharp.hostile_programs import program, reaching

CLASSIC = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", CLASSIC, ids=[row["name"] for row in CLASSIC])
def test_classic_attacks_end(row: dict[str, str]) -> None:
    """SECURITY: each ends within its budget, or is denied."""
    found = outcome(compile(row["text"], environment(unrestricted=True)))
    match row["outcome"]:
        case "exceeded":
            assert found == "exceeded"
        case "denied":
            assert found in ("compile", "unsupported")


@pytest.mark.parametrize("text", [row["text"] for row in CLASSIC if row["outcome"] == "denied"])
def test_what_leads_outside_is_denied_by_the_gateway_too(text: str) -> None:
    """SECURITY: with the allow-list none of it is reached either."""
    assert outcome(compile(text, environment())) in ("compile", "refused", "unsupported")


def test_an_external_entity_is_not_read() -> None:
    """SECURITY: what a document refers to is never opened."""
    text = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"
    compilation = compile(f'@(XElement.Parse("{text}").Value)', environment(unrestricted=True))
    assert compilation.expression is not None
    assert compilation.expression.run(evaluation()) == ""


LONG: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: "@(" + '"' * n + ")",
    "apostrophes": lambda n: "@(" + "'" * n + ")",
    "at signs": lambda n: "@(" + "@" * n + ")",
    "dollars": lambda n: "@(" + "$" * n + ")",
    "blanks": lambda n: "@(" + " " * n + "1)",
    "semicolons": lambda n: "@{" + ";" * n + " return 1; }",
    "comments": lambda n: "@(" + "/**/" * n + "1)",
    "open comments": lambda n: "@(" + "/*" * n + "1)",
    "letters": lambda n: "@(" + "é" * n + ")",
    "no letters": lambda n: "@(" + "€" * n + ")",
    "less": lambda n: "@(a" + "<" * n + "1)",
    "generic names": lambda n: "@(a" + "<a" * n + ">1)",
    "open generics": lambda n: "@(a" + "<b," * n + "c)",
    "commas": lambda n: "@(f(" + "," * n + "))",
    "questions": lambda n: "@(a" + "?" * n + "b)",
    "colons": lambda n: "@(a" + ":" * n + "b)",
    "directives": lambda n: "@{" + "\n#region\n" * n + "return 1;}",
    "digits": lambda n: "@(" + "1" * n + ")",
    "decimal digits": lambda n: "@(0." + "1" * n + "m)",
    "real digits": lambda n: "@(0." + "1" * n + ")",
    "exponent": lambda n: "@(1e" + "9" * n + ")",
    "hexadecimal digits": lambda n: "@(0x" + "F" * n + ")",
    "underscores": lambda n: "@(1" + "_" * n + "1)",
    "escapes": lambda n: '@("' + "\\n" * n + '".Length)',
    "arguments": lambda n: "@(string.Concat(1" + ", 1" * n + "))",
    "items": lambda n: "@(new List<int> { 1" + ", 1" * n + " }.Count)",
    "cases": lambda n: "@{ switch (1) { " + "".join(f"case {i}: " for i in range(n // 4)) + "return 1; } return 2; }",
    "functions": lambda n: "@{ " + "".join(f"int f{i}() => {i}; " for i in range(n // 10)) + "return f0(); }",
    "jumps": lambda n: "@{ " + "".join(f"goto a{i}; a{i}: ;" for i in range(n // 10)) + "return 1; }",
    "doubled constants": lambda n: (
        '@{ const string a0 = "xxxxxxxxxx"; '
        + "".join(f"const string a{i + 1} = a{i} + a{i}; " for i in range(min(n, 60)))
        + "return a1; }"
    ),
    "doubled types": lambda n: (
        "@{ var a0 = (1, 1); " + "".join(f"var a{i + 1} = (a{i}, a{i}); " for i in range(min(n, 60))) + "return a1; }"
    ),
    "doubled objects": lambda n: (
        "@{ var a0 = new { x = 1 }; "
        + "".join(f"var a{i + 1} = new {{ x = a{i}, y = a{i} }}; " for i in range(min(n, 60)))
        + "return a1; }"
    ),
    "aggregates": lambda n: "@(" + "new[] { 1 }.Aggregate(0, (a, b) => " * 25 + "1" + ")" * 25 + ")",
}


@pytest.mark.parametrize("length", [1_000, 20_000, 1_000_000])
@pytest.mark.parametrize("make", LONG.values(), ids=list(LONG))
def test_long_texts_end(make: Callable[[int], str], length: int) -> None:
    """Reading and binding end too, whatever there is much of; what is longer than any policy is not read at all."""
    text = make(length)
    if len(text) < 200_000 or len(text) > 1_000_000:
        outcome(compile(text, environment(unrestricted=True)))


@pytest.mark.parametrize("seed", range(200))
def test_random_programs_end(seed: int) -> None:
    """A random program that grows things without end: a budget ends it, or it never starts."""
    found = outcome(compile(program(seed), environment(unrestricted=True)))
    assert found != "value"


@pytest.mark.parametrize("seed", range(200))
def test_random_members_lead_nowhere(seed: int) -> None:
    """SECURITY: no chain of members of Python's, or of reflection, gives a value that is not C#'s."""
    text = reaching(seed)
    found = outcome(compile(text, environment(unrestricted=True)))
    assert found in ("compile", "unsupported", "Microsoft.CSharp.RuntimeBinder.RuntimeBinderException")


@pytest.mark.parametrize("traced", [False, True])
def test_five_seconds_end_an_evaluation(traced: bool) -> None:
    """The clock of the world ends what its steps would not have ended yet; traced or not."""
    ticks = count(step=0.5).__next__
    text = "@{ while (true) { } }"
    found = Evaluator(situation(True, ticks), no_verdict).answer(text, trace=traced)
    assert found.undecided == "expression exceeded its time limit of 5 seconds"
