"""Request and response as expressions see them: addresses, headers, bodies, the client's certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import replace
from certgate.csharp import types
from certgate.csharp.runtime import ThrownException, UnsupportedReached, argument_null
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, NetObject, array, to_utf16
from certgate.gateway.exchange import Body, Headers, Response, Unknown, Url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo

    from certgate.csharp.dotnet.collections.dictionary import DictionaryValue
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import NetType
    from certgate.gateway.run import Run
    from certgate.pki.certificate import Certificate


class RequestValue(NetObject):
    __slots__ = ("run",)

    def __init__(self, run: Run) -> None:
        self.run = run


class ResponseValue(NetObject):
    __slots__ = ("response",)

    def __init__(self, response: Response) -> None:
        self.response = response


class UrlValue(NetObject):
    __slots__ = ("url",)

    def __init__(self, url: Url) -> None:
        self.url = url

    def to_text(self) -> str:
        return to_utf16(self.url.text)


class BodyValue(NetObject):
    __slots__ = ("body",)

    def __init__(self, body: Body) -> None:
        self.body = body

    def unread(self) -> None:
        """InvalidOperationException where the content is gone."""
        if self.body.consumed:
            raise ThrownException("System.InvalidOperationException", "The message body was already read.")


URL = define(
    "IUrl",
    kind="interface",
    python=UrlValue,
    allowed=True,
    known="Clone Host Path Port Query QueryString Scheme ToString ToUri",
)
BODY = define(
    "IMessageBody",
    kind="interface",
    python=BodyValue,
    allowed=True,
    known="As AsFormUrlEncodedContent AsJArray AsJObject AsJToken AsSoap",
)
REQUEST = define(
    "IRequest",
    kind="interface",
    python=RequestValue,
    allowed=True,
    known="AzureVnetInfo Body Certificate ClientCertificates Foundry HasBody Headers IpAddress MatchedParameters "
    "Method OriginalMethod OriginalUrl PrivateEndpointConnection Url",
)
RESPONSE = define(
    "IResponse", kind="interface", python=ResponseValue, allowed=True, known="Body Headers StatusCode StatusReason"
)

URL.undocumented = frozenset({"Clone", "ToUri"})
BODY.undocumented = frozenset({"AsSoap"})
REQUEST.undocumented = frozenset({"ClientCertificates", "HasBody", "OriginalMethod"})

TEXTS = "IReadOnlyDictionary<string, string[]>"
ORDINAL_IGNORE_CASE = 5
"""``StringComparison.OrdinalIgnoreCase``."""


# -- request -------------------------------------------------------------------------------------


@REQUEST.property("string Method")
def method(self: RequestValue) -> str:
    return to_utf16(self.run.exchange.request.method)


@REQUEST.property("IUrl Url")
def url(self: RequestValue) -> UrlValue:
    if self.run.exchange.route.service is not None:
        self.run.assume("request-url")
    return UrlValue(self.run.exchange.request.url)


@REQUEST.property("IUrl OriginalUrl")
def original_url(self: RequestValue) -> UrlValue:
    return UrlValue(self.run.exchange.request.original_url)


@REQUEST.property("string IpAddress")
def ip_address(self: RequestValue) -> str:
    return to_utf16(self.run.exchange.request.ip)


@REQUEST.property(f"{TEXTS} Headers")
def request_headers(self: RequestValue) -> Any:
    exchange = self.run.exchange
    return header_dictionary(exchange.request.headers, unsure=bool(exchange.unknown) and not exchange.revealed)


@REQUEST.property("IReadOnlyDictionary<string, string> MatchedParameters")
def matched_parameters(self: RequestValue) -> Any:
    items = self.run.exchange.request.matched.items()
    return dictionary(types.STRING, ((name, to_utf16(value)) for name, value in items), ignore_case=True)


@REQUEST.property("IMessageBody Body")
def request_body(self: RequestValue) -> Any:
    body = self.run.exchange.request.body
    return BodyValue(body) if body is not None else None


@REQUEST.property("IPrivateEndpointConnection PrivateEndpointConnection")
def private_endpoint_connection(self: RequestValue) -> Any:
    return _part(self.run, "IPrivateEndpointConnection", "privateEndpointConnection")


@REQUEST.property("IAzureVnetInfo AzureVnetInfo")
def azure_vnet_info(self: RequestValue) -> Any:
    return _part(self.run, "IAzureVnetInfo", "azureVnetInfo")


@REQUEST.property("IFoundry Foundry")
def foundry(self: RequestValue) -> Any:
    return _part(self.run, "IFoundry", "foundry")


def _part(run: Run, type_name: str, name: str) -> Any:
    """A part of the request that the context file says, or null."""
    from certgate.gateway.context.entities import entity

    return entity(type_name, run.context.request.get(name))


@REQUEST.property("System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate")
def certificate(self: RequestValue) -> Any:
    found = self.run.presented()
    return certificate_value(self.run, found) if found else None


def certificate_value(run: Run, certificate: Certificate, identifier: str | None = None) -> Any:
    """The object for the client's certificate, or for the uploaded one of that id: the same one each time within a run,
    and another one for each, as ``==`` compares references."""
    found = run.objects.get(identifier)
    if found is None:
        from certgate.csharp.dotnet.x509 import certificate as x509_certificate  # noqa: F401 - declares the members
        from certgate.csharp.dotnet.x509.values import CertificateValue

        found = run.objects[identifier] = CertificateValue(certificate, run.situation.zone)
    return found


# -- response ------------------------------------------------------------------------------------


def given_response(data: Mapping[str, Any]) -> ResponseValue:
    """The response that a context file describes."""
    body = data.get("body")
    headers = {
        name: [texts] if isinstance(texts, str) else texts for name, texts in (data.get("headers") or {}).items()
    }
    return ResponseValue(
        Response(
            data.get("statusCode", 200),
            data.get("statusReason"),
            Headers(headers),
            Body(body.encode()) if isinstance(body, str) else None,
        )
    )


def held_response(value: Any) -> Response | None:
    """A copy of the response behind a C# value, None where it is none. What expressions have read of it is gone."""
    if not isinstance(value, ResponseValue):
        return None
    response = value.response
    return replace(response, headers=Headers(response.headers.frozen()), body=response.body and replace(response.body))


@RESPONSE.property("int StatusCode")
def status_code(self: ResponseValue) -> int:
    return self.response.status


@RESPONSE.property("string StatusReason")
def status_reason(self: ResponseValue) -> str:
    from certgate.gateway.phrases import standard

    reason = self.response.reason
    return to_utf16(standard(self.response.status) if reason is None else reason)


@RESPONSE.property(f"{TEXTS} Headers")
def response_headers(self: ResponseValue) -> Any:
    return header_dictionary(self.response.headers, unsure=True)


@RESPONSE.property("IMessageBody Body")
def response_body(self: ResponseValue) -> BodyValue:
    body = self.response.body
    return BodyValue(body if body is not None else Body(b""))


# -- addresses and bodies ------------------------------------------------------------------------


@URL.property("string Scheme")
def scheme(self: UrlValue) -> str:
    return self.url.scheme


@URL.property("string Host")
def host(self: UrlValue) -> str:
    return self.url.host


@URL.property("int Port")
def port(self: UrlValue) -> int:
    return self.url.port


@URL.property("string Path")
def path(self: UrlValue) -> str:
    return to_utf16(self.url.path)


@URL.property("string QueryString")
def query_string(self: UrlValue) -> str:
    return to_utf16(self.url.query_string)


@URL.property(f"{TEXTS} Query")
def query(self: UrlValue) -> Any:
    return text_lists(self.url.query.items())


@URL.method("System.Uri ToUri()", ambient=True)
def to_uri(run: Evaluation, self: UrlValue) -> Any:
    """Nobody documents it, yet published policies call it."""
    from certgate.csharp.dotnet.net import uri

    assume(run, "to-uri")
    return uri.create(self.to_text(), uri.ABSOLUTE)


@URL.method("string ToString()")
def url_to_string(self: UrlValue) -> str:
    return self.to_text()


@BODY.method("T As<T>(bool preserveContent = false)", generic=True, ambient=True)
def body_as(evaluation: Evaluation, arguments: tuple[NetType, ...], self: BodyValue, preserve: bool = False) -> Any:
    """Text, bytes, JSON or XML; without `preserve` the body can be read once."""
    wanted = arguments[0]
    self.unread()
    if wanted is types.STRING:
        value: Any = to_utf16(self.body.text)
    elif wanted is types.BYTE.array():
        value = ByteArray(self.body.data)
    else:
        value = _parsed_body(self.body, wanted, evaluation.zone)
    self.body.consumed = not preserve
    return value


def _json_body(kind: str) -> None:
    """``AsJObject`` and the like: ``As<JObject>``, with settings of the reader where some are given."""
    name = f"Newtonsoft.Json.Linq.{kind}"

    def read(evaluation: Evaluation, self: BodyValue, preserve: bool = False, settings: Any = None) -> Any:
        if settings is not None:
            raise UnsupportedReached(f"certgate does not simulate As{kind} with settings")
        return body_as(evaluation, (types.named(name),), self, preserve)

    settings = "Newtonsoft.Json.JsonSerializerSettings settings = null"
    BODY.method(f"{name} As{kind}(bool preserveContent = false, {settings})", ambient=True)(read)


for _kind in ("JToken", "JObject", "JArray"):
    _json_body(_kind)


def _parsed_body(body: Body, wanted: NetType, zone: tzinfo) -> Any:
    from certgate.gateway.context.entities import JSON_TYPES, json_value

    kind = wanted.full_name.removeprefix("Newtonsoft.Json.Linq.")
    if kind in JSON_TYPES and kind != "JValue":
        return json_value(kind, to_utf16(body.text), zone)
    if wanted.full_name in _XML_TYPES:
        from certgate.csharp.dotnet.xml import load as xml_load

        read = xml_load.parse_document if wanted.full_name.endswith("XDocument") else xml_load.parse_element
        return read(to_utf16(body.text))
    raise UnsupportedReached(f"certgate does not know As<{wanted.display}>()")


_XML_TYPES = ("System.Xml.Linq.XElement", "System.Xml.Linq.XDocument", "System.Xml.Linq.XNode")


# -- dictionaries --------------------------------------------------------------------------------


def dictionary(value_type: NetType, items: Iterable[tuple[str, Any]], *, ignore_case: bool = False) -> DictionaryValue:
    """A ``Dictionary<string, T>`` of C# values."""
    from certgate.csharp.dotnet.collections.dictionary import DictionaryValue
    from certgate.csharp.dotnet.text.string_comparison import StringComparer

    found = DictionaryValue(types.STRING, value_type, StringComparer(ORDINAL_IGNORE_CASE) if ignore_case else None)
    for name, value in items:
        found.put(to_utf16(name), value)
    return found


def guarded(known: DictionaryValue, values: Iterable[tuple[str, Any]]) -> DictionaryValue:
    """`known`, which does not give away those of its `values` that nobody knows.

    SECURITY: such a value decides nothing; where an expression asks for it, the outcome is undecided.
    """
    unknown = {name.lower(): value.maker for name, value in values if isinstance(value, Unknown)}
    if not unknown:
        return known
    from certgate.csharp.dotnet.collections.dictionary import DictionaryValue

    class Guarded(DictionaryValue):
        """A dictionary with values that nobody knows."""

        __slots__ = ()

        def find(self, key: Any) -> list[Any]:
            if maker := unknown.get(key.lower()):
                raise UnsupportedReached(f"nobody knows the value of '{key}', which {maker} has set")
            return known.find(key)

        def pairs(self) -> Iterator[tuple[Any, Any]]:
            name, maker = next(iter(unknown.items()))
            raise UnsupportedReached(f"nobody knows all these values: {maker} has set '{name}'")

        def __len__(self) -> int:
            return len(known)

    return Guarded(known.key_type, known.value_type)


def text_lists(items: Iterable[tuple[str, Iterable[str]]]) -> Any:
    """Name to texts, names without regard to case."""
    lists = ((name, array(types.STRING, map(to_utf16, values))) for name, values in items)
    return dictionary(types.STRING.array(), lists, ignore_case=True)


def header_dictionary(headers: Headers, *, unsure: bool = False) -> Any:
    """`unsure`: some of their values may not be known."""
    made = text_lists(headers)
    return guarded(made, ((name, each) for name, values in headers for each in values)) if unsure else made


def assume(evaluation: Evaluation, name: str) -> None:
    """A simulator default took part in an evaluation."""
    context = evaluation.globals.get("context")
    if context is not None:
        context.run.assume(name)


def look_up(dictionary: DictionaryValue | None, key: str | None) -> tuple[bool, Any]:
    """Whether the dictionary has the key, and its value."""
    if dictionary is None:
        raise argument_null("dictionary")
    return dictionary.try_get(key)
