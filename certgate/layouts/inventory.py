"""A service as its files say: policies by scope and name, fragments, named values, APIs, products, backends.

Values, and the choice of what is in force for a request. Where all this stands in a folder is for the modules beside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from certgate.core.errors import InputError, UsageError
from certgate.core.finding import Severity
from certgate.core.registry import did_you_mean
from certgate.core.source import Source
from certgate.core.value import field, frozen, replace
from certgate.policy.declaration import Scope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from certgate.core.finding import Finding
    from certgate.core.source import Place
    from certgate.policy.derived import Derived

T = TypeVar("T")

NAMES_SHOWN = 8
"""How many names a message lists."""


class Key(NamedTuple):
    """Whose policy it is: the names that its scope needs, the others empty. Names are compared without case."""

    scope: Scope
    workspace: str = ""
    product: str = ""
    api: str = ""
    operation: str = ""

    def __str__(self) -> str:
        names = (("workspace", self.workspace), ("product", self.product), ("API", self.api))
        said = [f"{kind} {name}" for kind, name in (*names, ("operation", self.operation)) if name]
        return ", ".join(said) if said else "global"


@frozen
class Stored:
    """A policy or a fragment: its text, a file or a part of one, and where it stands. `notes`: what is not read."""

    content: Source | Derived
    place: Place
    notes: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """What is written; empty for what is no text."""
        if not isinstance(self.content, Source):
            return self.content.text
        try:
            return self.content.decode().text
        except InputError:
            return ""


@frozen
class NamedValueFound:
    """A named value. `text` None: the files do not say it, as where it comes from a key vault; `why` says so.

    SECURITY: the text is in no ``repr``, since it may be secret.
    """

    name: str
    text: str | None = field(repr=False)
    secret: bool = False
    why: str = ""


@frozen
class Api:
    id: str
    workspace: str = ""
    name: str = ""
    """What people call it: the display name."""
    path: str = ""
    service_url: str = ""
    revision: str = ""
    version: str = ""
    operations: tuple[str, ...] = ()
    """Those that the files name."""


@frozen
class Product:
    id: str
    workspace: str = ""
    name: str = ""
    apis: tuple[str, ...] = ()
    """The APIs that the files link to it."""


@frozen
class Selection:
    """What is in force for a request. `context` holds what the files say of the parts of the context, as
    ``[context]`` of the configuration writes them."""

    policies: Mapping[Scope, Stored]
    fragments: Mapping[str, Stored]
    named_values: Mapping[str, NamedValueFound]
    backends: Mapping[str, str]
    backend_url: str | None
    context: Mapping[str, Mapping[str, str]]
    said: tuple[str, ...] = ()
    """What had to be decided, one sentence each."""

    def check(self, given: Collection[str] = (), fragments: Collection[str] = ()) -> None:
        """Raise InputError where part of a policy is not known, such as the branch that a template takes; scopes that
        are `given` otherwise, and `fragments`, do not count.

        SECURITY: what runs must be all of a policy: a check that is left out would let everybody through.
        """
        kept = [(f"--scope {scope}", stored) for scope, stored in self.policies.items() if scope not in given]
        texts = [stored.text for _, stored in kept]
        kept += [
            (f"--fragment {name}", stored)
            for name, stored in self.fragments.items()
            if name not in fragments and any(name in text for text in texts)
        ]
        faults = [
            replace(note, severity=Severity.ERROR, hint=note.hint or f"give it as it is deployed: {option}=FILE")
            for option, stored in kept
            for note in stored.notes
        ]
        if faults:
            raise InputError.of(faults)


@frozen
class Service:
    """What stands in `folder`. `layout`: how it was recognised. `recognised`: every file that took part, and as what;
    `notes`: what was not, and why."""

    folder: str
    layout: str
    policies: Mapping[Key, tuple[Stored, ...]] = field(default_factory=dict)
    fragments: Mapping[tuple[str, str], Stored] = field(default_factory=dict)
    """By workspace and id."""
    named_values: Mapping[tuple[str, str], NamedValueFound] = field(default_factory=dict)
    apis: tuple[Api, ...] = ()
    products: tuple[Product, ...] = ()
    backends: Mapping[str, str] = field(default_factory=dict)
    recognised: tuple[tuple[str, str], ...] = ()
    notes: tuple[Finding, ...] = ()

    def select(
        self,
        api: str | None = None,
        operation: str | None = None,
        product: str | None = None,
        workspace: str | None = None,
    ) -> Selection:
        """What is in force for a request to this operation of this API under a subscription of this product.

        Raises UsageError ``api-unknown``, ``operation-unknown``, ``product-unknown``, ``workspace-unknown`` with names
        that come near, and InputError ``policy-twice`` where two policies are one scope's.
        """
        return _Choice(self).made(api, operation, product, workspace)

    @property
    def workspaces(self) -> tuple[str, ...]:
        owners: Iterable[Key | Api | Product] = (*self.policies, *self.apis, *self.products)
        return tuple(dict.fromkeys(owner.workspace for owner in owners if owner.workspace))


class _Choice:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._said: list[str] = []

    def made(self, api: str | None, operation: str | None, product: str | None, workspace: str | None) -> Selection:
        if operation is not None and api is None:
            raise UsageError("--operation needs the API it belongs to: give --api", code="api-missing")
        place = self._workspace(workspace)
        chosen = self._api(api, place) if api is not None else None
        place = chosen.workspace if chosen is not None else place or ""
        bought = self._product(product, place) if product is not None else None
        called = self._operation(operation, chosen) if operation is not None and chosen is not None else ""
        self._check_link(bought, chosen)
        policies = self._policies(place, bought, chosen.id if chosen else "", called)
        return Selection(
            policies,
            {key[1]: value for key, value in self._of(self._service.fragments, place)},
            {key[1]: value for key, value in self._of(self._service.named_values, place)},
            self._service.backends,
            chosen.service_url if chosen is not None and is_url(chosen.service_url) else None,
            _context(chosen, called, bought, place),
            tuple(self._said),
        )

    def _of(self, found: Mapping[tuple[str, str], T], place: str) -> list[tuple[tuple[str, str], T]]:
        """Those of the service, and those of the workspace over them."""
        return [*((k, v) for k, v in found.items() if not k[0]), *((k, v) for k, v in found.items() if k[0] == place)]

    def _workspace(self, wanted: str | None) -> str | None:
        return (
            None if wanted is None else _found("workspace", wanted, {name: name for name in self._service.workspaces})
        )

    def _api(self, wanted: str, place: str | None) -> Api:
        apis = [each for each in self._service.apis if place is None or each.workspace == place]
        # The service's own APIs come before those of workspaces.
        apis.sort(key=lambda each: each.workspace != "")
        by_id = {each.id: each for each in reversed(apis)}
        if wanted.casefold() not in {name.casefold() for name in by_id}:
            for each in apis:
                if each.name.casefold() == wanted.casefold() or (
                    each.path and each.path.strip("/") == wanted.strip("/")
                ):
                    return each
        return _found("api", wanted, by_id)

    def _product(self, wanted: str, place: str) -> Product:
        products = [each for each in self._service.products if each.workspace in {"", place}]
        by_id = {each.id: each for each in products}
        if wanted.casefold() not in {name.casefold() for name in by_id}:
            for each in products:
                if each.name.casefold() == wanted.casefold():
                    return each
        return _found("product", wanted, by_id)

    def _operation(self, wanted: str, api: Api) -> str:
        return _found("operation", wanted, {name: name for name in api.operations}, f" of API '{api.id}'")

    def _check_link(self, product: Product | None, api: Api | None) -> None:
        if api is None:
            return
        holding = [each.id for each in self._service.products if api.id in each.apis]
        if product is None and holding:
            self._said.append(f"no product: the API is in {', '.join(holding[:NAMES_SHOWN])} (give --product)")
        elif product is not None and product.apis and api.id not in product.apis:
            self._said.append(f"the files do not link API '{api.id}' to product '{product.id}'")

    def _policies(self, place: str, product: Product | None, api: str, operation: str) -> dict[Scope, Stored]:
        keys = [Key(Scope.GLOBAL)]
        keys += [Key(Scope.WORKSPACE, place)] if place else []
        keys += [Key(Scope.PRODUCT, product.workspace, product.id)] if product else []
        keys += [Key(Scope.API, place, "", api)] if api else []
        keys += [Key(Scope.OPERATION, place, "", api, operation)] if operation else []
        chosen: dict[Scope, Stored] = {}
        for key in keys:
            found = self._service.policies.get(key, ())
            if len(found) > 1:
                where = ", ".join(str(each.place) for each in found[:NAMES_SHOWN])
                raise InputError(
                    f"there are {len(found)} policies of {key}: {where}",
                    code="policy-twice",
                    place=found[0].place,
                    hint=f"name the one that is meant: --scope {key.scope}=FILE",
                )
            if found:
                chosen[key.scope] = found[0]
        return chosen


def _found(kind: str, wanted: str, known: Mapping[str, T], where: str = "") -> T:
    for name, value in known.items():
        if name.casefold() == wanted.casefold():
            return value
    spoken = "API" if kind == "api" else kind
    hint = did_you_mean(wanted, known) or _listed(spoken, sorted(known))
    raise UsageError(f"--{kind}: there is no {spoken} '{wanted}'{where}", code=f"{kind}-unknown", hint=hint)


def _listed(kind: str, names: Sequence[str]) -> str:
    if not names:
        return f"the files name no {kind}"
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return f"the files name {', '.join(names[:NAMES_SHOWN])}{more}"


def is_url(text: str) -> bool:
    """Is this an address, and no place where one is filled in?"""
    return text.lower().startswith(("http://", "https://")) and not any(char in text for char in "{}$# \t\r\n")


def _context(api: Api | None, operation: str, product: Product | None, place: str) -> dict[str, dict[str, str]]:
    """The parts of the context, members that are known only."""
    parts = {
        "api": {
            "id": api.id,
            "name": api.name,
            "path": api.path,
            "revision": api.revision,
            "version": api.version,
            "serviceUrl": api.service_url if is_url(api.service_url) else "",
        }
        if api
        else {},
        "operation": {"id": operation},
        "product": {"id": product.id, "name": product.name} if product else {},
        "workspace": {"id": place},
    }
    known = {part: {key: value for key, value in members.items() if value} for part, members in parts.items()}
    return {part: members for part, members in known.items() if members}
