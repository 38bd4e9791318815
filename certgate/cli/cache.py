"""``certgate cache``: what is kept of earlier fetches, where it is, and getting rid of it. Asks nobody."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from certgate.cli import options, output
from certgate.core.errors import UsageError
from certgate.exit_code import Exit

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.net.cache import Cache, Kept
    from certgate.report.cache import CacheRow

FORMATS = ("human", "json")

app = typer.Typer(
    help="""Look after the cache: revocation lists, OCSP answers and certificates that --online fetched before.

It is a folder of the user; the environment variable CERTGATE_CACHE names another one.

\b
Examples:
  certgate cache list
  certgate cache clear --older-than 7d
  certgate cache path
""",
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("list", short_help="what is in the cache")
def list_(format_: options.Format = "human") -> int:
    """What is in the cache: kind, size, when it was fetched, until when it holds, and its address.

    \b
    Examples:
      certgate cache list
      certgate cache list --format json

    \b
    Exit codes: 0 listed · 2 usage
    """
    from certgate.core.world import clock
    from certgate.report import cache as report

    options.choice("--format", format_, FORMATS)
    folder, cache = _cache()
    rows = sorted(map(_row, cache.entries()), key=lambda row: (row.url, row.kind))
    if format_ == "json":
        from certgate.report.json_ import dump

        output.write_json(dump(report.to_json(folder, rows)))
    else:
        output.show(report.to_page(folder, rows, clock(), output.columns()))
    return Exit.OK


@app.command(short_help="delete what is in the cache")
def clear(
    older_than: Annotated[
        str | None,
        typer.Option("--older-than", metavar="AGE", help="Only what was fetched longer ago: 12h, 7d, 4w."),
    ] = None,
) -> int:
    """Delete what is in the cache, without asking. Nothing but certgate's own entries is deleted.

    \b
    Examples:
      certgate cache clear
      certgate cache clear --older-than 7d

    \b
    Exit codes: 0 done · 2 usage
    """
    from certgate.core.excerpt import visible
    from certgate.report.cache import count

    before = _before(older_than) if older_than is not None else None
    folder, cache = _cache()
    output.write(visible(f"deleted {count(cache.clear(before))} from {folder}") + "\n")
    return Exit.OK


@app.command(short_help="where the cache is")
def path() -> int:
    """Where the cache is; the folder is made when there is something to keep.

    \b
    Examples:
      certgate cache path
      CERTGATE_CACHE=build/cache certgate cache path

    \b
    Exit codes: 0 said · 2 usage
    """
    folder, _ = _cache()
    output.write(f"{folder}\n")
    return Exit.OK


def _cache() -> tuple[str, Cache]:
    """The folder and what is in it. Raises UsageError ``cache-nowhere``."""
    from certgate.net.cache import VARIABLE, Cache, user_folder

    folder = user_folder(os.environ)
    if folder is None:
        raise UsageError(
            "this user has no home, and so no cache", code="cache-nowhere", hint=f"name a folder with {VARIABLE}"
        )
    return folder, Cache(folder)


def _before(age: str) -> datetime:
    """The moment that long ago. Raises UsageError ``time-invalid``."""
    from certgate.core.world import clock, moment

    try:
        return moment(f"-{age.strip()}", clock())
    except UsageError as error:
        hint = "write a number and s, m, h, d, w or y: 12h, 7d, 4w"
        raise UsageError(f"--older-than: '{age}' is no age", code=error.code, hint=hint) from None


def _row(kept: Kept) -> CacheRow:
    from certgate.report.cache import CacheRow

    return CacheRow(kept.url, kept.kind, len(kept.body), kept.fetched, kept.status, _next_update(kept))


def _next_update(kept: Kept) -> datetime | None:
    """When a newer list or OCSP answer is due, as far as the body says so."""
    # Imported here: only this needs to know what a body means.
    from certgate.core.fetch import Kind
    from certgate.pki.revocation import fetched, ocsp_response

    match kept.kind:
        case Kind.CRL:
            found = fetched.read(kept.body)
            return found.next_update if found else None
        case Kind.OCSP:
            try:
                _, basic = ocsp_response.read_response(kept.body)
            except ValueError:
                return None
            dates = [single.next_update for single in basic.singles if single.next_update] if basic else []
            return min(dates, default=None)
    return None
