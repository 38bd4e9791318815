"""``certgate verify``: what Verify() says of a certificate, with the chain and every flag."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

from typing import Annotated

import typer

from certgate.cli import options
from certgate.cli.verified import Question, verified
from certgate.core.errors import UsageError
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
    tier: options.Tier = None,
    untrusted: options.Untrusted = None,
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
    all_paths: Annotated[
        bool, typer.Option("--all-paths", help="Every candidate path, and why it failed or was not taken.")
    ] = False,
    online: options.Online = None,
    responses: options.Responses = None,
    record: options.Record = None,
    timeout: options.Timeout = None,
    max_size: options.MaxSize = None,
    allow_private_network: options.AllowPrivateNetwork = None,
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
      certgate verify client.cer --trust trust --online --record answers.json
      certgate verify client.cer --trust trust --responses answers.json

    \b
    Exit codes: 0 valid · 1 not valid · 2 usage · 3 unreadable · 4 undecided
    """
    from certgate.cli import network, output, setting
    from certgate.gateway.certificates.authorities import Authorities, thumbprint
    from certgate.gateway.tiers import TIERS
    from certgate.pki.chains import purposes
    from certgate.pki.verdict import Revocation

    options.choice("--format", format_, ("human", "json"))
    options.choice("--revocation-scope", revocation_scope, SCOPES)
    if purpose is not None:
        purposes.check(purpose, "--purpose")
    if no_revocation and revocation not in (None, "none"):
        raise UsageError("--no-revocation is --revocation none: give one of them", code="revocation-twice")
    settings = setting.settled(
        config,
        setting.given(
            trust,
            root,
            intermediate,
            crl,
            system_roots=system_roots,
            tier=tier,
            untrusted=tuple(untrusted or ()),
            revocation="none" if no_revocation else revocation,
            **network.given(online, responses, timeout, max_size, allow_private_network),
        ),
    )
    mode = Revocation(options.choice("--revocation", settings.revocation or "online", tuple(Revocation)))
    world = options.world(at, settings.timezone)
    tier = options.choice("--tier", settings.tier or "premium", TIERS)
    not_anchors = tuple(map(thumbprint, settings.untrusted))
    fetches = network.Network(settings, record)
    passwords = options.Passwords(password, password_env, password_file)
    together = options.Together()
    with together:
        store = setting.trust_store(settings, passwords.get())
    with together:
        loaded = options.load_all(certs, passwords)
    with together:
        world = fetches.world(world)
    together.check()
    question = Question(Authorities(store, tier, not_anchors), world, mode, revocation_scope, purpose, all_paths)
    rows = [verified(item, question) for item in loaded]
    fetches.finish()
    if format_ == "json":
        from certgate.report import json_

        output.write_json(json_.verify(rows))
    else:
        from certgate.core.world import clock
        from certgate.report import verify as report

        output.show(report.to_page(rows, output.columns(), now=clock()))
    return worst(row.exit_code for row in rows)
