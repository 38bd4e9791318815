"""The policy elements: those that are simulated, one module each, and the reference of all others.

A new simulated element is one module here, which is found by itself; ``python tools/trim_elements.py`` then takes its
row out of ``reference.json``. ``<base />`` is none of them: the scopes are put together before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from certgate.gateway.elements import reference
from certgate.gateway.elements.simulated import ELEMENTS, Simulated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.policy.declaration import Declaration

_OTHERS = {"reference", "simulated"}
"""The modules beside this one that are no element."""

SIMULATED = frozenset(module.name.replace("_", "-") for module in iter_modules(__path__) if module.name not in _OTHERS)
"""The names of the elements that certgate runs. Each has a module, which is loaded when a policy names the element."""


def simulated(name: str) -> Simulated | None:
    """What runs the element of that name; None: it stands in the reference only."""
    if name not in SIMULATED:
        return None
    import_module(f"{__name__}.{name.replace('-', '_')}")
    return ELEMENTS[name]


class _Vocabulary(Mapping[str, "Declaration"]):
    """The declarations of all elements, each made when first looked at."""

    def __getitem__(self, name: str) -> Declaration:
        found = simulated(name)
        return found.declaration if found else reference.declaration(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(SIMULATED | reference.names()))

    def __len__(self) -> int:
        return len(SIMULATED | reference.names())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in SIMULATED or name in reference.names())


VOCABULARY: Mapping[str, Declaration] = _Vocabulary()
"""Every element that may stand in a policy document, by name."""
