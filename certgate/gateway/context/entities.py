"""The entities of ``context``: API, operation, product, subscription, user, deployment, last error.

Each is a set of values by the JSON name of the context file; a member that the file leaves out is null, false or empty.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.runtime import Evaluation, UnsupportedReached
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import NetObject, array, enum_value, to_utf16
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


def tag(value: Any) -> Any:
    return required(value, "number of the virtual network")


def url(value: Any) -> Any:
    from certgate.gateway.context.messages import UrlValue

    return UrlValue(Url.parse(value)) if isinstance(value, str) else None


def texts(value: Any) -> Any:
    return array(types.STRING, map(to_utf16, value or ()))


def keys(value: Any) -> Any:
    """The names of the header and parameter that carry the subscription's key: the service's own where none is said."""
    return Entity("ISubscriptionKeyParameterNames", {**KEY_NAMES, **(value or {})})


def apis(value: Any) -> Any:
    return array(types.named("IApi"), [Entity("IApi", row) for row in value or ()])


def state(value: Any) -> Any:
    return enum_value(PRODUCT_STATE, required(value, "state of the product"))


def carbon(value: Any) -> Any:
    return enum_value(CARBON, value or "NotAvailable")


def code(value: Any) -> Any:
    return required(value, "HttpErrorCode of the error")


def day(value: Any) -> Any:
    return moment(required(value, "date"))


def required(value: Any, name: str) -> Any:
    """SECURITY: a value that C# cannot have as null, and that nothing says, is not made up."""
    if value is None:
        raise UnsupportedReached(f"the context does not say the {name}")
    return value


def groups(value: Any) -> Any:
    """Pairs of id and name, or objects."""
    rows = [{"id": row[0], "name": row[1]} if isinstance(row, list) else row for row in value or ()]
    return array(types.named("IGroup"), [Entity("IGroup", row) for row in rows])


def identities(value: Any) -> Any:
    return array(types.named("IUserIdentity"), [Entity("IUserIdentity", row) for row in value or ()])


def moment(value: datetime | str | None) -> Any:
    """A ``DateTime`` of that moment, in UTC; null without one."""
    from datetime import UTC, datetime

    from certgate.csharp.dotnet.dates import dates  # noqa: F401 - declares the members
    from certgate.csharp.dotnet.dates.calendar import from_datetime
    from certgate.csharp.dotnet.dates.date_values import DateTimeValue

    if value is None:
        return None
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    utc = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    return DateTimeValue(from_datetime(utc), kind=1)


JSON_TYPES = {"JObject": "Object", "JArray": "Array", "JToken": "", "JValue": ""}
"""The JSON types that a body or a variable can have, and what must stand at the top of their text."""


def parsed(type_name: str, value: str) -> Any:
    """What ``Parse`` of that type makes of a text; a time without an offset is in UTC."""
    from datetime import datetime

    definition = types.find(type_name)
    for member in definition.members("Parse") if definition else ():
        parameters = member.signature.parameters
        if member.call is not None and len(parameters) == 1 and parameters[0].type is types.STRING:
            ambient = (Evaluation({}, datetime(1970, 1, 1, tzinfo=UTC), UTC),) if member.ambient else ()
            return member.call(*ambient, value)
    raise UnsupportedReached(f"certgate has not got values of type {type_name} yet")


def json_value(kind: str, text: str, zone: tzinfo = UTC) -> Any:
    """A JSON value of the type of that name (``JObject``, ``JArray``, …) from its text; times in `zone`."""
    from certgate.csharp.dotnet.json import newtonsoft as json_  # noqa: F401 - declares the members
    from certgate.csharp.dotnet.json.reader import parse

    return parse(text, JSON_TYPES[kind], zone)


def _declare(name: str, members: str, undocumented: str = "", bases: tuple[str, ...] = ()) -> TypeDefinition:
    """An entity type: each of `members` is a C# type, a name, what reads it, and the JSON name of another member that
    says the same, as in ``string Id text``. `undocumented` names members that exist and that nobody describes."""
    rows = [row.split() for row in members.split(";") if row.strip()]
    names = " ".join([row[1] for row in rows] + undocumented.split())
    definition = define(name, kind="interface", allowed=True, known=names, bases=bases)
    definition.undocumented = frozenset(undocumented.split())
    for kind, member, reads, *others in rows:
        keys = (member[0].lower() + member[1:], *others)
        definition.property(f"{kind} {member}")(_getter(keys, globals()[reads]))
    return definition


def _getter(names: tuple[str, ...], reads: Callable[[Any], Any]) -> Callable[[Entity], Any]:
    return lambda self: reads(next((self.data[name] for name in names if self.data.get(name) is not None), None))


KEY_NAMES = {"header": "Ocp-Apim-Subscription-Key", "query": "subscription-key"}
PRODUCT_STATE = define_enum("ProductState", {"NotPublished": 0, "Published": 1}, allowed=True)
CARBON = define_enum(
    "CarbonIntensityCategory",
    {"NotAvailable": 0, "VeryLow": 1, "Low": 2, "Medium": 3, "High": 4, "VeryHigh": 5},
    allowed=True,
)


_declare("IGroup", "string Id text; string Name text")
_declare("IUserIdentity", "string Id text; string Provider text")
_declare("ISubscriptionKeyParameterNames", "string Header text; string Query text")
_declare("IBackend", "string Id text; string Type text; string AzureRegion text")
_declare("IFoundry", "string Deployment text")
_declare("IPrivateEndpointConnection", "string Name text; string GroupId text; string MemberName text")
_declare("IAzureVnetInfo", "int VnetTrafficTag tag; int SubnetId tag; int PrivateLinkId tag; string SnatVip text")
_declare("ISustainabilityInfo", "CarbonIntensityCategory CurrentCarbonIntensity carbon")
_declare("IWorkspace", "string Id text; string Name text")
_declare("IOperation", "string Id text; string Method text; string Name text; string UrlTemplate text")
_declare(
    "IApi",
    "string Id text; string Name text; string Path text; IEnumerable<string> Protocols texts; IUrl ServiceUrl url; "
    "ISubscriptionKeyParameterNames SubscriptionKeyParameterNames keys",
    "StorageId",
)
_declare("IContextApi", "string Revision text; string Version text; bool IsCurrentRevision flag", "", ("IApi",))
_declare(
    "IProduct",
    "string Id text; string Name text; bool ApprovalRequired flag; bool SubscriptionRequired flag; "
    "IEnumerable<IGroup> Groups groups; int? SubscriptionsLimit number subscriptionLimit; "
    "int? SubscriptionLimit number subscriptionsLimit; ProductState State state; IEnumerable<IApi> Apis apis",
)
_declare(
    "ISubscription",
    "string Id text; string Name text; string Key text; string PrimaryKey text; string SecondaryKey text; "
    "System.DateTime CreatedDate day createdTime; System.DateTime CreatedTime day createdDate; "
    "System.DateTime? StartDate moment; System.DateTime? EndDate moment",
)
_declare(
    "IUser",
    "string Id text; string FirstName text; string LastName text; string Email text; string Note text; "
    "IEnumerable<IGroup> Groups groups; IEnumerable<IUserIdentity> Identities identities; "
    "System.DateTime RegistrationDate day",
)
_declare(
    "ILastError",
    "string Source text; string Reason text; string Message text; string Scope text; string Section text; "
    "string Path text; string PolicyId text; int HttpErrorCode code",
    "Elapsed ToString TransportErrorCode",
)
_declare("IGateway", "string Id text; string InstanceId text; bool IsManaged flag")

DEPLOYMENT = define(
    "IDeployment",
    kind="interface",
    python=Deployment,
    allowed=True,
    known="BaseUrls Certificates Gateway GatewayId Region ServiceId ServiceName Sku SustainabilityInfo Units",
)

DEPLOYMENT.undocumented = frozenset({"BaseUrls", "Sku", "Units"})

CERTIFICATE = "System.Security.Cryptography.X509Certificates.X509Certificate2"


@DEPLOYMENT.property(f"IReadOnlyDictionary<string, {CERTIFICATE}> Certificates")
def certificates(self: Deployment) -> Any:
    from certgate.gateway.context.messages import certificate_value, dictionary

    run = self.run
    uploaded = {identifier: certificate_value(run, each, identifier) for identifier, each in run.uploaded.items()}
    if any(each.not_after <= run.now for each in run.uploaded.values()):
        run.assume("certificate-expired-kept")
    return dictionary(types.named(CERTIFICATE), uploaded.items())


@DEPLOYMENT.property("IGateway Gateway")
def gateway(self: Deployment) -> Any:
    return entity("IGateway", self.run.context.deployment.get("gateway"))


@DEPLOYMENT.property("ISustainabilityInfo SustainabilityInfo")
def sustainability_info(self: Deployment) -> Any:
    return entity("ISustainabilityInfo", self.run.context.deployment.get("sustainabilityInfo") or {})


def _deployment_text(name: str, key: str) -> None:
    DEPLOYMENT.property(f"string {name}")(lambda self: text(self.run.context.deployment.get(key)))


for _name in ("GatewayId", "Region", "ServiceId", "ServiceName"):
    _deployment_text(_name, _name[0].lower() + _name[1:])
