"""Random values in a run: the same each time, said as an assumption, and seen alike by the explain tree."""

from __future__ import annotations

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.expression import Answer
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from tests.gateway import authority

POLICY = """<policies><inbound>
  <set-header name="X"><value>@(Guid.NewGuid().ToString())</value></set-header>
  <set-header name="Y"><value>@(new Random().Next().ToString())</value></set-header>
</inbound></policies>"""


def run(random: int = 0, url: str | None = None, policy: str = POLICY) -> Outcome:
    world = World(authority.NOW, random=random)
    request = Request(url=url)
    return api.validate(None, Policy.parse(policy), Gateway(), request=request, world=world)


def values(outcome: Outcome) -> list[str | None]:
    return [each.value for step in outcome.steps for each in step.expressions]


def test_same_inputs_same_values() -> None:
    """A pipeline gets the same outcome each time; another number or another request draws others."""
    assert values(run()) == values(run())
    assert values(run()) != values(run(random=1))
    assert values(run()) != values(run(url="https://other.example/"))
    assert len(set(values(run()))) == 2


def test_assumption() -> None:
    """A run that drew a value says so, one that did not is silent."""
    assert "random-values" in [each.id for each in run().assumptions]
    calm = run(policy="<policies><inbound><base /></inbound></policies>")
    assert "random-values" not in [each.id for each in calm.assumptions]


def test_explain_tree_draws_the_same() -> None:
    """The second evaluation, for the tree, shows the value of the first, and the next expression is not disturbed."""
    world = World(authority.NOW)
    traced = api.validate(None, Policy.parse(POLICY), Gateway(), world=world, trace=True)
    shown = [each for step in traced.steps for each in step.expressions]
    assert [each.value for each in shown] == values(api.validate(None, Policy.parse(POLICY), Gateway(), world=world))
    assert all(each.trace is not None and each.trace.value == each.value for each in shown)


def evaluate(text: str) -> Answer:
    return api.evaluate(text, Gateway(), world=World(authority.NOW))


@pytest.mark.parametrize("text", ["@(Guid.NewGuid())", "@(new Random().Next(10) < 10)"])
def test_expressions_alone(text: str) -> None:
    """One expression says the assumption too."""
    assert any("Random values" in each for each in evaluate(text).notes)
    assert not evaluate("@(new Random(42).Next())").notes
