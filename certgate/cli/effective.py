"""``certgate effective``: the policy in force for an API and operation, each element with where it comes from."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from certgate.cli import options
from certgate.core.errors import UsageError

if TYPE_CHECKING:
    from certgate.cli.in_force import Asked
    from certgate.config import Settings
    from certgate.report.effective import InForce

FORMATS = ("human", "json", "xml")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def effective(
    folder: Annotated[
        str | None, typer.Argument(metavar="[FOLDER]", help="Where the service's policies are kept [.].")
    ] = None,
    api: options.Api = None,
    operation: options.Operation = None,
    product: options.Product = None,
    workspace: options.Workspace = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="P", help="The policy file of the API scope.")
    ] = None,
    scope: options.Scope = None,
    fragment: options.Fragment = None,
    named_value: options.NamedValue = None,
    config: options.Config = None,
    format_: Annotated[str, typer.Option("--format", metavar="NAME", help="human, json or xml.")] = "human",
    output: Annotated[
        list[str] | None,
        typer.Option("--output", metavar="NAME=F", help="Also write a report in that format to a file. May repeat."),
    ] = None,
) -> int:
    """The policy in force for an API and operation: what runs, in which order, and where each element comes from.

    A folder is recognised by itself: APIOps artifacts, templates (ARM, Bicep, Terraform), plain policy files. Without
    a name to ask for, what was recognised as what is listed.

    \b
    Examples:
      certgate effective apimartifacts
      certgate effective apimartifacts --api orders --operation get-order --product partners
      certgate effective --scope global=global.xml --policy orders.xml --fragment gate=gate.xml
      certgate effective infra --api orders --format xml

    \b
    Exit codes: 0 · 2 usage, or no such API · 3 unreadable, or the gateway would not save it
    """
    from certgate.cli import setting

    options.choice("--format", format_, FORMATS)
    reports = {
        Path(file): options.choice("--output", name, FORMATS)
        for name, file in setting.pairs("--output", output).items()
    }
    settings = setting.settled(
        config,
        setting.given(
            None,
            None,
            None,
            None,
            policies=setting.policy_files(policy, scope),
            fragments=setting.pairs("--fragment", fragment),
            named_values=setting.named_value_texts(named_value),
        ),
    )
    asked = {"api": api, "operation": operation, "product": product, "workspace": workspace}
    found = _found(folder, asked, settings)
    _deliver(found, format_, reports)
    return 0


def _found(folder: str | None, asked: "Asked", settings: "Settings") -> "InForce":
    """What is in force by the options, the configuration and the files of a folder, in this order."""
    from certgate import layouts
    from certgate.cli.in_force import in_force
    from certgate.report.effective import InForce

    names = any(asked.values())
    if folder is None and settings.policies and not names:
        return in_force(settings, None, asked)
    service = layouts.service(folder or ".")
    if names or settings.policies:
        return in_force(settings, service, asked)
    return InForce(
        service.folder,
        service.layout,
        asked,
        notes=service.notes,
        recognised=service.recognised,
        catalogue=True,
    )


def _deliver(found: "InForce", format_: str, files: dict[Path, str]) -> None:
    """The report to stdout, and to every file of ``--output``."""
    from certgate.cli import output
    from certgate.files import write
    from certgate.report import effective as report
    from certgate.report.page import plain

    def text(name: str) -> str:
        if name == "human":
            return plain(report.to_page(found))
        return report.to_json(found) if name == "json" else found.markup

    if found.catalogue and "xml" in {format_, *files.values()}:
        raise UsageError(
            "--format xml: of which API? give --api A", code="api-missing", hint="certgate effective FOLDER lists them"
        )
    for path, name in files.items():
        write(path, text(name).encode())
    if format_ == "human":
        output.show(report.to_page(found, output.columns()))
    elif format_ == "json":
        output.write_json(text("json"))
    else:
        output.write(text("xml"))
