"""``context``, as expressions see it: the object itself.

Members by the policy-expressions page of Microsoft and the policy toolkit. `known` names what exists and certgate has
not got: reading it is unsupported, so the outcome is undecided and never wrong. The parts stand in
``context_messages.py`` (request, response), ``context_entities.py`` (API, product, user, …), ``context_variables.py``
and in the modules of helper methods.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.environment import Environment
from certgate.csharp.types import define
from certgate.csharp.values import NetObject
from certgate.gateway.context import encryption as context_encryption
from certgate.gateway.context import entities, messages
from certgate.gateway.context import extensions as helpers
from certgate.gateway.context import forms as context_forms
from certgate.gateway.context import jwt as context_jwt
from certgate.gateway.context import variables as context_variables
from certgate.gateway.exchange import Unknown
from certgate.policy.declaration import Section

if TYPE_CHECKING:
    from certgate.gateway.run import Run


PARTS = (context_encryption, context_forms, context_jwt, context_variables)
"""The modules that declare helper methods of other types, and what variables hold."""


class ContextValue(NetObject):
    """``context`` of one run."""

    __slots__ = ("run",)

    def __init__(self, run: Run) -> None:
        self.run = run


CONTEXT = define(
    "IExpressionContext",
    kind="interface",
    python=ContextValue,
    allowed=True,
    known="Api Backend Deployment Elapsed GraphQL LastError Operation Product Request RequestId Response Subscription "
    "Timestamp Trace Tracing User Variables Workspace",
)


@cache
def environment(unrestricted: bool = False) -> Environment:
    """What expressions of a policy are compiled against."""
    return Environment({"context": "IExpressionContext"}, unrestricted)


def context_value(run: Run) -> ContextValue:
    return ContextValue(run)


@CONTEXT.property("IRequest Request")
def request(self: ContextValue) -> Any:
    return messages.RequestValue(self.run)


@CONTEXT.property("IResponse Response")
def response(self: ContextValue) -> Any:
    found = self.run.exchange.response
    if found is not None:
        return messages.ResponseValue(found)
    given = self.run.context.response
    return messages.given_response(given) if given is not None else None


@CONTEXT.property(f"{helpers.VARIABLES} Variables")
def variables(self: ContextValue) -> Any:
    items, exchange = self.run.variables.items(), self.run.exchange
    if not exchange.unknown:
        return messages.dictionary(types.OBJECT, items)
    plain = ((name, str(value) if isinstance(value, Unknown) else value) for name, value in items)
    made = messages.dictionary(types.OBJECT, plain)
    return made if exchange.revealed else messages.guarded(made, items)


@CONTEXT.property("ILastError LastError")
def last_error(self: ContextValue) -> Any:
    error = self.run.last_error
    if error is None or self.run.section is not Section.ON_ERROR:
        return entities.entity("ILastError", self.run.context.last_error)
    return entities.entity(
        "ILastError",
        {
            "source": error.source,
            "reason": error.reason,
            "message": error.message,
            "scope": error.scope,
            "section": error.section,
            "path": error.path,
            "policyId": error.policy_id,
        },
    )


@CONTEXT.property("IContextApi Api")
def api(self: ContextValue) -> Any:
    return entities.entity("IContextApi", self.run.context.api or {})


@CONTEXT.property("IOperation Operation")
def operation(self: ContextValue) -> Any:
    return entities.entity("IOperation", self.run.context.operation or {})


@CONTEXT.property("IProduct Product")
def product(self: ContextValue) -> Any:
    return entities.entity("IProduct", self.run.context.product)


@CONTEXT.property("ISubscription Subscription")
def subscription(self: ContextValue) -> Any:
    return entities.entity("ISubscription", self.run.context.subscription)


@CONTEXT.property("IUser User")
def user(self: ContextValue) -> Any:
    return entities.entity("IUser", self.run.context.user)


@CONTEXT.property("IBackend Backend")
def backend(self: ContextValue) -> Any:
    """Null until a backend entity is chosen."""
    given, chosen = self.run.context.backend, self.run.exchange.route.entity
    if chosen is None or (given or {}).get("id") == chosen:
        return entities.entity("IBackend", given)
    self.run.assume("backend-entity")
    return entities.entity("IBackend", {"id": chosen, "type": "Single"})


@CONTEXT.property("IWorkspace Workspace")
def workspace(self: ContextValue) -> Any:
    return entities.entity("IWorkspace", self.run.context.workspace)


@CONTEXT.property("IDeployment Deployment")
def deployment(self: ContextValue) -> Any:
    return entities.Deployment(self.run)


@CONTEXT.property("bool Tracing")
def tracing(self: ContextValue) -> bool:
    return self.run.context.tracing


@CONTEXT.property("System.DateTime Timestamp")
def timestamp(self: ContextValue) -> Any:
    return entities.moment(self.run.context.timestamp or self.run.now)


@CONTEXT.property("System.TimeSpan Elapsed")
def elapsed(self: ContextValue) -> Any:
    return entities.parsed("System.TimeSpan", self.run.context.elapsed or "00:00:00")


@CONTEXT.property("System.Guid RequestId")
def request_id(self: ContextValue) -> Any:
    return entities.parsed("System.Guid", self.run.situation.request_id)


@CONTEXT.method("void Trace(string message)")
def trace(self: ContextValue, message: str | None) -> None:
    """Writes to the gateway's own trace, which nobody reads here."""


@CONTEXT.method("void Trace(string source, object data)")
def trace_of(self: ContextValue, source: str | None, data: Any) -> None:
    """The same with a source. The page has only the other; a library of the service's makers has both."""
