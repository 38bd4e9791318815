"""``certgate compare-trace``: a real gateway's trace beside the simulated one, up to the step where they part."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

import re
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from certgate.cli import options
from certgate.cli.validate import validate
from certgate.core.errors import UsageError

if TYPE_CHECKING:
    from certgate.cli.cases import Given
    from certgate.gateway.outcome import TraceEntry
    from certgate.gateway.traces.real_trace import RealTrace
    from certgate.result import Case, Comparison

_NOT_TAKEN = ("request", "expect", "expect_reason", "trace", "format_", "output")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_REAL = Annotated[
    str, typer.Argument(metavar="REAL.json", help="A trace, as the portal, VS Code or 'List trace' gives it.")
]


def compare_trace(**given: Any) -> int:
    """Where the trace of a real gateway and that of the simulated one part first.

    Method, address, headers and the moment are those of the trace, unless options say otherwise.
    Compared are conditions, variables, checked headers, the way to the backend, and what failed.

    \b
    Examples:
      certgate compare-trace trace.json client.cer --policy policy.xml --trust trust
      certgate compare-trace trace.json --no-certificate --policy policy.xml --format json

    \b
    Exit codes:
      0 the same · 2 usage · 3 unreadable · 4 the simulation does not know · 5 they part
    """
    from certgate.cli import output
    from certgate.core.source import Source
    from certgate.gateway.traces import real_trace
    from certgate.report import compare_trace as report

    format_ = options.choice("--format", given.pop("format_"), ("human", "json"))
    name = given.pop("real")
    real = real_trace.read(Source.read(name))
    asked = {**dict.fromkeys(_NOT_TAKEN), **given}
    comparison = _masked(_compared(name, real, _case(asked, real)), asked)
    if format_ == "json":
        output.write_json(report.report(comparison))
    else:
        output.show(report.page(comparison, output.columns()))
    return comparison.exit_code


def _case(given: "Given", real: "RealTrace") -> "Case":
    """The one case that is compared, asked for what the real gateway was asked for."""
    from certgate.cli import cases

    if not any(given[name] for name in ("method", "url", "header", "body")):
        # The length is that of a body that the trace does not hold.
        fields = [
            f"{name}: {value}"
            for name, values in real.headers.items()
            for value in values
            if _HEADER.fullmatch(name) and value.isprintable() and name.lower() != "content-length"
        ]
        given = {**given, "method": real.method, "url": real.url, "header": fields}
    if given["at"] is None and real.at and _MOMENT.fullmatch(real.at):
        given = {**given, "at": real.at}
    found = cases.report(given).cases
    if len(found) != 1:
        raise UsageError(f"a trace is of one client: {len(found)} are given", code="certificate-several")
    return found[0]


def _compared(name: str, real: "RealTrace", case: "Case") -> "Comparison":
    from certgate.gateway.traces import real_trace
    from certgate.report import apim_trace
    from certgate.result import Comparison

    simulated = real_trace.of(apim_trace.trace(case)["traceEntries"])
    why = case.outcome.open
    parting = real_trace.parted(real.entries, simulated.entries)
    if parting is None:
        return Comparison(name, len(real.entries), None, None, (), real.ignored, why.message if why else None)
    return Comparison(
        name,
        parting.number - 1,
        parting.real,
        parting.simulated,
        parting.differs,
        real.ignored,
        why.message if why else None,
    )


def _masked(comparison: "Comparison", given: "Given") -> "Comparison":
    """SECURITY: a real trace holds what a secret named value really is; it is shown no more than in a simulated one."""
    if not comparison.parts:
        return comparison
    from certgate.cli import cases, service, setting
    from certgate.core.value import replace

    mask = setting.named_values(cases.settings(given, service.selected(given))).redact

    def masked(step: "TraceEntry | None") -> "TraceEntry | None":
        if step is None:
            return None
        facts = {name: mask(text) for name, text in step.facts.items()}
        return replace(step, facts=facts, failed=None if step.failed is None else mask(step.failed))

    return replace(comparison, real=masked(comparison.real), simulated=masked(comparison.simulated))


def _parameters() -> list[Parameter]:
    """What it takes: a trace, and all that ``validate`` takes to simulate one request."""
    kind = Parameter.POSITIONAL_OR_KEYWORD
    taken = [each for each in signature(validate).parameters.values() if each.name not in _NOT_TAKEN]
    shown = Parameter("format_", kind, default="human", annotation=options.Format)
    return [Parameter("real", kind, annotation=_REAL), *taken, shown]


compare_trace.__signature__ = Signature(_parameters())  # type: ignore[attr-defined]
compare_trace.__annotations__ = {each.name: each.annotation for each in _parameters()}
app.command("compare-trace")(compare_trace)
