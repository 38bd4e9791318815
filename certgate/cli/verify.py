"""``certgate verify``: what Verify() says of a certificate, with the chain and every flag."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

from typing import Annotated

import typer

from certgate.cli import options
from certgate.exit_code import worst

SCOPES = ("exclude-root", "entire-chain", "end-certificate-only")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def verify(
    certs: options.Certs,
    trust: options.Trust = None,
    root: options.Root = None,
    intermediate: options.Intermediate = None,
    crl: options.Crl = None,
    system_roots: options.SystemRoots = None,
    revocation: options.Revocation = None,
    no_revocation: Annotated[
        bool, typer.Option("--no-revocation", help="What VerifyNoRevocation() says: dates and trust only.")
    ] = False,
    revocation_scope: Annotated[
        str, typer.Option("--revocation-scope", metavar="WHICH", help=f"One of {', '.join(SCOPES)}.")
    ] = "exclude-root",
    purpose: Annotated[
        str | None, typer.Option("--purpose", metavar="OID", help="An extended key usage that the chain must allow.")
    ] = None,
    offline: options.Offline = True,
    config: options.Config = None,
    at: options.At = None,
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """What Verify() says: the chain with .NET's status flags for each certificate, and revocation.

    \b
    Examples:
      certgate verify client.cer --trust trust
      certgate verify client.pfx --password-env PFX_PASSWORD --root root.cer --no-revocation
      certgate verify certs/*.cer --trust trust --at +30d --format json

    \b
    Exit codes: 0 valid · 1 not valid · 2 usage · 3 unreadable · 4 undecided
    """
    from certgate import api
    from certgate.cli import output, setting
    from certgate.pki.verdict import Revocation
    from certgate.report import json_
    from certgate.report import verify as report
    from certgate.result import Client, VerifiedCertificate

    options.choice("--format", format_, ("human", "json"))
    options.choice("--revocation-scope", revocation_scope, SCOPES)
    settings = setting.settled(
        config,
        setting.given(
            trust,
            root,
            intermediate,
            crl,
            system_roots=system_roots,
            revocation="none" if no_revocation else revocation,
        ),
    )
    mode = Revocation(options.choice("--revocation", settings.revocation or "online", tuple(Revocation)))
    setting.refuse_network(settings)
    world = options.world(at, settings.timezone)
    passwords = options.Passwords(password, password_env, password_file)
    together = options.Together()
    with together:
        store = setting.trust_store(settings, passwords.get())
    with together:
        loaded = options.load_all(certs, passwords)
    together.check()
    rows = []
    for item in loaded:
        verdicts = [
            api.verify(
                item.leaf,
                store,
                world=world,
                extra=item.others,
                revocation=how,
                revocation_scope=revocation_scope,
                purpose=purpose,
            )
            for how in (mode, Revocation.NONE)
        ]
        client = Client(item.source, item.leaf.thumbprint, item.leaf.subject)
        rows.append(VerifiedCertificate(client, *verdicts))
    if format_ == "json":
        output.write_json(json_.verify(rows))
    else:
        output.show(report.to_page(rows, output.columns(), revocation=mode is not Revocation.NONE))
    return worst(row.exit_code for row in rows)
