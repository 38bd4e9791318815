"""What the files of a service say about one request, for a command that simulates it: ``--service FOLDER --api A``.

Options and ``certgate.toml`` win over those files; which policies are in force is for :mod:`certgate.layouts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.config import NamedValueText, Settings
from certgate.core.errors import UsageError

if TYPE_CHECKING:
    from certgate.cli.cases import Given
    from certgate.layouts.inventory import Selection

_NAMES = ("api", "operation", "product", "workspace")


def selected(given: Given) -> Selection | None:
    """What is in force by the folder of ``--service``; None without one. Raises UsageError, InputError."""
    names = {name: given[name] for name in _NAMES}
    if given["service"] is None:
        if option := next((name for name, value in names.items() if value is not None), None):
            raise UsageError(f"--{option} needs the folder it is looked for in: --service F", code="service-missing")
        return None
    from certgate import layouts

    return layouts.service(given["service"]).select(**names)


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
