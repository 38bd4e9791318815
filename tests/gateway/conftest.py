"""What the tests of the gateway share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.gateway.outcome import Outcome
from tests.gateway.gateway_runs import ask


@pytest.fixture
def gateway() -> Callable[..., Outcome]:
    """Asks the simulated gateway: a policy, a client certificate, and what differs from the usual settings."""
    return ask
