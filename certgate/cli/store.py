"""``certgate store``: what is in a local trust store, adding to it, removing from it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from certgate.cli import options, output
from certgate.core.errors import InputError, UsageError
from certgate.core.source import Place
from certgate.exit_code import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.core.finding import Finding
    from certgate.pki.stores.store import Addition, Entry, Plan
    from certgate.pki.stores.trust import TrustStore

KINDS = ("root", "intermediate", "certificate", "crl")
FORMATS = ("human", "json")

Folder = Annotated[str, typer.Option("--trust", metavar="DIR", help="The trust store.")]

app = typer.Typer(
    help="""Look after a local trust store: a folder with roots, intermediates, certificates and crls in it.

\b
Examples:
  certgate store add root-ca.cer issuing-ca.cer
  certgate store add partner.cer --as certificate --id partner-a
  certgate store list
  certgate store check --at +90d
  certgate store remove 3AE9CBE0
""",
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("list", short_help="what is in the store")
def list_(
    trust: Folder = "trust",
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """What is in the store: kind, id, subject, expiry and file of every entry.

    \b
    Examples:
      certgate store list
      certgate store list --trust production --format json
    """
    from certgate.pki.stores.store import entries

    options.choice("--format", format_, FORMATS)
    store = _load(trust, options.Passwords(password, password_env, password_file).get())
    rows = entries(store)
    if format_ == "json":
        _write("store-list", entries=[_entry(row) for row in rows], notes=list(store.notes))
    else:
        _show_entries(rows, store)
    return Exit.OK


@app.command(short_help="add certificates and revocation lists")
def add(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Certificates or revocation lists.")],
    kind: Annotated[
        str | None, typer.Option("--as", metavar="KIND", help=f"One of {', '.join(KINDS)}; told by the content.")
    ] = None,
    identifier: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Id of an uploaded certificate; the file's name if not given."),
    ] = None,
    trust: Folder = "trust",
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """Add to the store. Roots, intermediates and revocation lists are told apart by their content.

    Of a PFX only certificates are taken, never keys. Nothing is overwritten.

    \b
    Examples:
      certgate store add root-ca.cer issuing-ca.cer issuing-ca.crl
      certgate store add client.pfx --password-env PFX_PASSWORD
      certgate store add partner.cer --as certificate --id partner-a
    """
    options.choice("--format", format_, FORMATS)
    passwords = options.Passwords(password, password_env, password_file)
    chosen = None if kind is None else options.choice("--as", kind, KINDS)
    plans = _plans(files, trust, chosen, identifier, passwords)

    from certgate import files as outside

    additions = list({addition.path: addition for plan in plans for addition in plan.additions}.values())
    for addition in additions:
        if addition.present is None:
            outside.write_new(addition.path, addition.data)
    if format_ == "json":
        _write("store-add", entries=[_addition(addition) for addition in additions])
    else:
        _show_additions(additions, plans)
    return Exit.OK


@app.command(short_help="remove entries")
def remove(
    entries: Annotated[
        list[str], typer.Argument(metavar="ENTRY...", help="An id, a file, or the first 8 digits of a thumbprint.")
    ],
    trust: Folder = "trust",
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """Remove entries from the store: their files are deleted.

    \b
    Examples:
      certgate store remove partner-a
      certgate store remove 3AE9CBE0
      certgate store remove trust/crls/issuing-ca-0a1b2c3d.crl
    """
    from certgate.pki.stores.store import find

    options.choice("--format", format_, FORMATS)
    store = _load(trust, options.Passwords(password, password_env, password_file).get())
    found = list({entry.file: entry for entry in (find(store, wanted) for wanted in entries)}.values())
    for entry in found:
        try:
            Path(entry.file).unlink()
        except OSError as error:
            message = f"cannot be removed: {error.strerror}"
            raise InputError(message, code="file-unwritable", place=Place(entry.file)) from None
    if format_ == "json":
        _write("store-remove", entries=[_entry(entry) for entry in found])
    else:
        for entry in found:
            _say(f"removed {entry.kind}", entry.file, entry.subject)
    return Exit.OK


@app.command(short_help="what is wrong with the store")
def check(
    trust: Folder = "trust",
    at: options.At = None,
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """What is wrong with the store: dates, wrong places, broken signatures, lists without issuer, duplicates.

    \b
    Examples:
      certgate store check
      certgate store check --at +90d --format json

    \b
    Exit codes: 0 sound · 1 problems · 2 usage · 3 a file cannot be read
    """
    from certgate.core.finding import Severity
    from certgate.pki.stores.soundness import problems

    options.choice("--format", format_, FORMATS)
    world = options.world(at, None)
    store = _load(trust, options.Passwords(password, password_env, password_file).get())
    found = problems(store, world.now)
    if format_ == "json":
        _write("store-check", problems=[_problem(finding) for finding in found], notes=list(store.notes))
    else:
        _show_problems(found, store, trust)
    return Exit.REJECTED if any(finding.severity is Severity.ERROR for finding in found) else Exit.OK


def _load(trust: str, password: str | None) -> TrustStore:
    from certgate.pki.stores.trust import TrustStore

    return TrustStore.load(trust, password=password)


def _plans(
    arguments: Sequence[str], trust: str, kind: str | None, identifier: str | None, passwords: options.Passwords
) -> list[Plan]:
    """What would be added, for all files; what is wrong with any of them is reported together (InputError)."""
    from certgate import files
    from certgate.pki.stores.store import plan
    from certgate.pki.stores.trust import Part, TrustStore

    folder, password = Path(trust), passwords.get()
    store = _load(trust, password) if folder.exists() else TrustStore()
    names = files.names(arguments)
    if identifier is not None and len(names) > 1:
        raise UsageError("--id names one certificate; give one file with it", code="id-invalid")
    plans: list[Plan] = []
    problems: list[Finding] = []
    for name in names:
        try:
            source = files.read(name)
            part = Part(kind) if kind else None
            ask = passwords.asker(name)
            plans.append(plan(source, folder, store, kind=part, identifier=identifier, password=password, ask=ask))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError.of(problems)
    return plans


def _show_entries(rows: Sequence[Entry], store: TrustStore) -> None:
    from certgate.core.excerpt import visible
    from certgate.report.page import Page

    page = Page(output.columns())
    page.aligned(
        [
            [
                f"{row.kind} {row.id}" if row.id else str(row.kind),
                row.thumbprint[:8],
                f"{row.not_after:%Y-%m-%d}" if row.not_after else "no date",
                row.file,
                visible(row.subject),
            ]
            for row in rows
        ],
        indent=0,
    )
    if not rows:
        page.add("the store is empty; add to it with: certgate store add FILE")
    for note in store.notes:
        page.add(f"note: {note}")
    output.show(page)


def _show_additions(additions: Sequence[Addition], plans: Sequence[Plan]) -> None:
    for addition in additions:
        if addition.present is None:
            _say(f"added {addition.kind}", str(addition.path), addition.subject)
        else:
            _say(f"already there as {addition.kind}", addition.present, addition.subject)
    for plan in plans:
        for one in plan.left_out:
            _say("left out", one.subject, "is not a CA certificate")


def _say(*parts: str) -> None:
    from certgate.core.excerpt import visible

    output.write("  ".join(map(visible, parts)) + "\n")


def _show_problems(found: Sequence[Finding], store: TrustStore, trust: str) -> None:
    from certgate.core.excerpt import visible
    from certgate.report.page import Page

    page = Page(output.columns())
    for finding in found:
        where = finding.place.file if finding.place else trust
        page.add(f"{where}: {finding.severity}: {visible(finding.message)}")
        if finding.hint:
            page.add(f"  {finding.hint}")
    for note in store.notes:
        page.add(f"note: {note}")
    counts = [
        (len(store.roots), "root"),
        (len(store.intermediates), "intermediate"),
        (len(store.certificates), "uploaded certificate"),
        (len(store.crls), "revocation list"),
    ]
    held = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)
    page.add(f"{trust}: {held} · {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}")
    output.show(page)


def _write(kind: str, **members: object) -> None:
    from certgate.report.json_ import dump

    output.write_json(dump({"schema": f"certgate/{kind}/1", **members}))


def _entry(entry: Entry) -> dict[str, Any]:
    from certgate.report.json_ import timestamp

    ends = timestamp(entry.not_after) if entry.not_after else None
    named = {"kind": str(entry.kind), "id": entry.id, "file": entry.file}
    return {**named, "subject": entry.subject, "thumbprint": entry.thumbprint, "not_after": ends}


def _addition(addition: Addition) -> dict[str, Any]:
    present = addition.present is not None
    file = addition.present if present else str(addition.path)
    return {"kind": str(addition.kind), "file": file, "subject": addition.subject, "added": not present}


def _problem(finding: Finding) -> dict[str, Any]:
    file = finding.place.file if finding.place else None
    said = {"code": finding.code, "severity": str(finding.severity), "message": finding.message}
    return {**said, "file": file, "hint": finding.hint}
