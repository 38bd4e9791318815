"""The policy elements: those that are simulated, one module each, and the reference of all others.

A new simulated element is a module here, its name in `SIMULATED`, and ``python tools/trim_elements.py`` run once, so
that its row leaves ``reference.json``. ``<base />`` is none of them: the scopes are put together before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from certgate.gateway.elements import reference
from certgate.gateway.elements.simulated import ELEMENTS, Simulated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.policy.declaration import Declaration

SIMULATED = (
    "choose",
    "forward-request",
    "return-response",
    "set-body",
    "set-header",
    "set-status",
    "set-variable",
    "validate-client-certificate",
)
"""The elements that certgate runs; each has the module of its name."""

for _name in SIMULATED:
    import_module(f"{__name__}.{_name.replace('-', '_')}")


def simulated(name: str) -> Simulated | None:
    """What runs the element of that name; None: it stands in the reference only."""
    return ELEMENTS.get(name)


class _Vocabulary(Mapping[str, "Declaration"]):
    """The declarations of all elements; those of the reference are made when first looked at."""

    def __getitem__(self, name: str) -> Declaration:
        found = ELEMENTS.get(name)
        return found.declaration if found else reference.declaration(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*ELEMENTS, *reference.names()}))

    def __len__(self) -> int:
        return len(ELEMENTS) + len(reference.names())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in ELEMENTS or name in reference.names())


VOCABULARY: Mapping[str, Declaration] = _Vocabulary()
"""Every element that may stand in a policy document, by name."""
