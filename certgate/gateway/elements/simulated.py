"""How a simulated element is declared: one module, one :class:`Declaration`, one function that runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.registry import Registry
from certgate.core.value import frozen

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
