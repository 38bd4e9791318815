"""What the answer rests on and another gateway may not share: members of a newer .NET, and the time zone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.gateway.outcome import Outcome
from certgate.policy.named_values import NamedValue

Ask = Callable[..., Outcome]
ANSWER = '<return-response><set-status code="403" reason="No" /></return-response>'


def gate(condition: str) -> str:
    return f"<choose><when {condition}>{ANSWER}</when></choose>"


def assumed(outcome: Outcome) -> dict[str, str]:
    return {each.id: each.text for each in outcome.assumptions if each.id.startswith("gateway-")}


def test_newer_members_are_named(gateway: Ask) -> None:
    """A member that .NET Framework lacks takes part: the report says which."""
    found = assumed(gateway(gate("""condition='@("ab".Contains(&apos;b&apos;))'""")))
    assert list(found) == ["gateway-version"]
    assert "String.Contains" in found["gateway-version"]


@pytest.mark.parametrize(
    "text", ['"ab".Contains("b")', "\"a,b\".Split(',').Length == 2", '"a ".Trim(&apos; &apos;) == "a"']
)
def test_older_overloads_are_not(gateway: Ask, text: str) -> None:
    """What is written compiles in .NET Framework too, with an overload of its own."""
    assert assumed(gateway(gate(f"condition='@({text})'".replace('"', "&quot;")))) == {}


def test_the_zone_decides(gateway: Ask) -> None:
    """The answer is another one where the clocks differ."""
    found = assumed(gateway(gate('condition="@(DateTime.Now.Day != DateTime.UtcNow.Day)"')))
    assert list(found) == ["gateway-zone"]


def test_the_zone_is_given(gateway: Ask) -> None:
    """Whoever names the zone need not be told."""
    text = gate('condition="@(DateTime.Now.Day != DateTime.UtcNow.Day)"')
    assert assumed(gateway(text, timezone="Asia/Tokyo")) == {}


def test_local_dates_that_decide_nothing(gateway: Ask) -> None:
    """Local time takes part, but moves with the zone on both sides."""
    assert assumed(gateway(gate('condition="@(DateTime.Now &gt; DateTime.Now.AddDays(1))"'))) == {}


def test_the_answer_elsewhere_tells_no_secret(gateway: Ask) -> None:
    """What an expression makes of a secret value in another zone is masked as it is in this one."""
    spread = 'string.Join("-", "{{key}}".ToCharArray())'.replace('"', "&quot;")
    reason = f'<set-status code="403" reason="@({spread})" />'
    condition = 'condition="@(DateTime.Now.Day != DateTime.UtcNow.Day)"'
    text = f"<choose><when {condition}><return-response>{reason}</return-response></when></choose>"
    found = assumed(gateway(text, named_values={"key": NamedValue("swordfish", secret=True)}))
    assert list(found) == ["gateway-zone"]
    assert "s-w-o-r-d-f-i-s-h" not in found["gateway-zone"]
