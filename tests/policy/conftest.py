"""What the tests of the policy package share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.core.source import Text
from certgate.policy.derived import Building, Derived


@pytest.fixture
def plain() -> Callable[[str], Derived]:
    """A text as the reader wants it, with nothing filled in."""

    def make(text: str) -> Derived:
        building = Building(Text("p.xml", text))
        building.keep(0, len(text))
        return building.done()

    return make
