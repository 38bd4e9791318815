"""``certgate inspect``: what a policy expression sees of a certificate, and text to paste into a policy."""

from __future__ import annotations

import typer

from certgate.cli import options
from certgate.exit_code import Exit

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def inspect(
    certs: options.Certs,
    at: options.At = None,
    timezone: options.Timezone = None,
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """What a policy expression sees of a certificate, in .NET's words, and text to paste into a policy.

    \b
    Examples:
      certgate inspect client.cer
      certgate inspect client.pfx --password-env PFX_PASSWORD
      certgate inspect certs/*.cer --format json

    \b
    Exit codes: 0 done · 2 usage · 3 unreadable
    """
    options.choice("--format", format_, ("human", "json"))
    world = options.world(at, timezone)
    loaded = options.load_all(certs, options.Passwords(password, password_env, password_file))

    from certgate.cli import output
    from certgate.report import inspect as report

    if format_ == "json":
        output.write_json(report.to_json(loaded, world.zone))
    else:
        output.show(report.to_page(loaded, world.now, world.zone, output.columns()))
    return Exit.OK
