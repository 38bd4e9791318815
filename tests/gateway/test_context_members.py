"""Every member of ``context`` that a context file can say, with its type, and the objects that variables hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from certgate import api
from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.core.world import World
from certgate.csharp.values import display
from certgate.gateway.context.data import ContextData
from certgate.gateway.exchange import Request
from certgate.gateway.expression import Answer
from certgate.gateway.settings import Gateway
from tests.gateway import authority
from tests.gateway.test_context_jwt import token

FULL: dict[str, Any] = {
    "api": {"id": "a", "protocols": ["https", "wss"], "subscriptionKeyParameterNames": {"header": "X-Key"}},
    "product": {"id": "p", "state": "Published", "apis": [{"id": "a", "name": "A"}], "subscriptionLimit": 3},
    "subscription": {"id": "s", "createdTime": "2026-01-02T03:04:05Z"},
    "user": {"id": "u", "identities": [{"id": "x", "provider": "aad"}], "registrationDate": "2024-05-06T07:08:09Z"},
    "deployment": {"sustainabilityInfo": {"currentCarbonIntensity": "Medium"}},
    "request": {
        "foundry": {"deployment": "gpt"},
        "privateEndpointConnection": {"name": "n", "groupId": "g", "memberName": "m"},
        "azureVnetInfo": {"subnetId": 5, "snatVip": "10.0.0.1"},
        "body": "a=1&b=x+y&a=2&c=%C3%A9&d",
    },
    "backend": {"id": "b", "type": "Pool", "azureRegion": "West Europe"},
    "lastError": {"source": "x", "httpErrorCode": 401},
    "variables": {
        "token": {"type": "Jwt", "value": token({"sub": "jane"})},
        "answer": {"type": "IResponse", "value": {"statusCode": 404, "headers": {"A": "b"}, "body": '{"x": 1}'}},
        "auth": {"type": "Authorization", "value": {"accessToken": "t", "claims": {"n": 1, "s": "x"}}},
        "when": {"type": "DateTimeOffset", "value": "2026-03-01T10:20:30+02:00"},
        "text": "hello",
    },
}


def evaluate(text: str, context: dict[str, Any] | None = None) -> Answer:
    source = Source("context.json", json.dumps(FULL if context is None else context).encode())
    gateway = Gateway(context=ContextData.parse(source))
    return api.evaluate(f"@({text})", gateway, world=World(authority.NOW))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('string.Join(",", context.Api.Protocols)', '"https,wss"'),
        ("context.Api.SubscriptionKeyParameterNames.Header", '"X-Key"'),
        ("context.Api.SubscriptionKeyParameterNames.Query", '"subscription-key"'),
        ("((IApi)context.Api).Id", '"a"'),
        ("context.Product.State == ProductState.Published", "true"),
        ("context.Product.Apis.Single().Name", '"A"'),
        ("context.Product.SubscriptionsLimit", "3"),
        ("context.Product.SubscriptionLimit ?? 0", "3"),
        ("context.Subscription.CreatedDate.Year + context.Subscription.CreatedTime.Month", "2027"),
        ("context.Subscription.EndDate == null", "true"),
        ("context.User.Identities.First().Provider", '"aad"'),
        ("context.Deployment.SustainabilityInfo.CurrentCarbonIntensity > CarbonIntensityCategory.Low", "true"),
        ("context.Request.Foundry.Deployment", '"gpt"'),
        ("context.Request.PrivateEndpointConnection.MemberName", '"m"'),
        ("context.Request.AzureVnetInfo.SubnetId", "5"),
        ('context.Backend.Type + "/" + context.Backend.AzureRegion', '"Pool/West Europe"'),
        ("context.LastError.HttpErrorCode", "401"),
        ('((Jwt)context.Variables["token"]).Subject', '"jane"'),
        ('((IResponse)context.Variables["answer"]).StatusCode', "404"),
        ('((IResponse)context.Variables["answer"]).StatusReason', '"Not Found"'),
        ('(int)((IResponse)context.Variables["answer"]).Body.As<JObject>()["x"]', "1"),
        ('((Authorization)context.Variables["auth"]).AccessToken', '"t"'),
        ('(string)((Authorization)context.Variables["auth"]).Claims["s"]', '"x"'),
        ('((DateTimeOffset)context.Variables["when"]).Offset.TotalHours', "2"),
        ("context.Variables.Keys.Count() == context.Variables.Count", "true"),
        ("context.Request.Body.AsFormUrlEncodedContent(preserveContent: true).Count", "4"),
        ('string.Join("|", context.Request.Body.AsFormUrlEncodedContent()["a"])', '"1|2"'),
        ('context.Request.Body.AsFormUrlEncodedContent()["b"][0]', '"x y"'),
        ('context.Request.Body.AsFormUrlEncodedContent()["d"].Single() == ""', "true"),
    ],
)
def test_members(text: str, value: str) -> None:
    """What the file says is what the member gives, in its C# type."""
    answer = evaluate(text)
    assert (answer.exception, answer.unsupported, answer.diagnostics) == (None, None, ())
    assert display(answer.value) == value


@pytest.mark.parametrize(
    "text",
    [
        "context.Backend",
        "context.Request.Foundry",
        "context.Request.PrivateEndpointConnection",
        "context.Request.AzureVnetInfo",
        "context.Workspace",
        "context.Product",
        "context.Subscription",
        "context.User",
    ],
)
def test_null_where_the_file_says_nothing(text: str) -> None:
    """Parts that a request need not have are null."""
    assert evaluate(f"{text} == null", {}).value is True


@pytest.mark.parametrize(
    "text",
    [
        "context.Subscription.CreatedDate",
        "context.Product.State",
        "context.User.RegistrationDate",
        "context.LastError.HttpErrorCode",
        "context.GraphQL",
        "context.Request.HasBody",
        "context.Request.ClientCertificates",
        "context.Deployment.Sku",
        "context.Api.StorageId",
        "context.Request.Url.Clone()",
    ],
)
def test_unsaid_is_unknown(text: str) -> None:
    """A value that C# cannot have as null is not made up, nor what a member means that nobody documents."""
    parts: dict[str, Any] = {"subscription": {}, "product": {}, "user": {}, "lastError": {}}
    answer = evaluate(f"{text} == null", parts)
    assert answer.unsupported


@pytest.mark.parametrize(
    "text",
    [
        "context.Request.HasBody",
        "context.Request.OriginalUrl.Clone()",
        "context.Deployment.Units",
        "context.Request.Body.AsSoap()",
        "context.Api.StorageId",
        "context.LastError.Elapsed",
    ],
)
def test_undocumented_is_said(text: str) -> None:
    """What the gateway has and nobody documents is named so, and not called missing."""
    assert (evaluate(text).unsupported or "").endswith("which is not documented")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'context.Variables.GetValueOrDefault<int>("text")',
            "Unable to convert context variable `text` of type `System.String` to the type of `System.Int32`.",
        ),
        ('context.Variables["nope"]', "The given key 'nope' was not present in the dictionary."),
        ("context.Variables[null]", "Value cannot be null. (Parameter 'key')"),
    ],
)
def test_variables_that_do_not_fit(text: str, message: str) -> None:
    """The gateway's own words for a variable of another type, .NET's for one that is missing."""
    assert evaluate(text).message == message


@pytest.mark.parametrize(
    ("context", "member"),
    [
        ({"product": {"state": "Hidden"}}, "product.state"),
        ({"deployment": {"sustainabilityInfo": {"currentCarbonIntensity": "Dark"}}}, "currentCarbonIntensity"),
        ({"api": {"protocols": "https"}}, "api.protocols"),
        ({"api": {"subscriptionKeyParameterNames": {"cookie": "x"}}}, "cookie"),
        ({"request": {"foundry": {"model": "x"}}}, "model"),
        ({"variables": {"r": {"type": "IResponse", "value": {"status": 1}}}}, "status"),
        ({"variables": {"r": {"type": "Jwt", "value": "x.y"}}}, "variables.r"),
        ({"variables": {"r": {"type": "Authorization", "value": {"token": "x"}}}}, "variables.r"),
    ],
)
def test_faults_name_the_member(context: dict[str, Any], member: str) -> None:
    """What a file says wrongly is said with its place."""
    with pytest.raises(InputError, match=member):
        evaluate("1", context)


@pytest.mark.parametrize(
    ("text", "value", "assumed"),
    [
        ('new Dictionary<string, IList<string>> { ["a"] = new List<string> { "1", "2" } }', "a=1&a=2", False),
        ('new Dictionary<string, IList<string>> { ["a b"] = new List<string> { "ü&" } }', "a%20b=%C3%BC%26", True),
        ("new Dictionary<string, IList<string>>()", None, False),
    ],
)
def test_form_data_as_text(text: str, value: str | None, assumed: bool) -> None:
    """Names and values in order; how a blank is written is an assumption, and said."""
    form, query = evaluate(f"{text}.ToFormUrlEncodedContent()"), evaluate(f"{text}.ToQueryString()")
    assert form.value == value
    assert query.value == (value and f"?{value}")
    assert bool(form.notes) is assumed


@pytest.mark.parametrize("reads", ["AsJObject()", "AsJToken(false)", "As<string>()", "AsFormUrlEncodedContent()"])
def test_a_body_is_read_once(reads: str) -> None:
    """Each way of reading consumes the content, and finds it consumed."""
    block = f"@{{ context.Request.Body.{reads}; return context.Request.Body.{reads}; }}"
    gateway = Gateway()
    request = Request(method="POST", body="{}")
    answer = api.evaluate(block, gateway, request=request, world=World(authority.NOW))
    assert (answer.exception, answer.message) == (
        "System.InvalidOperationException",
        "The message body was already read.",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            'Convert.ToBase64String(new byte[3].Encrypt("Aes", new byte[16], new byte[16]))',
            '"uQUon0Fg6CjKBqGU2Me+tw=="',
        ),
        (
            'new byte[3].Encrypt("AES", new byte[16], new byte[16]).Decrypt("Aes", new byte[16], new byte[16]).Length',
            "3",
        ),
        ('new byte[3].Encrypt(SymmetricAlgorithm.Create("AES"), new byte[16], new byte[16]).Length', "16"),
    ],
)
def test_encryption(text: str, value: str) -> None:
    """The gateway's extension methods, by the name of an algorithm and with one."""
    assert display(evaluate(text).value) == value
