"""The small elements, and the reference of those that are not simulated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.core.errors import InputError
from certgate.gateway.elements import SIMULATED, VOCABULARY, reference, simulated
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.policy.declaration import Section
from tests.gateway import authority

Ask = Callable[..., Outcome]


def header(name: str, action: str = "", *values: str) -> str:
    written = f' exists-action="{action}"' if action else ""
    return f'<set-header name="{name}"{written}>{"".join(f"<value>{value}</value>" for value in values)}</set-header>'


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (header("x-a", "", "new"), ("new",)),
        (header("X-A", "override", "1", "2"), ("1", "2")),
        (header("X-A", "override"), None),
        (header("X-A", "skip", "new"), ("old",)),
        (header("X-A", "append", "new"), ("old", "new")),
        (header("x-a", "delete"), None),
        (header("X-A", "", "@((string)null)"), ("",)),
        (header("X-A", "", '@("a" + 1)'), ("a1",)),
        (header("@(&quot;X-&quot; + &quot;A&quot;)", "", "new"), ("new",)),
    ],
)
def test_set_header(gateway: Ask, element: str, expected: tuple[str, ...] | None) -> None:
    """override, skip, append and delete; names without regard to case; null is empty."""
    sent = gateway(element, request=Request(headers={"X-A": "old"})).backend
    assert sent is not None
    assert {name.lower(): values for name, values in sent.headers.items()}.get("x-a") == expected


@pytest.mark.parametrize("name", ["Connection", "Content-Length", "keep-alive", "Transfer-Encoding"])
def test_fixed_headers(gateway: Ask, name: str) -> None:
    """Headers that the gateway keeps for itself are not changed, and the step says so."""
    outcome = gateway(header(name, "", "x"))
    assert outcome.backend is not None
    assert name not in outcome.backend.headers
    assert outcome.steps[0].effect.startswith("no effect")


def test_set_body_of_an_answer(gateway: Ask) -> None:
    """Text, free XML and expressions make the body of return-response."""

    def body(text: str) -> str:
        return gateway(f"<return-response><set-body>{text}</set-body></return-response>").body

    assert body("plain") == "plain"
    assert body("<a b='c'>&amp;</a>") == "<a b='c'>&amp;</a>"
    assert body('@("x" + context.Request.Method)') == "xGET"
    assert body("@((string)null)") == ""
    assert body("@(new byte[] { 65, 66 })") == "AB"


def test_set_variable(gateway: Ask) -> None:
    """A literal becomes a string, an expression keeps its type, null is stored."""
    text = (
        '<set-variable name="a" value="1" /><set-variable name="b" value="@(1 + 1)" />'
        '<set-variable name="c" value="@((string)null)" />'
        '<return-response><set-body>@((string)context.Variables["a"] + ((int)context.Variables["b"] + 1) + '
        'context.Variables.ContainsKey("c") + context.Variables.GetValueOrDefault<string>("c", "d"))</set-body>'
        "</return-response>"
    )
    outcome = gateway(text)
    assert outcome.body == "13True"
    assert [step.element for step in outcome.steps][:3] == ["set-variable"] * 3


@pytest.mark.parametrize("value", ["@(context.Request.Certificate)", '@(new [] { "a" })', "@(context.Request.Headers)"])
def test_types_that_a_variable_cannot_hold(value: str) -> None:
    """The gateway does not save them."""
    quoted = value.replace('"', "&quot;")
    with pytest.raises(InputError) as error:
        Policy.parse(f'<set-variable name="x" value="{quoted}" />')
    assert error.value.code == "variable-type"


@pytest.mark.parametrize(
    ("code", "wanted"), [("0", "value-wrong"), ("-1", "value-wrong"), ("abc", "value-wrong"), ("", "value-wrong")]
)
def test_status_codes_that_are_not_saved(code: str, wanted: str) -> None:
    """A status is a positive integer."""
    with pytest.raises(InputError) as error:
        Policy.parse(f'<return-response><set-status code="{code}" /></return-response>')
    assert error.value.code == wanted


def test_status_from_an_expression(gateway: Ask) -> None:
    """Code and reason may be expressions; 600 and above are the gateway's too."""
    status = '<set-status code="@(400 + 3)" reason="@(&quot;No &quot; + context.Request.Method)" />'
    text = f"<return-response>{status}</return-response>"
    assert (gateway(text).status, gateway(text).reason) == (403, "No GET")
    assert gateway('<return-response><set-status code="777" reason="x" /></return-response>').status == 777


@pytest.mark.parametrize("code", ["@(0)", '@(int.Parse("-200"))', "@(1000)", "99"])
@pytest.mark.parametrize("around", ["{}", "<return-response>{}</return-response>"])
def test_a_number_that_is_no_status(gateway: Ask, code: str, around: str) -> None:
    """What the gateway makes of it nobody knows; it is no acceptance."""
    text = around.format(f"<set-status code='{code}' reason='x' />")
    outcome = gateway(text)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open is not None and outcome.open.place is not None
    assert outcome.open.place.column == text.index(code) + 1


def test_status_without_a_response(gateway: Ask) -> None:
    """set-status in inbound changes nothing, and a hint says so."""
    outcome = gateway('<set-status code="403" reason="No" />')
    assert outcome.status == 200
    assert any("set-status" in hint for hint in outcome.hints)


def test_return_response_from_a_variable(gateway: Ask) -> None:
    """An unknown variable is a run-time error; one that holds a response gives a copy of it."""
    assert gateway('<return-response response-variable-name="nope" />').status == 500
    text = (
        "<policies><inbound /><outbound>"
        '<set-variable name="r" value="@(context.Response)" />'
        '<return-response response-variable-name="r"><set-status code="418" reason="Tea" /></return-response>'
        "</outbound></policies>"
    )
    assert (gateway(text).status, gateway(text).reason) == (418, "Tea")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [(("true",), 201), (("false", "1"), 202), (("0", "false"), 209), (("@(1 > 2)", "@(2 > 1)"), 202)],
)
def test_choose(gateway: Ask, conditions: tuple[str, ...], expected: int) -> None:
    """The first true condition runs; else otherwise."""

    def answer(code: int) -> str:
        return f'<return-response><set-status code="{code}" reason="x" /></return-response>'

    whens = "".join(f'<when condition="{each}">{answer(201 + at)}</when>' for at, each in enumerate(conditions))
    outcome = gateway(f"<choose>{whens}<otherwise>{answer(209)}</otherwise></choose>")
    assert outcome.status == expected


def test_later_conditions_are_not_evaluated(gateway: Ask) -> None:
    """Conditions after a true one do not run."""
    text = (
        '<choose><when condition="true" /><when condition="@(context.Request.Certificate.Subject == null)" /></choose>'
    )
    assert gateway(text).decision is Decision.ACCEPTED


# -- the reference ----------------------------------------------------------------------------------------------------


def test_every_element_is_declared_once() -> None:
    """A simulated element has no row in the reference."""
    assert not SIMULATED & reference.names()
    assert all(simulated(name) for name in SIMULATED)
    assert all(VOCABULARY[name].name == name for name in VOCABULARY)
    assert {"trace", "cors", "base", "set-graphql-resolver"} <= set(VOCABULARY)


def test_what_every_element_does_is_said() -> None:
    """Each declaration says what its element does; what certgate leaves out is said in whole sentences."""
    assert set(reference.DOES) == reference.names()
    assert [name for name, each in VOCABULARY.items() if not each.does or each.does[-1] in ".:"] == []
    assert [line for each in VOCABULARY.values() for line in each.deviations if line[-1] != "."] == []
    bare = {name for name, each in VOCABULARY.items() if name not in SIMULATED and not each.deviations}
    assert bare == {"base"}


REACHABLE = sorted(
    name
    for name in reference.names()
    if name != "base" and ((sections := VOCABULARY[name].sections) is None or sections)
)


@pytest.mark.parametrize("name", REACHABLE)
def test_no_element_is_passed_over_in_silence(name: str) -> None:
    """An element that is not simulated makes the outcome undecided when it is reached."""
    from certgate.core.source import Text
    from certgate.core.world import World
    from certgate.gateway.certificates.verdicts import Verdicts
    from certgate.gateway.pipeline import execute, start
    from certgate.gateway.settings import Gateway
    from certgate.gateway.situation import Situation
    from certgate.pki.verdict import Revocation
    from certgate.policy.compose import Effective
    from certgate.policy.document import Element

    world = World(authority.NOW)
    situation = Situation(Gateway(), Request(), None, world.now, world.zone)
    run = start(situation, Verdicts(lambda *_: pytest.fail("no certificate"), Revocation.NONE))
    element = Element(name, Text("p.xml", f"<{name} />").span(0, 1), f"{name}[1]", "api")
    sections = {section: (element,) if section is Section.INBOUND else () for section in Section}
    outcome = execute(Effective(sections, {}), run)
    assert outcome.steps[0].effect
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open and name in outcome.open.message
    assert outcome.decided_by and outcome.decided_by.element == name


def test_expressions_of_passing_elements_run(gateway: Ask) -> None:
    """An exception inside an element without effect is an exception all the same."""
    outcome = gateway('<trace source="x"><message>@(context.Request.Certificate.Subject)</message></trace>')
    assert outcome.status == 500
    assert outcome.last_error and outcome.last_error.source == "trace"


def test_the_backend_request_is_shown_with_what_is_not_known_in_it(gateway: Ask) -> None:
    """A token that nobody knows is said in a hint."""
    outcome = gateway('<authentication-managed-identity resource="r" />')
    assert outcome.decision is Decision.ACCEPTED
    assert any("(request.headers), which is not known here" in hint for hint in outcome.hints)


def test_block_is_transparent(gateway: Ask) -> None:
    """Its policies run in its place, an assumption; it takes an id and stands at any depth."""
    policy = Policy.parse(
        '<block id="a"><choose><when condition="true"><block><return-response>'
        '<set-status code="403" reason="Inside" /></return-response></block></when></choose></block>'
    )
    assert {note.code for note in policy.notes} == {"element-undocumented"}
    outcome = gateway(policy)
    assert (outcome.status, outcome.reason) == (403, "Inside")
    assert outcome.decided_by is not None
    assert outcome.decided_by.path == "block[1]/choose[1]/when[1]/block[1]/return-response[1]"
    assert "block" in {each.id for each in outcome.assumptions}
    passed = gateway("<policies><inbound><block /></inbound><backend><block><base /></block></backend></policies>")
    assert passed.backend is not None


def test_counters_pass_the_first_call(gateway: Ask) -> None:
    """A rate limit passes the one call of a run, an assumption."""
    outcome = gateway('<rate-limit-by-key calls="1" renewal-period="60" counter-key="@(context.Request.IpAddress)" />')
    assert outcome.decision is Decision.ACCEPTED
    assert "first-call" in {each.id for each in outcome.assumptions}
