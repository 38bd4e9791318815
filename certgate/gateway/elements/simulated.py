"""How a simulated element is declared: one module, one :class:`Declaration`, one function that runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.registry import Registry
from certgate.core.value import frozen, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.declaration import Declaration
    from certgate.policy.document import Element

    Runs = Callable[[Element, Run], End | None]


@frozen
class Simulated:
    """An element that certgate runs. `run` returns None where the next element comes, else how the section ends."""

    declaration: Declaration
    run: Runs


ELEMENTS: Registry[Simulated] = Registry("policy element")


def element(declaration: Declaration) -> Callable[[Runs], Runs]:
    """Declare the element that the decorated function runs."""

    def declare(run: Runs) -> Runs:
        ELEMENTS.add(declaration.name, Simulated(declaration, run))
        return run

    return declare


def older_name(name: str, of: Runs, **changes: Any) -> None:
    """Declare that an element called `name` does what the declared function `of` does. `changes` are what its
    declaration has otherwise."""
    known = next(each for each in map(ELEMENTS.__getitem__, ELEMENTS) if each.run is of)
    element(replace(known.declaration, name=name, page=f"{name}-policy", **changes))(of)
