"""``certgate explain``: what a code means that certgate or the gateway prints, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from certgate.cli import options
from certgate.core.errors import UsageError
from certgate.exit_code import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.explanations import Explanation

FORMATS = ("human", "json")
_STATUSES = range(100, 600)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def explain(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CODE...]", help="As it is printed, in any case; none: a list of all."),
    ] = None,
    format_: options.Format = "human",
) -> int:
    """What a code means, and what to do: of a problem or note, an option, an assumption, the reason of a failed policy
    (LastError.Reason), a chain status, a C# error, an exit code.

    \b
    Examples:
      certgate explain attribute-undeclared
      certgate explain PartialChain
      certgate explain CS1061
      certgate explain ClientCertificateNotTrusted --format json
      certgate explain

    \b
    Exit codes: 0 explained · 2 there is no such code
    """
    options.choice("--format", format_, FORMATS)
    from certgate import explanations
    from certgate.gateway.assumptions import ASSUMPTIONS

    everything = explanations.known({row.id: (row.text, row.source) for row in ASSUMPTIONS.values()})
    found = [each for code in codes for each in _of(code, everything)] if codes else everything
    _show(found, format_, every=not codes)
    return Exit.OK


def _of(code: str, everything: Sequence[Explanation]) -> Sequence[Explanation]:
    from certgate import explanations

    found = explanations.of(code, everything)
    if not found:
        raise UsageError(f"there is no code '{code[:60]}'", code="code-unknown", hint=_hint(code, everything))
    return found


def _hint(code: str, everything: Sequence[Explanation]) -> str:
    """Where else the word may stand for something, what it may be, or where all are."""
    from certgate.core.registry import did_you_mean
    from certgate.gateway.elements import VOCABULARY

    if code in VOCABULARY:
        return f"{code} is a policy: certgate list elements {code}"
    if code.isdecimal() and int(code) in _STATUSES:
        return "a status is explained by the Reason that stands beside it: certgate explain REASON"
    return did_you_mean(code, [each.code for each in everything]) or "certgate explain lists all"


def _show(found: Sequence[Explanation], format_: str, *, every: bool) -> None:
    from certgate.cli import output
    from certgate.report import explain as report

    if format_ == "json":
        output.write_json(report.to_json(found))
    else:
        page = report.list_to_page if every else report.to_page
        output.show(page(found, output.columns()))
