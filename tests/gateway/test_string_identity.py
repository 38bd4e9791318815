"""``==`` between an object and a string compares references: what a literal is the same object as."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.gateway.outcome import Decision, Outcome

Ask = Callable[..., Outcome]


@pytest.mark.parametrize(
    ("value", "decision"),
    [("GET", Decision.ACCEPTED), ('@("get".ToUpper())', Decision.UNDECIDED), ('@("GET")', Decision.REJECTED)],
)
def test_a_variable_beside_a_literal(gateway: Ask, value: str, decision: Decision) -> None:
    """A text of the policy is another object, a literal of another expression the same one; what an expression made
    is not known to be either."""
    answer = '<return-response><set-status code="403" reason="No" /></return-response>'
    condition = "@(context.Variables[&quot;x&quot;] == &quot;GET&quot;)"
    text = f"<set-variable name='x' value='{value}' /><choose><when condition='{condition}'>{answer}</when></choose>"
    assert gateway(text).decision is decision
