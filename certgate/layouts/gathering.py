"""A service in the making: what the modules of the layouts find is put together here, nothing twice unsaid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.finding import Finding, Severity
from certgate.core.source import Place, Source
from certgate.core.value import field, replace, slotted
from certgate.layouts import json_tree
from certgate.layouts.inventory import Api, Key, NamedValueFound, Product, Service, Stored
from certgate.policy.declaration import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from certgate.layouts.json_tree import Node

MAX_NOTES = 200
"""How many notes are kept."""

_OPERATION_ID = re.compile(r"""^[ \t]*["']?operationId["']?[ \t]*:[ \t]*["']?([\w.~-]{1,100})""", re.MULTILINE)
MAX_SPECIFICATION = 4 * 1024 * 1024
"""The largest description of an API that is looked through for its operations, in bytes."""


@slotted
class Gathering:
    """`folder` is where the service stands, `shown` how the user calls it."""

    folder: Path
    shown: str
    policies: dict[Key, list[Stored]] = field(default_factory=dict)
    fragments: dict[tuple[str, str], Stored] = field(default_factory=dict)
    named_values: dict[tuple[str, str], NamedValueFound] = field(default_factory=dict)
    apis: dict[tuple[str, str], Api] = field(default_factory=dict)
    products: dict[tuple[str, str], Product] = field(default_factory=dict)
    backends: dict[str, str] = field(default_factory=dict)
    recognised: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def path(self, parts: tuple[str, ...]) -> str:
        """A file of the folder as the user would type it."""
        return "/".join((self.shown.rstrip("/"), *parts)) if self.shown not in {"", "."} else "/".join(parts)

    def source(self, parts: tuple[str, ...], limit: int | None = None) -> Source | None:
        """A file's bytes; None, and a note, where it cannot be read."""
        try:
            path = self.folder.joinpath(*parts)
            read = Source.read(path) if limit is None else Source.read(path, limit)
        except InputError as error:
            self.note(error.code, error.message, Place(self.path(parts)))
            return None
        return Source(self.path(parts), read.data)

    def note(self, code: str, message: str, place: Place) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Finding(code, message, place, Severity.NOTE))

    # -- what was found ------------------------------------------------------------------------------------------------

    def policy(self, key: Key, stored: Stored) -> None:
        """A policy of a scope. What owns it is known from now on."""
        self.policies.setdefault(key, []).append(stored)
        self.recognised.append((str(stored.place), f"policy: {key}"))
        if key.api:
            self.api(key.workspace, key.api, operations=(key.operation,) if key.operation else ())
        if key.product:
            self.product(key.workspace, key.product)

    def fragment(self, workspace: str, name: str, stored: Stored) -> None:
        known = self.fragments.get((workspace, name))
        if known is not None:
            self.note(
                "fragment-twice", f"fragment '{name}' stands in {known.place} already; that one is used", stored.place
            )
            return
        self.fragments[workspace, name] = stored
        self.recognised.append((str(stored.place), f"fragment: {name}"))

    def named_value(self, workspace: str, found: NamedValueFound, place: Place) -> None:
        self.named_values.setdefault((workspace, found.name), found)
        secret = ", secret" if found.secret else ""
        unknown = f", {found.why}" if found.text is None else ""
        self.recognised.append((str(place), f"named value: {found.name}{secret}{unknown}"))

    def api(self, workspace: str, identifier: str, **known: Any) -> None:
        """What is known of an API is added to what was known before."""
        api = self.apis.get((workspace, identifier)) or Api(identifier, workspace)
        operations = known.pop("operations", ())
        merged = dict.fromkeys((*api.operations, *operations))
        self.apis[workspace, identifier] = replace(api, operations=tuple(merged), **known)

    def product(self, workspace: str, name: str, apis: tuple[str, ...] = (), shown: str = "") -> None:
        product = self.products.get((workspace, name)) or Product(name, workspace)
        linked = tuple(dict.fromkeys((*product.apis, *apis)))
        self.products[workspace, name] = replace(product, apis=linked, name=shown or product.name)

    def json(self, parts: tuple[str, ...]) -> Node | None:
        """A file that says something in JSON; None, and a note, where it cannot be read."""
        source = self.source(parts)
        if source is None:
            return None
        try:
            return json_tree.read(source.decode())
        except InputError as error:
            self.note(error.code, error.message, error.place or Place(self.path(parts)))
            return None

    def operations(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """The operations that the description of an API names."""
        source = self.source(parts, MAX_SPECIFICATION)
        if source is None:
            return ()
        try:
            text = source.decode()
        except InputError:
            return ()
        return tuple(dict.fromkeys(match[1] for match in _OPERATION_ID.finditer(text.text)))

    def service(self, layout: str) -> Service:
        apis = {key: replace(api, operations=tuple(sorted(api.operations))) for key, api in sorted(self.apis.items())}
        return Service(
            self.shown,
            layout,
            {key: tuple(found) for key, found in self.policies.items()},
            dict(self.fragments),
            dict(self.named_values),
            tuple(apis.values()),
            tuple(product for _, product in sorted(self.products.items())),
            dict(self.backends),
            tuple(self.recognised),
            tuple(self.notes),
        )


def stored(source: Source) -> Stored:
    """A whole file."""
    return Stored(source, Place(source.name))


def unread(place: Place, why: Iterable[Finding] = (), *, fragment: bool = False) -> Stored:
    """A policy that is there while its text is not known. SECURITY: what runs without it is not what the gateway runs,
    so that :meth:`Selection.check` refuses it."""
    notes = tuple(why) or (Finding("policy-unread", "what this policy says could not be read", place, Severity.NOTE),)
    return Stored(Source(place.file, b"<fragment />" if fragment else b"<policies />"), place, notes)


def key(scope: Scope, names: dict[str, str]) -> Key:
    """The key of a scope from the names on the way."""
    return Key(scope, *(names.get(part, "") for part in ("workspace", "product", "api", "operation")))


def text_of(node: Node | None, *path: str) -> str:
    """The text of a member, empty where it is none."""
    for name in path:
        node = node.get(name) if node is not None else None
    return (node.plain or "") if node is not None else ""
