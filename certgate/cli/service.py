"""What the files of a service say about one request, for a command that simulates it: ``--service FOLDER --api A``.

Options and ``certgate.toml`` win over those files; which policies are in force is for :mod:`certgate.layouts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.cli import setting
from certgate.cli.options import Together
from certgate.config import NamedValueText, Settings
from certgate.core.errors import UsageError
from certgate.core.finding import Finding, Severity
from certgate.core.source import Source
from certgate.core.value import frozen
from certgate.policy.declaration import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.cli.cases import Given
    from certgate.layouts.inventory import Selection
    from certgate.policy.derived import Derived


@frozen
class Written:
    """The texts of what is in force: policies by scope, fragments by id."""

    policies: Mapping[str, Source | Derived]
    fragments: Mapping[str, Source | Derived]


_NAMES = ("api", "operation", "product", "workspace")
_SHOWN = 8
"""How many APIs a message names."""


def selected(given: Given) -> Selection | None:
    """What is in force by the folder of ``--service``; None without one. Raises UsageError, InputError."""
    names = {name: given[name] for name in _NAMES}
    if given["service"] is None:
        if option := next((name for name, value in names.items() if value is not None), None):
            raise UsageError(f"--{option} needs the folder it is looked for in: --service F", code="service-missing")
        return None
    from certgate import layouts

    found = layouts.service(given["service"])
    if found.apis and given["api"] is None and given["policy"] is None and not _api_scope(given):
        # SECURITY: a request without the policies of its API would pass what they refuse.
        known = ", ".join(dict.fromkeys(each.id for each in found.apis[:_SHOWN]))
        raise UsageError("--service: which API? give --api A", code="api-missing", hint=f"the files name {known}")
    return found.select(**names)


def _api_scope(given: Given) -> bool:
    return any(text.partition("=")[0] == Scope.API for text in given["scope"] or ())


def written(settings: Settings, selection: Selection | None) -> Written:
    """Files of options and configuration, over those of the service. Raises InputError with all that cannot be read."""
    policies: dict[str, Source | Derived] = {}
    fragments: dict[str, Source | Derived] = {}
    if selection is not None:
        policies |= {scope: stored.content for scope, stored in selection.policies.items()}
        fragments |= {name: stored.content for name, stored in selection.fragments.items()}
    together = Together()
    for scope, file in settings.policies.items():
        with together:
            policies[scope] = Source.read(file)
    with together:
        fragments |= setting.fragments(settings)
    together.check()
    return Written(policies, fragments)


def notes(selection: Selection | None) -> tuple[Finding, ...]:
    """What had to be decided about the policies that are in force."""
    said = selection.said if selection is not None else ()
    return tuple(Finding("scope-open", text, severity=Severity.NOTE) for text in said)


def standing(selection: Selection) -> Settings:
    """The files' named values, backends and parts of the context, as settings that options are laid over."""
    return Settings(
        named_values={
            name: NamedValueText(found.text, found.secret)
            for name, found in selection.named_values.items()
            if found.text is not None
        },
        backends=selection.backends,
        backend_url=selection.backend_url,
        context=selection.context,
    )
