"""What ``context`` holds besides the request itself: the file of ``--context``, checked and typed.

Its shape is that of an API Management context written as JSON; every part may be missing. Values only: how expressions
see them is ``context.py``'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.registry import did_you_mean
from certgate.core.source import Place
from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.core.source import Source
    from certgate.pki.certificate import Certificate

Entity = Mapping[str, Any]
"""The members of an API, a product, …, by their JSON names; a member that is missing is null or empty."""

MAX_VARIABLES = 10_000


@frozen
class Variable:
    """A context variable: its C# type as JSON names it, and its JSON value."""

    type: str
    value: Any


@frozen
class ContextData:
    """The parts of a context. None: the file does not say; for entities also where it says null."""

    method: str | None = None
    url: str | None = None
    original_url: str | None = None
    ip: str | None = None
    headers: Mapping[str, tuple[str, ...]] | None = None
    body: str | None = None
    matched: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    api: Entity | None = None
    operation: Entity | None = None
    product: Entity | None = None
    subscription: Entity | None = None
    user: Entity | None = None
    workspace: Entity | None = None
    deployment: Entity = field(default_factory=dict)
    certificate: Certificate | None = None
    certificates: Mapping[str, Certificate] = field(default_factory=dict)
    """``context.Deployment.Certificates``."""
    now: datetime | None = None
    timestamp: datetime | None = None
    elapsed: str | None = None
    request_id: str | None = None
    tracing: bool = False
    response: Entity | None = None
    last_error: Entity | None = None

    @classmethod
    def parse(cls, source: Source | None, parts: Mapping[str, object] | None = None) -> ContextData:
        """Read a context file; `parts` (``[context]`` of the configuration) are laid over it, member by member.

        Raises InputError ``context-invalid`` with the member at fault.
        """
        if source is None and not parts:
            return cls()
        import json

        reader = _Reader(source.name if source else "[context]")
        data: dict[str, Any] = {}
        if source is not None:
            try:
                data = reader.object(json.loads(source.decode().text), "")
            except (ValueError, RecursionError) as error:
                raise reader.fault(f"is not JSON: {error}") from None
        for name, part in (parts or {}).items():
            below = data.get(name)
            data[name] = {**below, **part} if isinstance(below, dict) and isinstance(part, dict) else part
        return reader.context(data)

    @property
    def service_url(self) -> str | None:
        """The API's service URL."""
        return (self.api or {}).get("serviceUrl")

    @property
    def api_path(self) -> str:
        """The API's own path, which its service does not see."""
        return (self.api or {}).get("path") or ""


_MEMBERS: dict[str, frozenset[str]] = {
    part: frozenset(names.split())
    for part, names in {
        "api": "id name path revision version isCurrentRevision serviceUrl protocols subscriptionKeyParameterNames",
        "operation": "id method name urlTemplate",
        "product": "id name approvalRequired subscriptionRequired groups state subscriptionsLimit apis",
        "subscription": "id name key primaryKey secondaryKey createdDate startDate endDate",
        "user": "id firstName lastName email note groups registrationDate identities",
        "workspace": "id name",
        "deployment": "region serviceName serviceId gatewayId certificates gateway sustainabilityInfo",
        "response": "statusCode statusReason headers body",
        "lastError": "source reason message scope section path policyId",
        "request": "method url originalUrl ipAddress headers body matchedParameters",
    }.items()
}
"""The members of each part."""

_PLAIN = frozenset({"variables", "certificate", "certificateNote", "certificates", "now", "elapsed", "requestId"})
_OTHERS = _PLAIN | {"timestamp", "tracing"}


class _Reader:
    """Reads parts; every fault names the member."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fault(self, message: str, hint: str | None = None) -> InputError:
        return InputError(message, code="context-invalid", place=Place(self.name), hint=hint)

    def object(self, value: Any, path: str, known: frozenset[str] | None = None) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.fault(f"'{path}' must be an object" if path else "must hold a JSON object")
        for name in value:
            if known is not None and name not in known:
                where = f" in '{path}'" if path else ""
                raise self.fault(f"unknown member '{name}'{where}", did_you_mean(name, known))
        return value

    def context(self, data: dict[str, Any]) -> ContextData:
        self.object(data, "", _OTHERS | frozenset(_MEMBERS))
        parts: dict[str, dict[str, Any] | None] = {
            name: None if data.get(name) is None else self.object(data[name], name, known)
            for name, known in _MEMBERS.items()
        }
        request, deployment = parts["request"] or {}, parts["deployment"] or {}
        certificates = self.certificates(data.get("certificates") or {})
        return ContextData(
            method=self.text(request, "request", "method"),
            url=self.text(request, "request", "url"),
            original_url=self.text(request, "request", "originalUrl"),
            ip=self.text(request, "request", "ipAddress"),
            headers=self.headers(request["headers"], "request.headers") if request.get("headers") is not None else None,
            body=self.text(request, "request", "body"),
            matched=self.texts(request.get("matchedParameters") or {}, "request.matchedParameters"),
            variables=self.variables(data.get("variables") or {}),
            **{name: parts[name] for name in ("api", "operation", "product", "subscription", "user", "workspace")},
            deployment=deployment,
            certificate=self.named_certificate(certificates, data.get("certificate"), "certificate"),
            certificates={
                identifier: self.required(certificates, name, f"deployment.certificates.{identifier}")
                for identifier, name in self.texts(
                    deployment.get("certificates") or {}, "deployment.certificates"
                ).items()
            },
            now=self.moment(data, "now"),
            timestamp=self.moment(data, "timestamp"),
            elapsed=self.text(data, "", "elapsed"),
            request_id=self.text(data, "", "requestId"),
            tracing=bool(data.get("tracing", False)),
            response=parts["response"],
            last_error=parts["lastError"],
        )

    def text(self, part: Mapping[str, Any], path: str, name: str) -> str | None:
        value = part.get(name)
        if value is not None and not isinstance(value, str):
            raise self.fault(f"'{path + '.' if path else ''}{name}' must be text")
        return value

    def texts(self, value: Any, path: str) -> dict[str, str]:
        found = self.object(value, path)
        for name in found:
            if not isinstance(found[name], str):
                raise self.fault(f"'{path}.{name}' must be text")
        return found

    def headers(self, value: Any, path: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, texts in self.object(value, path).items():
            values = [texts] if isinstance(texts, str) else texts
            if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
                raise self.fault(f"'{path}.{name}' must be a text or a list of texts")
            found[name] = tuple(values)
        return found

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
            return Variable(row["type"], row.get("value"))
        if row is None:
            return Variable("null", None)
        plain = {bool: "bool", int: "int", float: "double", str: "string"}.get(type(row))
        if plain is None:
            raise self.fault(f"'variables.{name}' must be an object of type and value")
        return Variable(plain, row)

    def certificates(self, value: Any) -> dict[str, Callable[[], Certificate]]:
        """Name -> what reads the certificate, so that only those are read that something names."""
        rows = self.texts(value, "certificates")
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
        text = self.text(data, "", name)
        if text is None:
            return None
        try:
            parsed = datetime.fromisoformat(text)
        except ValueError:
            raise self.fault(f"'{name}' must be a time such as 2026-03-01T10:20:30Z") from None
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
