"""``certgate check``: what the gateway would refuse to save; nothing is run."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from certgate.cli import options
from certgate.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from certgate.config import Settings
    from certgate.core.source import Source
    from certgate.gateway.checked import CheckedFile
    from certgate.gateway.checking import Checker
    from certgate.result import CheckReport

FORMATS = ("human", "json")
POLICIES = (".xml", ".cshtml", ".policy", ".rawxml")
"""Endings of the files that may be policies; templates have others."""

_PATIENCE = 0.5
"""Seconds before progress is shown, and between two lines of it."""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def check(
    policies: Annotated[
        list[str],
        typer.Argument(
            metavar="POLICY...",
            help="Policies, fragments, templates (ARM, Bicep, Terraform): files, folders, globs, -.",
        ),
    ],
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope", metavar="NAME", help="Where they are saved: global, workspace, product, api, operation."
        ),
    ] = None,
    tier: Annotated[
        str | None, typer.Option("--tier", metavar="T", help="The tier: developer … premiumv2, self-hosted, workspace.")
    ] = None,
    named_value: options.NamedValue = None,
    fragment: options.Fragment = None,
    unrestricted: options.Unrestricted = None,
    config: options.Config = None,
    format_: options.Format = "human",
    output: Annotated[
        list[str] | None,
        typer.Option("--output", metavar="NAME=F", help="Also write a report in that format to a file. May repeat."),
    ] = None,
) -> int:
    """What the gateway would refuse to save, in whole repositories: all problems of all files. Nothing is run.

    \b
    Examples:
      certgate check policy.xml
      certgate check apimartifacts --tier premiumv2
      certgate check policies/*.xml --named-value allowed=0A1B... --fragment gate=gate.xml
      certgate check infra --format json

    Without any named value, fragment or configuration those that a policy names are taken to exist.

    \b
    Exit codes:
      0 all would be saved · 2 usage · 3 a problem, or a file that cannot be read
    """
    from certgate import config as configuration
    from certgate.cli import setting

    options.choice("--format", format_, FORMATS)
    reports = {
        Path(file): options.choice("--output", name, FORMATS)
        for name, file in setting.pairs("--output", output).items()
    }
    if scope is not None:
        options.choice("--scope", scope, configuration.SCOPES)
    settings = setting.settled(
        config,
        setting.given(
            None,
            None,
            None,
            None,
            tier=tier,
            named_values=setting.named_value_texts(named_value),
            fragments=setting.pairs("--fragment", fragment),
            unrestricted=unrestricted,
        ),
    )
    if settings.tier is not None:
        from certgate.gateway.tiers import TIERS

        options.choice("--tier" if tier is not None else "tier", settings.tier, TIERS)
    report = _run(policies, settings, scope, complete=config is not None)
    _deliver(report, format_, reports)
    return report.exit_code


def _run(policies: Sequence[str], settings: Settings, scope: str | None, *, complete: bool) -> CheckReport:
    from certgate import files
    from certgate.cli import setting
    from certgate.gateway.checking import Checker, Conditions
    from certgate.gateway.tiers import kind_of
    from certgate.layouts.templates import is_template
    from certgate.result import CheckReport

    found = files.below(policies, lambda name: name.lower().endswith(POLICIES) or is_template(name))
    values, fragments = setting.named_values(settings), setting.fragments(settings)
    conditions = Conditions(
        values,
        fragments,
        scope,
        kind_of(settings.tier) if settings.tier is not None else None,
        bool(settings.unrestricted),
        complete or bool(len(values) or fragments),
    )
    found.update((source.name, True) for source in fragments.values() if source.name not in found)
    return CheckReport(tuple(_checked(Checker(conditions), found, fragments, _scopes(policies))))


def _scopes(arguments: Sequence[str]) -> dict[str, str]:
    """The scopes of the files that stand in artifacts of APIOps below the folders among the arguments. Other layouts
    are guesses, which may not make a problem of a file."""
    from certgate.layouts import apiops, tree
    from certgate.layouts.gathering import Gathering

    scopes: dict[str, str] = {}
    for folder in (each for each in arguments if Path(each).is_dir()):
        below = tree.files(Path(folder))
        for root in apiops.roots(below):
            gathering = Gathering(Path(folder), folder)
            apiops.gather(gathering, root, below)
            for key, stored in gathering.policies.items():
                scopes.update((os.path.normpath(each.place.file), key.scope.value) for each in stored)
    return scopes


def _checked(
    checker: Checker, found: Mapping[str, bool], fragments: Mapping[str, Source], scopes: Mapping[str, str]
) -> Iterator[CheckedFile]:
    """Every file, one after the other, with a line of progress on a terminal when that takes long."""
    from certgate import files
    from certgate.gateway.checking import faulty

    progress, known = _Progress(len(found)), {source.name: source for source in fragments.values()}
    for at, (name, named) in enumerate(found.items()):
        progress.at(at)
        try:
            source = known[name] if name in known else files.read(name)
        except InputError as error:
            yield faulty(name, error, named=named)
            continue
        yield checker.check(source, named=named, scope=scopes.get(os.path.normpath(name), ""))
    progress.end()


class _Progress:
    """``checked 120 of 840 files`` on a terminal's stderr, over and over on the same line."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._shown = False
        self._next = time.monotonic() + _PATIENCE if sys.stderr.isatty() else None

    def at(self, number: int) -> None:
        if self._next is not None and time.monotonic() >= self._next:
            self._shown = True
            self._next = time.monotonic() + _PATIENCE
            self._write(f"\rchecked {number} of {self._count} files")

    def end(self) -> None:
        if self._shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def _deliver(report: CheckReport, format_: str, reports: Mapping[Path, str]) -> None:
    from certgate import files
    from certgate.cli import output
    from certgate.report import check
    from certgate.report.page import plain

    for path, name in reports.items():
        page = check.json_(report) if name == "json" else plain(check.human(report))
        files.write(path, page.encode())
    if format_ == "json":
        output.write_json(check.json_(report))
    else:
        output.show(check.human(report, output.columns()))
