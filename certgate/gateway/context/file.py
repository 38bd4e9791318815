"""The file of ``--context``: an API Management context written as JSON, checked member by member.

Every fault is an InputError ``context-invalid`` that names the member: what a policy reads later has the right type.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError, UsageError
from certgate.core.registry import did_you_mean
from certgate.core.source import Place
from certgate.gateway import json_text
from certgate.gateway.context.data import ContextData, Variable
from certgate.gateway.exchange import STATUSES, Url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from certgate.core.source import Source
    from certgate.pki.certificate import Certificate

CODE = "context-invalid"
MAX_VARIABLES = 10_000

_MEMBERS: dict[str, dict[str, str]] = {
    part: dict(pair.split(":") for pair in members.split())
    for part, members in {
        "api": "id:text name:text path:text revision:text version:text isCurrentRevision:flag serviceUrl:url "
        "protocols:names subscriptionKeyParameterNames:keys",
        "operation": "id:text method:text name:text urlTemplate:text responses:answers",
        "product": "id:text name:text approvalRequired:flag subscriptionRequired:flag groups:groups state:state "
        "subscriptionsLimit:number subscriptionLimit:number apis:apis",
        "subscription": "id:text name:text key:text primaryKey:text secondaryKey:text createdDate:time "
        "createdTime:time startDate:time endDate:time",
        "user": "id:text firstName:text lastName:text email:text note:text groups:groups registrationDate:time "
        "identities:identities",
        "workspace": "id:text name:text",
        "backend": "id:text type:text azureRegion:text",
        "deployment": "region:text serviceName:text serviceId:text gatewayId:text certificates:texts gateway:gateway "
        "sustainabilityInfo:sustainability",
        "response": "statusCode:status statusReason:text headers:headers body:text",
        "lastError": "source:text reason:text message:text scope:text section:text path:text policyId:text "
        "httpErrorCode:number",
        "request": "method:text url:url originalUrl:url ipAddress:text headers:headers body:text "
        "matchedParameters:texts privateEndpointConnection:connection azureVnetInfo:vnet foundry:foundry",
        "gateway": "id:text instanceId:text isManaged:flag",
        "group": "id:text name:text",
        "identity": "id:text provider:text",
        "connection": "name:text groupId:text memberName:text",
        "vnet": "vnetTrafficTag:number subnetId:number privateLinkId:number snatVip:text",
        "foundry": "deployment:text",
        "answer": "statusCode:status description:text representations:representations",
        "representation": "contentType:text examples:examples sample:text schemaId:text typeName:text",
        "example": "value:anything summary:text description:text",
        "keys": "header:text query:text",
        "sustainability": "currentCarbonIntensity:carbon",
    }.items()
}
"""The members of each part and of what stands inside them, with their kinds; null is right for each."""

_INNER = {
    *("gateway", "group", "identity", "connection", "vnet", "foundry", "keys", "sustainability"),
    *("answer", "representation", "example"),
}
_CHOICES = {
    "state": ("NotPublished", "Published"),
    "carbon": ("NotAvailable", "VeryLow", "Low", "Medium", "High", "VeryHigh"),
}
"""The constants of the gateway's enums."""
_BESIDE = ("privateEndpointConnection", "azureVnetInfo", "foundry")
"""Members of the request that are no part of its message."""
_PARTS = {name: members for name, members in _MEMBERS.items() if name not in _INNER}
_PLAIN = frozenset({"variables", "certificate", "certificateNote", "certificates", "now", "elapsed", "requestId"})
_OTHERS = _PLAIN | {"timestamp", "tracing"}


def read(source: Source | None, parts: Mapping[str, object]) -> ContextData:
    """Read a file; `parts` are laid over it, member by member."""
    reader = _Reader(source.name if source else "[context]")
    data: dict[str, Any] = reader.object(json_text.read(source, CODE), "") if source else {}
    for name, part in parts.items():
        below = data.get(name)
        data[name] = {**below, **part} if isinstance(below, dict) and isinstance(part, dict) else part
    return reader.context(data)


class _Reader:
    """Reads parts; every fault names the member."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fault(self, message: str, hint: str | None = None) -> InputError:
        return InputError(message, code=CODE, place=Place(self.name), hint=hint)

    def object(self, value: Any, path: str, known: Iterable[str] | None = None) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.fault(f"'{path}' must be an object" if path else "must hold a JSON object")
        for name in value:
            if known is not None and name not in known:
                where = f" in '{path}'" if path else ""
                raise self.fault(f"unknown member '{name}'{where}", did_you_mean(str(name), known))
        return value

    def part(self, value: Any, path: str, kind: str) -> dict[str, Any]:
        """An object whose members are those of `kind` in `_MEMBERS`."""
        found = self.object(value, path, _MEMBERS[kind])
        for name, member in found.items():
            if member is not None:
                self.member(member, f"{path}.{name}", _MEMBERS[kind][name])
        return found

    def member(self, value: Any, path: str, kind: str) -> None:
        """Check a value by its kind: an object of its own, a constant of an enum, or one of the kinds below."""
        if kind in _INNER:
            self.part(value, path, kind)
        elif kind in _CHOICES:
            if value not in _CHOICES[kind]:
                raise self.fault(f"'{path}' must be one of {', '.join(_CHOICES[kind])}")
        else:
            getattr(self, f"_{kind}")(value, path)

    def context(self, data: dict[str, Any]) -> ContextData:
        self.object(data, "", [*_PARTS, *_OTHERS])
        data = {name: value for name, value in data.items() if value is not None}
        parts: dict[str, dict[str, Any] | None] = {
            name: self.part(data[name], name, name) if name in data else None for name in _PARTS
        }
        request, deployment = parts["request"] or {}, parts["deployment"] or {}
        certificates = self.certificates(data.get("certificates", {}))
        return ContextData(
            method=request.get("method"),
            url=request.get("url"),
            original_url=request.get("originalUrl"),
            ip=request.get("ipAddress"),
            headers=None if request.get("headers") is None else self._headers(request["headers"], "request.headers"),
            body=request.get("body"),
            matched=request.get("matchedParameters") or {},
            variables=self.variables(data.get("variables", {})),
            **{
                name: parts[name]
                for name in ("api", "operation", "product", "subscription", "user", "workspace", "backend")
            },
            request={name: request[name] for name in _BESIDE if request.get(name) is not None},
            deployment=deployment,
            certificate=self.named_certificate(certificates, data.get("certificate"), "certificate"),
            certificates={
                identifier: self.required(certificates, name, f"deployment.certificates.{identifier}")
                for identifier, name in (deployment.get("certificates") or {}).items()
            },
            now=self.moment(data, "now"),
            timestamp=self.moment(data, "timestamp"),
            elapsed=self.parsed(data, "elapsed", "TimeSpan"),
            request_id=self.parsed(data, "requestId", "Guid"),
            tracing=self._flag(data.get("tracing", False), "tracing"),
            response=parts["response"],
            last_error=parts["lastError"],
        )

    def parsed(self, data: Mapping[str, Any], name: str, kind: str) -> str | None:
        """The text of a value that .NET's type of that name reads."""
        text = data.get(name)
        return None if text is None else self.checked(Variable(kind, self._text(text, name)), name).value

    def checked(self, variable: Variable, path: str) -> Variable:
        from certgate.gateway.context.variables import variable_value

        try:
            variable_value(variable)
        except InputError as error:
            raise self.fault(f"'{path}': {error.message}") from None
        return variable

    def variables(self, value: Any) -> dict[str, Variable]:
        rows = self.object(value, "variables")
        if len(rows) > MAX_VARIABLES:
            raise self.fault(f"'variables' holds more than {MAX_VARIABLES}")
        return {name: self.variable(name, row) for name, row in rows.items()}

    def variable(self, name: str, row: Any) -> Variable:
        if isinstance(row, dict):
            self.object(row, f"variables.{name}", frozenset({"type", "value"}))
            if not isinstance(row.get("type"), str):
                raise self.fault(f"'variables.{name}.type' must be text")
            if row["type"] == "IResponse":
                self.part(row.get("value"), f"variables.{name}.value", "response")
            return self.checked(Variable(row["type"], row.get("value")), f"variables.{name}")
        if row is None:
            return Variable("null", None)
        plain = {bool: "bool", int: "int", float: "double", str: "string"}.get(type(row))
        if plain is None:
            raise self.fault(f"'variables.{name}' must be an object of type and value")
        return self.checked(Variable(plain, row), f"variables.{name}")

    def certificates(self, value: Any) -> dict[str, Callable[[], Certificate]]:
        """Name -> what reads the certificate, so that only those are read that something names."""
        rows = self._texts(value, "certificates")
        return {name: (lambda name=name: self.certificate(name, rows[name])) for name in rows}  # type: ignore[misc]

    def certificate(self, name: str, text: str) -> Certificate:
        import base64
        import binascii

        from certgate.pki.certificate import Certificate

        try:
            return Certificate(base64.b64decode(text, validate=True), source=f"{self.name}:{name}")
        except (binascii.Error, ValueError):
            raise self.fault(f"'certificates.{name}' must be a certificate in base64") from None

    def named_certificate(
        self, certificates: Mapping[str, Callable[[], Certificate]], name: Any, path: str
    ) -> Certificate | None:
        return None if name is None else self.required(certificates, name, path)

    def required(self, certificates: Mapping[str, Callable[[], Certificate]], name: Any, path: str) -> Certificate:
        if not isinstance(name, str) or name not in certificates:
            raise self.fault(f"'{path}' must name one of 'certificates'", did_you_mean(str(name), certificates))
        return certificates[name]()

    def moment(self, data: Mapping[str, Any], name: str) -> datetime | None:
        text = data.get(name)
        return None if text is None else self._time(text, name)

    # -- the kinds of members ---------------------------------------------------------------------

    def _text(self, value: Any, path: str) -> str:
        if not isinstance(value, str):
            raise self.fault(f"'{path}' must be text")
        return value

    def _flag(self, value: Any, path: str) -> bool:
        if not isinstance(value, bool):
            raise self.fault(f"'{path}' must be true or false")
        return value

    def _number(self, value: Any, path: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**31:
            raise self.fault(f"'{path}' must be a whole number")
        return value

    def _status(self, value: Any, path: str) -> None:
        if self._number(value, path) not in STATUSES:
            raise self.fault(f"'{path}' must be a number from {STATUSES[0]} to {STATUSES[-1]}")

    def _url(self, value: Any, path: str) -> None:
        try:
            Url.parse(self._text(value, path))
        except UsageError as error:
            raise self.fault(f"'{path}': {error.message}", error.hint) from None

    def _time(self, value: Any, path: str) -> datetime:
        try:
            parsed = datetime.fromisoformat(self._text(value, path))
            return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.fault(f"'{path}' must be a time such as 2026-03-01T10:20:30Z") from None

    def _texts(self, value: Any, path: str) -> dict[str, str]:
        return {name: self._text(text, f"{path}.{name}") for name, text in self.object(value, path).items()}

    def _headers(self, value: Any, path: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, texts in self.object(value, path).items():
            values = [texts] if isinstance(texts, str) else texts
            if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
                raise self.fault(f"'{path}.{name}' must be a text or a list of texts")
            found[name] = tuple(values)
        return found

    def _names(self, value: Any, path: str) -> None:
        for at, text in enumerate(self._list(value, path)):
            self._text(text, f"{path}[{at}]")

    def _apis(self, value: Any, path: str) -> None:
        self._parts(value, path, "api")

    def _groups(self, value: Any, path: str) -> None:
        """Pairs of id and name, or objects."""
        for at, row in enumerate(self._list(value, path)):
            pair = isinstance(row, list) and len(row) == 2
            self.part({"id": row[0], "name": row[1]} if pair else row, f"{path}[{at}]", "group")

    def _identities(self, value: Any, path: str) -> None:
        self._parts(value, path, "identity")

    def _answers(self, value: Any, path: str) -> None:
        """What an operation documents of its answers, in the shape that ARM gives it."""
        self._parts(value, path, "answer")

    def _representations(self, value: Any, path: str) -> None:
        self._parts(value, path, "representation")

    def _examples(self, value: Any, path: str) -> None:
        for name, row in self.object(value, path).items():
            self.part(row, f"{path}.{name}", "example")

    def _anything(self, value: Any, path: str) -> None:
        """JSON of any kind."""

    def _parts(self, value: Any, path: str, kind: str) -> None:
        for at, row in enumerate(self._list(value, path)):
            self.part(row, f"{path}[{at}]", kind)

    def _list(self, value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise self.fault(f"'{path}' must be a list")
        return value
