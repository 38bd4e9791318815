"""``certgate thumbprint``: the thumbprint and nothing else, or why a pasted one does not match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from certgate.cli import options
from certgate.exit_code import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.certificate import Certificate

ALGORITHMS = ("sha1", "sha256", "sha384", "sha512", "md5")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def thumbprint(
    certs: options.Certs,
    algorithm: Annotated[
        str, typer.Option("--algorithm", metavar="NAME", help=f"One of {', '.join(ALGORITHMS)}.")
    ] = "sha1",
    every: Annotated[bool, typer.Option("--all", help="All certificates of each file, not only the leaf.")] = False,
    check: Annotated[
        str | None, typer.Option("--check", metavar="VALUE", help="Compare with VALUE and say why it does not match.")
    ] = None,
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """The thumbprint as API Management compares it: SHA-1, upper-case hex, no separators.

    \b
    Examples:
      certgate thumbprint client.cer
      certgate thumbprint client.pfx --password-env PFX_PASSWORD --all
      certgate thumbprint certs/*.cer --algorithm sha256
      certgate thumbprint client.cer --check "3a e9 cb e0 ..."

    \b
    Exit codes: 0 done, or equal with --check · 1 not equal · 2 usage · 3 unreadable
    """
    options.choice("--format", format_, ("human", "json"))
    name = algorithm.lower().replace("-", "")
    if name not in ALGORITHMS:
        options.choice("--algorithm", algorithm, ALGORITHMS)
    loaded = options.load_all(certs, options.Passwords(password, password_env, password_file))
    rows = [(item.source, one) for item in loaded for one in (item if every else (item.leaf,))]
    if check is not None:
        return _check(check, rows, [one for item in loaded for one in item], format_)
    if format_ == "json":
        from certgate.cli import output
        from certgate.report import thumbprint as report

        output.write_json(report.to_json([(source, name, _digest(one, name)) for source, one in rows]))
    elif len(rows) == 1 and not every:
        typer.echo(_digest(rows[0][1], name))
    else:
        for source, one in rows:
            typer.echo(f"{_digest(one, name)}  {source}")
    return Exit.OK


def _digest(certificate: Certificate, algorithm: str) -> str:
    return certificate.hash(algorithm).hex().upper()


def _check(value: str, rows: Sequence[tuple[str, Certificate]], everyone: Sequence[Certificate], format_: str) -> Exit:
    from certgate.cli import output
    from certgate.pki.thumbprint import explain_mismatch
    from certgate.report import thumbprint as report

    checks = [(source, explain_mismatch(value, one, everyone)) for source, one in rows]
    if format_ == "json":
        output.write_json(report.checks_to_json(checks))
    else:
        output.show(report.checks_to_page(checks, output.columns()))
    return Exit.OK if all(check.equal for _, check in checks) else Exit.REJECTED
