"""The entities of ``context``: API, operation, product, subscription, user, deployment, last error.

Each is a set of values by the JSON name of the context file; a member that the file leaves out is null, false or empty.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, array, to_utf16
from certgate.gateway.exchange import Url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from certgate.csharp.types import TypeDefinition
    from certgate.gateway.run import Run


class Entity(NetObject):
    """An object whose members are values of the context file."""

    __slots__ = ("data", "net_type")

    def __init__(self, type_name: str, data: Mapping[str, Any]) -> None:
        self.net_type = types.named(type_name)
        self.data = data


def entity(type_name: str, data: Mapping[str, Any] | None) -> Entity | None:
    """The entity, null where there is none."""
    return None if data is None else Entity(type_name, data)


class Deployment(NetObject):
    """``context.Deployment``."""

    __slots__ = ("run",)

    def __init__(self, run: Run) -> None:
        self.run = run


def text(value: Any) -> Any:
    return to_utf16(value) if isinstance(value, str) else None


def flag(value: Any) -> bool:
    return value is True


def number(value: Any) -> Any:
    return value if isinstance(value, int) else None


def url(value: Any) -> Any:
    from certgate.gateway.context_messages import UrlValue

    return UrlValue(Url.parse(value)) if isinstance(value, str) else None


def groups(value: Any) -> Any:
    """Pairs of id and name, or objects."""
    rows = [{"id": row[0], "name": row[1]} if isinstance(row, list) else row for row in value or ()]
    return array(types.named("IGroup"), [Entity("IGroup", row) for row in rows])


def identities(value: Any) -> Any:
    return array(types.named("IUserIdentity"), [Entity("IUserIdentity", row) for row in value or ()])


def moment(value: datetime | str | None) -> Any:
    """A ``DateTime`` of that moment, in UTC; null without one."""
    from datetime import UTC, datetime

    from certgate.csharp.dotnet import dates  # noqa: F401 - declares the members
    from certgate.csharp.dotnet.calendar import from_datetime
    from certgate.csharp.dotnet.date_values import DateTimeValue

    if value is None:
        return None
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    utc = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    return DateTimeValue(from_datetime(utc), kind=1)


JSON_TYPES = {"JObject": "Object", "JArray": "Array", "JToken": "", "JValue": ""}
"""The JSON types that a body or a variable can have, and what must stand at the top of their text."""


def parsed(type_name: str, value: str) -> Any:
    """What ``Parse`` of that type makes of a text."""
    definition = types.find(type_name)
    for member in definition.members("Parse") if definition else ():
        if member.call is not None and len(member.signature.parameters) == 1:
            return member.call(value)
    raise UnsupportedReached(f"certgate has not got values of type {type_name} yet")


def json_value(kind: str, text: str, zone: tzinfo = UTC) -> Any:
    """A JSON value of the type of that name (``JObject``, ``JArray``, …) from its text; times in `zone`."""
    from certgate.csharp.dotnet import json_  # noqa: F401 - declares the members
    from certgate.csharp.dotnet.json_reader import parse

    return parse(text, JSON_TYPES[kind], zone)


def _declare(name: str, members: str, known: str = "") -> TypeDefinition:
    """An entity type: each of `members` is a C# type, a name, and what reads it, as in ``string Id text``."""
    rows = [row.split() for row in members.split(";") if row.strip()]
    names = " ".join([row[1] for row in rows] + known.split())
    definition = define(name, kind="interface", allowed=True, known=names)
    for kind, member, reads in rows:
        definition.property(f"{kind} {member}")(_getter(member[0].lower() + member[1:], globals()[reads]))
    return definition


def _getter(name: str, reads: Callable[[Any], Any]) -> Callable[[Entity], Any]:
    return lambda self: reads(self.data.get(name))


_declare("IGroup", "string Id text; string Name text")
_declare("IUserIdentity", "string Id text; string Provider text")
_declare("IWorkspace", "string Id text; string Name text")
_declare("IOperation", "string Id text; string Method text; string Name text; string UrlTemplate text")
_declare(
    "IApi",
    "string Id text; string Name text; string Path text; string Revision text; string Version text; "
    "bool IsCurrentRevision flag; IUrl ServiceUrl url",
    "Protocols SubscriptionKeyParameterNames StorageId",
)
_declare(
    "IProduct",
    "string Id text; string Name text; bool ApprovalRequired flag; bool SubscriptionRequired flag; "
    "IEnumerable<IGroup> Groups groups; int? SubscriptionsLimit number; int? SubscriptionLimit number",
    "State Apis",
)
_declare(
    "ISubscription",
    "string Id text; string Name text; string Key text; string PrimaryKey text; string SecondaryKey text; "
    "System.DateTime CreatedDate moment; System.DateTime CreatedTime moment; System.DateTime? StartDate moment; "
    "System.DateTime? EndDate moment",
)
_declare(
    "IUser",
    "string Id text; string FirstName text; string LastName text; string Email text; string Note text; "
    "IEnumerable<IGroup> Groups groups; IEnumerable<IUserIdentity> Identities identities; "
    "System.DateTime RegistrationDate moment",
)
_declare(
    "ILastError",
    "string Source text; string Reason text; string Message text; string Scope text; string Section text; "
    "string Path text; string PolicyId text",
    "Elapsed HttpErrorCode ToString TransportErrorCode",
)
_declare("IGateway", "string Id text; string InstanceId text; bool IsManaged flag")

DEPLOYMENT = define(
    "IDeployment",
    kind="interface",
    python=Deployment,
    allowed=True,
    known="BaseUrls Certificates Gateway GatewayId Region ServiceId ServiceName Sku SustainabilityInfo Units",
)

CERTIFICATE = "System.Security.Cryptography.X509Certificates.X509Certificate2"


@DEPLOYMENT.property(f"IReadOnlyDictionary<string, {CERTIFICATE}> Certificates")
def certificates(self: Deployment) -> Any:
    from certgate.gateway.context_messages import certificate_value, dictionary

    run = self.run
    uploaded = {identifier: certificate_value(run, each, identifier) for identifier, each in run.uploaded.items()}
    if any(each.not_after <= run.now for each in run.uploaded.values()):
        run.assume("certificate-expired-kept")
    return dictionary(types.named(CERTIFICATE), uploaded.items())


@DEPLOYMENT.property("IGateway Gateway")
def gateway(self: Deployment) -> Any:
    return entity("IGateway", self.run.context.deployment.get("gateway"))


def _deployment_text(name: str, key: str) -> None:
    DEPLOYMENT.property(f"string {name}")(lambda self: text(self.run.context.deployment.get(key)))


for _name in ("GatewayId", "Region", "ServiceId", "ServiceName"):
    _deployment_text(_name, _name[0].lower() + _name[1:])
