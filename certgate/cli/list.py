"""``certgate list``: what certgate has: the .NET types and members of expressions, and the policy elements."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

from typing import TYPE_CHECKING, Annotated, Any

import typer

from certgate.cli import options
from certgate.core.errors import UsageError
from certgate.exit_code import Exit

if TYPE_CHECKING:
    from enum import StrEnum

    from certgate.csharp.listed import Listed
    from certgate.csharp.types import TypeDefinition
    from certgate.policy.declaration import Declaration
    from certgate.report.list import ElementRow, TypeSheet
    from certgate.report.page import Page

FORMATS = ("human", "json")
PAGES = "https://learn.microsoft.com/azure/api-management/"
"""Where the pages of the policies are."""

Filter = Annotated[str | None, typer.Argument(metavar="[FILTER]", help="Only names that hold this text, in any case.")]

app = typer.Typer(
    help="""What certgate has, from its declarations: what is simulated, and what the gateway refuses.

\b
Examples:
  certgate list types
  certgate list types json
  certgate list members X509Certificate2
  certgate list members "Dictionary<string, int>" try
  certgate list elements
""",
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("types", short_help="the .NET types of expressions")
def types_(
    text: Filter = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also the types of which certgate knows no more than the name.")
    ] = False,
    format_: options.Format = "human",
) -> int:
    """The types that expressions can use: how much of each certgate simulates, and what the gateway allows.

    \b
    Examples:
      certgate list types
      certgate list types cryptography --all
      certgate list types --format json
    """
    options.choice("--format", format_, FORMATS)
    catalogue = _catalogue()
    rows = [catalogue.listed(each) for each in catalogue.load_all()]
    if every:
        rows = sorted([*rows, *catalogue.known_only()], key=lambda row: (row.namespace, row.name))
    found = [row for row in rows if _matches(text, row.full_name, row.name)]
    if not found:
        raise _nothing("type", text, catalogue.names())
    from certgate.cli import output
    from certgate.report import list as report

    _show(report.types_to_json(found), report.types_to_page(found, output.columns()), format_)
    return Exit.OK


@app.command(short_help="the members of a type")
def members(
    name: Annotated[str, typer.Argument(metavar="TYPE", help="List, List<T>, or the name with its namespace.")],
    text: Filter = None,
    format_: options.Format = "human",
) -> int:
    """The members of a type with their C# signatures; what the gateway refuses and what is not simulated is marked.

    \b
    Examples:
      certgate list members X509Certificate2
      certgate list members System.DateTime add
      certgate list members "List<T>" --format json
    """
    options.choice("--format", format_, FORMATS)
    sheets = type_sheets(name, text)
    from certgate.cli import output
    from certgate.report import list as report

    _show(report.members_to_json(sheets), report.members_to_page(sheets, output.columns()), format_)
    return Exit.OK


@app.command(short_help="the policy elements")
def elements(text: Filter = None, format_: options.Format = "human") -> int:
    """The policy elements: a line each, or with FILTER all that is known of those that it finds: sections, scopes and
    gateways that take it, its page, and what certgate does otherwise or leaves out.

    \b
    Examples:
      certgate list elements
      certgate list elements validate-jwt
      certgate list elements cache --format json
    """
    options.choice("--format", format_, FORMATS)
    from certgate.cli import output
    from certgate.report import list as report

    every = element_rows()
    # The name of one is that one, though others have it in theirs.
    rows = [row for row in every if row.name == text] or [row for row in every if _matches(text, row.name)]
    if not rows:
        raise _nothing("element", text, tuple(row.name for row in every))
    page = report.elements_to_page if text is None else report.sheets_to_page
    _show(report.elements_to_json(rows), page(rows, output.columns()), format_)
    return Exit.OK


def _catalogue() -> Any:
    """The declarations of certgate, those of ``context`` among them."""
    from certgate.csharp import catalogue
    from certgate.gateway.context import context

    context.environment()
    return catalogue


def _matches(text: str | None, *names: str) -> bool:
    return text is None or any(text.casefold() in name.casefold() for name in names)


def _nothing(what: str, text: str | None, known: tuple[str, ...]) -> UsageError:
    from certgate.core.registry import did_you_mean

    return UsageError(
        f"no {what} has '{text}' in its name", code=f"{what}-unknown", hint=did_you_mean(text or "", known)
    )


def type_sheets(name: str, text: str | None) -> "list[TypeSheet]":
    from certgate.core.registry import did_you_mean
    from certgate.report.list import TypeSheet

    catalogue = _catalogue()
    if sheets := [_sheet(definition, text) for definition in catalogue.found(name)]:
        return sheets
    head = name.partition("<")[0]
    if known := [row for row in catalogue.known_only() if head in (row.name.partition("<")[0], row.full_name)]:
        return [TypeSheet(row, ()) for row in known]
    hint = did_you_mean(head, catalogue.names()) or "certgate list types --all shows every name"
    raise UsageError(f"there is no type '{name}'", code="type-unknown", hint=hint)


def _sheet(definition: "TypeDefinition", text: str | None) -> "TypeSheet":
    from certgate.report.list import TypeSheet

    catalogue = _catalogue()

    def kept(rows: "tuple[Listed, ...]") -> "tuple[Listed, ...]":
        return tuple(row for row in rows if _matches(text, row.name))

    inherited = [(base.display, kept(rows)) for base, rows in catalogue.inherited(definition)]
    return TypeSheet(
        catalogue.listed(definition),
        kept(catalogue.members(definition)),
        tuple((base, rows) for base, rows in inherited if rows),
        kept(catalogue.extensions(definition.type)),
    )


def element_rows() -> "list[ElementRow]":
    """Every policy element, by name."""
    from certgate.gateway.elements import VOCABULARY

    return [_element_row(declaration) for declaration in VOCABULARY.values()]


def _element_row(declaration: "Declaration") -> "ElementRow":
    from certgate.policy.declaration import GatewayKind, Scope, Section
    from certgate.report.list import ElementRow

    def chosen(every: "type[StrEnum]", kept: "frozenset[Any] | None") -> tuple[str, ...] | None:
        return None if kept is None else tuple(str(each) for each in every if each in kept)

    return ElementRow(
        declaration.name,
        chosen(Section, declaration.sections),
        chosen(Scope, declaration.scopes),
        chosen(GatewayKind, declaration.gateways),
        treatment(declaration.name),
        declaration.does,
        declaration.deviations,
        f"{PAGES}{declaration.page}" if declaration.page else None,
    )


def treatment(name: str) -> str:
    """What certgate does when it comes to an element of that name."""
    from certgate.gateway.elements import SIMULATED

    # The parents' sections stand in the place of <base /> before anything runs.
    return "simulated" if name in SIMULATED or name == "base" else "not simulated"


def _show(document: dict[str, Any], page: "Page", format_: str) -> None:
    from certgate.cli import output

    if format_ == "json":
        from certgate.report.json_ import dump

        output.write_json(dump(document))
    else:
        output.show(page)
