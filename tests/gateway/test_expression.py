"""One expression by itself, and what an unknown certificate check does to it."""

from __future__ import annotations

from typing import Any

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway.context.data import ContextData
from certgate.gateway.exchange import Request
from certgate.gateway.expression import Answer
from certgate.gateway.settings import Gateway
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority

WORLD = World(authority.NOW)


def evaluate(text: str, client: Certificate | None = None, **settings: Any) -> Answer:
    return api.evaluate(text, Gateway(**settings), client=client, world=WORLD)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("@(1 + 1)", 2, "System.Int32"),
        ("@((string)null)", None, None),
        ("@(context.Request.Method)", "GET", "System.String"),
        ("@(context.Request.Url.ToString())", "https://gateway.invalid/", "System.String"),
        ('@(context.Request.Headers.GetValueOrDefault("Host"))', "gateway.invalid", "System.String"),
        ("@(context.Request.Certificate == null)", True, "System.Boolean"),
        ("@(context.Variables.Count)", 0, "System.Int32"),
        ("@(context.Product == null && context.User == null && context.LastError == null)", True, "System.Boolean"),
        ("@(context.Timestamp == DateTime.UtcNow)", True, "System.Boolean"),
        ("@(context.Request.Body == null)", True, "System.Boolean"),
    ],
)
def test_values_in_a_fresh_context(text: str, value: object, kind: str | None) -> None:
    """Without options the context is a plain GET without certificate, variables or body."""
    answer = evaluate(text)
    assert (answer.value, answer.type) == (value, kind)


def test_exception() -> None:
    """An exception is an answer: its type and message."""
    answer = evaluate("@(context.Request.Certificate.Subject)")
    assert answer.exception == "System.NullReferenceException"
    assert answer.message == "Object reference not set to an instance of an object."


def test_compile_error() -> None:
    """What C# refuses."""
    assert [each.code for each in evaluate("@(context.Request.Uri)").diagnostics] == ["CS1061"]


def test_unsupported() -> None:
    """A member that exists and certgate has not got is unsupported, never a wrong value."""
    assert evaluate("@(context.GraphQL == null)").unsupported


def test_client_of_the_context() -> None:
    """The context's own certificate is the caller's unless another is given."""
    context = ContextData(certificate=authority.client())
    assert evaluate("@(context.Request.Certificate.Subject)", context=context).value == "CN=Valid Client, O=Contoso"
    other = evaluate("@(context.Request.Certificate.Subject)", authority.root(), context=context)
    assert other.value == f"CN={authority.ROOT}, O=Contoso"


def test_body_is_read_once() -> None:
    """Reading consumes the body unless it is preserved."""
    request = Request("POST", body="x")
    text = "@(context.Request.Body.As<string>({}) + context.Request.Body.As<string>())"
    assert api.evaluate(text.format("true"), request=request, world=WORLD).value == "xx"
    assert api.evaluate(text.format(""), request=request, world=WORLD).exception == "System.InvalidOperationException"


@pytest.mark.parametrize(
    ("text", "undecided"),
    [
        ("@(context.Request.Certificate.Verify())", True),
        ("@(context.Request.Certificate.Verify() || true)", False),
        ("@(context.Request.Certificate.Verify() == context.Request.Certificate.Verify())", False),
        ("@(context.Request.Certificate.VerifyNoRevocation())", False),
    ],
)
def test_unknown_verify(text: str, undecided: bool) -> None:
    """An unknown Verify() is undecided where it matters."""
    client = authority.client("Listed", crl=authority.CRL_URL)
    answer = evaluate(text, client, trust=authority.store(authority.revocation_list(authority.ROOT)))
    assert bool(answer.undecided) is undecided
    assert answer.value is (None if undecided else True)


def test_trace() -> None:
    """On demand the answer holds the explain tree."""
    answer = api.evaluate('@("a" + "b" == "ab")', world=WORLD, trace=True)
    assert answer.trace is not None
    assert answer.trace.value == "true"


def test_variables_of_the_context() -> None:
    """Variables keep their types; one of a type that certgate has not got may be compared with null."""
    context = ContextData.parse(None, {"variables": {"n": {"type": "long", "value": 7}, "s": "x"}})
    assert (
        evaluate('@((long)context.Variables["n"] + ((string)context.Variables["s"]).Length)', context=context).value
        == 8
    )
    answer = evaluate('@(context.Variables.GetValueOrDefault<int>("n"))', context=context)
    assert answer.exception == "UserVariableCastException"
    assert answer.message == (
        "Unable to convert context variable `n` of type `System.Int64` to the type of `System.Int32`."
    )


@pytest.mark.parametrize(
    ("value", "user"), [("Basic dTpwOng=", "u"), ("basic dTpw", "u"), ("Bearer x", None), ("Basic !", None), ("", None)]
)
def test_basic_credentials(value: str, user: str | None) -> None:
    """AsBasic is null for anything but Basic credentials."""
    assert evaluate(f'@("{value}".AsBasic()?.UserId)').value == user


def keyed(certificate: Certificate) -> Certificate:
    """The same certificate, as read from a file that holds its key too."""
    return Certificate(certificate.der, True, certificate.source)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("context.Request.Certificate == context.Request.Certificate", True),
        ('context.Deployment.Certificates["a"] == context.Deployment.Certificates["a"]', True),
        ('context.Request.Certificate == context.Deployment.Certificates["a"]', False),
        ('context.Deployment.Certificates["b"] == context.Deployment.Certificates["a"]', False),
        ('context.Request.Certificate.Equals(context.Deployment.Certificates["a"])', True),
        ("context.Request.Certificate.HasPrivateKey", False),
        ('context.Deployment.Certificates["a"].HasPrivateKey', True),
        ('context.Deployment.Certificates["b"].HasPrivateKey', False),
    ],
)
def test_each_certificate_is_an_object_of_its_own(text: str, value: bool) -> None:
    """However equal their bytes are; the key of what a client presents stays with the client."""
    client = authority.client()
    store = TrustStore(certificates={"a": keyed(client), "b": client})
    answer = evaluate(f"@({text})", keyed(client), trust=store)
    assert answer.value is value
