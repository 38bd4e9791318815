"""The simulated gateway's settings, requests and context files: what is refused, and with which code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from certgate.core.errors import InputError, UsageError
from certgate.core.source import Source
from certgate.gateway.context.data import ContextData, Variable
from certgate.gateway.exchange import Headers, Request, Url
from certgate.gateway.settings import Gateway

GOLDEN = Path(__file__).parent.parent / "golden" / "context.json"


@pytest.mark.parametrize(
    ("settings", "code"),
    [({"revocation": "sometimes"}, "value-unknown"), ({"backend_url": "backend"}, "url-invalid")],
)
def test_values_that_there_are_not(settings: dict[str, Any], code: str) -> None:
    """A value that a setting cannot have is refused; those of the situation are in test_arrival.py."""
    with pytest.raises(UsageError) as error:
        Gateway(**settings)
    assert error.value.code == code


def test_defaults_are_accepted() -> None:
    """The defaults, written out."""
    assert Gateway(tier="premium", negotiate=True, http="1.1", tls="1.2", behind=None, revocation="online") == Gateway()


@pytest.mark.parametrize(
    "url", ["", "api.contoso.com", "ftp://x/", "https://", "https://user:pw@x/", "https://x:99999/", "https://x/\n"]
)
def test_bad_addresses(url: str) -> None:
    """An address is absolute, http or https, without user or control characters."""
    with pytest.raises(UsageError) as error:
        Request(url=url)
    assert error.value.code == "url-invalid"


def test_address_parts() -> None:
    """The parts of an address, and its query decoded."""
    url = Url.parse("https://API.contoso.com:8443/a/b?filter=a%20b&Filter=c&empty=&flag")
    assert (url.scheme, url.host, url.port, url.path) == ("https", "api.contoso.com", 8443, "/a/b")
    assert url.query_string == "?filter=a%20b&Filter=c&empty=&flag"
    assert url.query == {"filter": ["a b", "c"], "empty": [""], "flag": [""]}
    assert Url.parse("https://x").path == "/"


def test_headers_ignore_case() -> None:
    """Names are compared without regard to case and keep their first spelling."""
    headers = Headers({"X-A": "1"})
    headers.append("x-a", ["2"])
    assert headers.frozen() == {"X-A": ("1", "2")}
    headers.set("x-A", ["3"])
    assert headers.frozen() == {"x-A": ("3",)}
    headers.delete("X-a")
    assert "X-A" not in headers


def context(data: object) -> ContextData:
    return ContextData.parse(Source("context.json", json.dumps(data).encode()))


@pytest.mark.skipif(not GOLDEN.exists(), reason="no golden data here")
def test_recorded_context() -> None:
    """The context of the recorded expressions is read whole."""
    data = ContextData.parse(Source.read(GOLDEN))
    assert data.method == "POST"
    assert data.headers is not None and data.headers["Accept"] == ("application/json", "text/plain;q=0.5")
    assert sorted(data.certificates) == ["issuing-ca", "other", "partner-a"]
    assert data.certificate == data.certificates["partner-a"]
    assert data.variables["big"] == Variable("long", 9000000000)
    assert data.service_url == "https://backend.contoso.com/api"
    assert data.now is not None and data.now.year == 2026


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ([], "object"),
        ({"reqest": {}}, "reqest"),
        ({"request": {"urls": ""}}, "urls"),
        ({"request": {"method": 1}}, "method"),
        ({"request": {"headers": {"X": 1}}}, "headers.X"),
        ({"certificate": "nobody"}, "certificate"),
        ({"certificates": {"a": "*"}, "certificate": "a"}, "certificates.a"),
        ({"deployment": {"certificates": {"a": "b"}}}, "deployment.certificates.a"),
        ({"variables": {"x": [1]}}, "variables.x"),
        ({"now": "yesterday"}, "now"),
        ({"now": "0001-01-01T00:00:00+10:00"}, "now"),
        ({"timestamp": 1}, "timestamp"),
        ({"tracing": "x"}, "tracing"),
        ({"elapsed": "soon"}, "elapsed"),
        ({"requestId": "x"}, "requestId"),
        ({"api": {"name": 1}}, "api.name"),
        ({"api": {"path": 7}}, "api.path"),
        ({"api": {"isCurrentRevision": "yes"}}, "api.isCurrentRevision"),
        ({"api": {"serviceUrl": "ftp://x"}}, "api.serviceUrl"),
        ({"request": {"url": "/orders"}}, "request.url"),
        ({"request": {"matchedParameters": {"id": 1}}}, "request.matchedParameters.id"),
        ({"user": {"groups": 1}}, "user.groups"),
        ({"user": {"groups": [["a"]]}}, "user.groups[0]"),
        ({"user": {"groups": [["a", 1]]}}, "user.groups[0].name"),
        ({"user": {"identities": [{"id": 1}]}}, "user.identities[0].id"),
        ({"user": {"registrationDate": "x"}}, "user.registrationDate"),
        ({"product": {"subscriptionsLimit": True}}, "product.subscriptionsLimit"),
        ({"subscription": {"endDate": 1}}, "subscription.endDate"),
        ({"deployment": {"gateway": {"isManaged": 1}}}, "deployment.gateway.isManaged"),
        ({"response": {"statusCode": 0}}, "response.statusCode"),
        ({"lastError": {"reason": 1}}, "lastError.reason"),
        ({"variables": []}, "variables"),
        ({"variables": {"x": {"type": "JObject", "value": "{"}}}, "variables.x"),
        ({"variables": {"x": {"type": "JObject", "value": {}}}}, "variables.x"),
        ({"variables": {"x": {"type": "int", "value": 2**31}}}, "variables.x"),
        ({"variables": {"x": {"type": "bool", "value": "yes"}}}, "variables.x"),
        ({"variables": {"x": {"type": "char", "value": "ab"}}}, "variables.x"),
        ({"variables": {"x": {"type": "string[]", "value": "ab"}}}, "variables.x"),
        ({"variables": {"x": {"type": "Guid", "value": "1"}}}, "variables.x"),
        ({"variables": {"x": {"type": "nothing", "value": 1}}}, "variables.x"),
    ],
)
def test_bad_context_files(data: object, word: str) -> None:
    """Every fault names the member."""
    with pytest.raises(InputError) as error:
        context(data)
    assert error.value.code == "context-invalid"
    assert word in error.value.message
    assert error.value.place is not None and error.value.place.file == "context.json"


def test_null_is_a_member_that_is_not_there() -> None:
    """For every member."""
    names = ("api", "tracing", "now", "elapsed", "requestId", "variables", "certificates", "response", "lastError")
    assert context(dict.fromkeys(names)) == ContextData()
    assert context({"api": {"path": None, "serviceUrl": None}}).api_path == ""


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('{\n  "api": nothing\n}', 2, 10), ("[" * 100_000, None, None), ("9" * 5000, None, None)],
)
def test_a_context_file_that_is_no_json(text: str, line: int | None, column: int | None) -> None:
    """The place is that of the fault; what is meant to overload a reader is refused as a whole."""
    with pytest.raises(InputError) as error:
        ContextData.parse(Source("context.json", text.encode()))
    place = error.value.place
    assert error.value.code == "context-invalid"
    assert place is not None and (place.file, place.line, place.column) == ("context.json", line, column)


def test_certificates_that_nothing_names_are_not_read() -> None:
    """A broken certificate beside those in use does no harm."""
    assert context({"certificates": {"a": "*"}}).certificate is None


def test_parts_win_over_the_file() -> None:
    """Parts of the configuration are laid over the file, member by member."""
    source = Source("context.json", b'{"api": {"id": "a", "path": "x"}, "variables": {"v": 1}}')
    data = ContextData.parse(source, {"api": {"path": "y"}})
    assert data.api == {"id": "a", "path": "y"}
    assert data.variables == {"v": Variable("int", 1)}
