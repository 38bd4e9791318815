"""What is made of a secret named value, and read back, is in no text of an outcome."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Evaluated, Outcome
from certgate.gateway.policy_set import Policy
from certgate.policy.named_values import NamedValue
from tests.gateway import authority

Ask = Callable[..., Outcome]
SECRET = "Top-S3cret-Value"
VALUES = {"key": NamedValue(SECRET, secret=True)}


def answer(body: str) -> str:
    return f"<return-response><set-body>{body}</set-body></return-response>"


def evaluated(outcome: Outcome) -> list[Evaluated]:
    return [each for step in outcome.steps for each in step.expressions]


@pytest.fixture
def told(gateway: Ask) -> Callable[..., Outcome]:
    """The outcome of a policy that has the secret."""

    def ask(text: str, **settings: Any) -> Outcome:
        return gateway(text, None, named_values=VALUES, **settings)

    return ask


@pytest.mark.parametrize(
    ("made", "text"),
    [
        ('"{{key}}".ToUpper()', SECRET.upper()),
        ('"{{key}}".Substring(4)', SECRET[4:]),
        ('new string("{{key}}".Reverse().ToArray())', SECRET[::-1]),
        ('Convert.ToBase64String(Encoding.UTF8.GetBytes("{{key}}"))', base64.b64encode(SECRET.encode()).decode()),
        ('Encoding.UTF8.GetBytes("{{key}}-")', SECRET),
        ('string.Join(" ", "{{key}}".Split(\'-\'))', SECRET.replace("-", " ")),
    ],
)
def test_what_is_made_of_a_secret(told: Ask, made: str, text: str) -> None:
    """The body, the header and the reason are masked, and so is the record of the evaluation, which has no tree."""
    outcome = told(answer(f"@({made})"))
    assert outcome.decision is Decision.ACCEPTED
    assert outcome.body == "***"
    (record,) = evaluated(outcome)
    assert (record.value, record.trace) == ("***", None)
    assert text not in repr(outcome)


@pytest.mark.parametrize(
    ("first", "read"),
    [
        ('<set-variable name="v" value="{{key}}" />', 'context.Variables.GetValueOrDefault<string>("v").Substring(4)'),
        ('<set-variable name="v" value=\'@("{{key}}" + 1)\' />', '((string)context.Variables["v"]).ToLower()'),
        (
            '<set-variable name="u" value="{{key}}" /><set-variable name="v" '
            "value='@(((string)context.Variables[\"u\"]).Substring(4))' />",
            '((string)context.Variables["v"]).Substring(2)',
        ),
        (
            '<set-header name="X-Key"><value>{{key}}</value></set-header>',
            'context.Request.Headers.GetValueOrDefault("x-key", "").Substring(4)',
        ),
        ("<set-body>{{key}}</set-body>", "context.Request.Body.As<string>().Substring(4)"),
    ],
)
def test_what_is_read_back(told: Ask, first: str, read: str) -> None:
    """A variable, header or body made of a secret is one."""
    outcome = told(first + answer(f"@({read})"))
    assert (outcome.status, outcome.body) == (200, "***")
    assert "s3cret" not in repr(outcome).casefold()


def test_exception_text(told: Ask) -> None:
    """The text of an exception may quote what was made of the secret; on-error may make more of it."""
    text = """<policies><inbound><set-variable name="n" value='@(int.Parse("{{key}}".ToUpper() + "-x"))' /></inbound>
      <on-error><set-header name="X"><value>@(context.LastError.Message.Substring(30))</value></set-header></on-error>
    </policies>"""
    outcome = told(text)
    assert outcome.last_error is not None
    assert outcome.last_error.message == "Expression evaluation failed. ***"
    assert (evaluated(outcome)[0].exception or "").endswith("Exception: ***")
    assert outcome.headers["X"] == ("***",)
    assert "S3CRET" not in repr(outcome)


def test_null_reference_is_told(told: Ask) -> None:
    """That something is null quotes nothing, and is the usual fault of these policies."""
    outcome = told("<choose><when condition='@(context.Request.Certificate.Subject == \"{{key}}\")' /></choose>")
    assert outcome.last_error is not None
    assert outcome.last_error.message.endswith("Object reference not set to an instance of an object.")
    assert any("without a test for null" in hint for hint in outcome.hints)


def test_decisions_are_told(told: Ask) -> None:
    """A Boolean or number may be seen, and so may what the policy itself writes beside the secret."""
    text = f"""<set-variable name="n" value='@("{{{{key}}}}".Length)' />
      <choose><when condition='@("{{{{key}}}}" != "x")'>
      <return-response><set-status code="403" reason='@("{{{{key}}}}" == "{SECRET[:3]}" ? "Yes, well" : "Not here")' />
      </return-response></when></choose>"""
    outcome = told(text)
    assert [each.value for each in evaluated(outcome)] == [str(len(SECRET)), "true", "***"]
    assert (outcome.status, outcome.reason) == (403, "Not here")


def test_what_is_not_simulated_is_not_named(told: Ask) -> None:
    """The message of something that certgate has not got could be a piece of the secret."""
    outcome = told(answer('@("{{key}}".AsJwt().ToString())'))
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open is not None and "withheld" in outcome.open.message
    assert outcome.open.place is not None and outcome.open.place.column is not None


def test_other_expressions_are_shown(told: Ask) -> None:
    """An expression that has nothing to do with the secret keeps its value and its tree."""
    outcome = told('<set-variable name="v" value="{{key}}" />' + answer("@(context.Request.Method + 1)"))
    (record,) = evaluated(outcome)
    assert record.value == '"GET1"' and record.trace is not None


def test_open_question_keeps_its_place(gateway: Ask) -> None:
    """The place of a Verify() that nobody can answer is that of the call, though the tree is not shown."""
    client = authority.client("Listed", crl=authority.CRL_URL)
    text = (
        '<choose><when condition=\'@("{{key}}" == "" || !context.Request.Certificate.Verify())\'>'
        "<return-response><set-status code='403' reason='No' /></return-response></when></choose>"
    )
    store = authority.store(authority.revocation_list(authority.ROOT))
    outcome = gateway(text, client, trust=store, named_values=VALUES)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.decided_by is not None and outcome.decided_by.place.column == text.index("context") + 1
    assert evaluated(outcome)[0].trace is None


XSL = (
    '<xsl-transform>{0}<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">{1}'
    '<xsl:template match="/"><o><xsl:value-of select="{2}" /></o></xsl:template></xsl:stylesheet></xsl-transform>'
)
JSON = '<set-body>{"x": "{{key}}"}</set-body>'
XML = "<set-body><![CDATA[<a><x>{{key}}</x></a>]]></set-body>"


@pytest.mark.parametrize(
    "text",
    [
        XML + XSL.format("", "", "substring(/a/x, 5)"),
        XML + XSL.format('<parameter name="p">{{key}}</parameter>', '<xsl:param name="p" />', "substring($p, 5)"),
        XML + XSL.format("", "", "substring('{{key}}', 5)"),
        JSON + '<set-body template="liquid">{{body.x | Slice: 4, 30}}</set-body>',
        '<set-variable name="v" value="{{key}}" />'
        '<set-body template="liquid">{{context.Variables.v | Slice: 4, 30}}</set-body>',
        "<set-body>{{key}}</set-body><find-and-replace from=\"Top-\" to=\"\" />",
        '<invoke-request url="https://a.example/{{key}}" method="GET" response-variable-name="r" />',
        '<set-query-parameter name="{{key}}"><value>1</value></set-query-parameter>',
        '<set-query-parameter name="n"><value>{{key}}</value></set-query-parameter>',
        '<rewrite-uri template="/a/{{key}}" />',
    ],
    ids=range(10),
)  # fmt: skip
def test_what_policies_make_of_a_secret(text: str) -> None:
    """Transformed, cut, replaced, or written into an address: nothing of it is shown."""
    value = "Top- s3cret/V\u00e4lue%"
    named = {"key": NamedValue(value, secret=True)}
    headers = {"Content-Type": "application/xml" if text.startswith(XML) else "application/json"}
    world = World(authority.NOW, responses={"https://a.example/": {"status": 200}})
    policy = Policy.parse(
        f"<policies><inbound>{text}</inbound><backend><forward-request /></backend></policies>", named_values=named
    )
    outcome = api.validate(None, policy, request=Request(method="POST", headers=headers, body=b"{}"), world=world)
    assert outcome.decision is Decision.ACCEPTED
    assert "***" in repr(outcome)
    assert "s3cret" not in repr(outcome).casefold()
