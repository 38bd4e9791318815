"""What the extractor of APIOps writes: a folder for each thing, its policy in ``policy.xml``, the rest in JSON.

Folder names with a blank (``named values``) and without (``namedValues``) mean the same, in any case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.source import Place
from certgate.layouts.gathering import Gathering, key, stored, text_of, unread
from certgate.layouts.inventory import NamedValueFound, is_url
from certgate.policy.declaration import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

LAYOUT = "APIOps artifacts"

Parts = tuple[str, ...]

_OWNERS = {"workspaces": "workspace", "products": "product", "apis": "api", "operations": "operation"}
_FRAGMENTS, _NAMED_VALUES, _BACKENDS = "policyfragments", "namedvalues", "backends"
_HOLDERS = {*_OWNERS, _FRAGMENTS, _NAMED_VALUES, _BACKENDS}
_LISTS = {"tags", "gateways", "groups"}
"""Folders of artifacts in which the APIs and products that belong to a thing are named once more."""
_SPECIFICATIONS = tuple(f"specification.{ending}" for ending in ("yaml", "yml", "json"))


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("-", "").replace("_", "").lower()


def roots(files: list[Parts]) -> list[Parts]:
    """The folders that hold artifacts: those in which the extractor's own files stand."""
    found: dict[Parts, None] = {}
    for parts in files:
        if parts[-1].lower().endswith("information.json"):
            at = next((at for at, part in enumerate(parts[:-2]) if _plain(part) in _HOLDERS), None)
            if at is not None:
                found.setdefault(parts[:at])
    return [root for root in found if not any(_lists(root, other) for other in found)]


def _lists(root: Parts, other: Parts) -> bool:
    """Are these but names of what the artifacts in the folder `other` hold?"""
    return len(root) > len(other) and root[: len(other)] == other and _plain(root[len(other)]) in _LISTS


def gather(gathering: Gathering, root: Parts, files: list[Parts]) -> None:
    """All that the artifacts below `root` say."""
    reader = _Reader(gathering)
    for parts in files:
        if parts[: len(root)] == root:
            reader.file(parts, parts[len(root) :])


class _Reader:
    def __init__(self, gathering: Gathering) -> None:
        self._found = gathering
        self._readers: dict[str, Callable[[Parts, dict[str, str]], None]] = {
            "apiinformation.json": self._api,
            "productinformation.json": self._product,
            "productapiinformation.json": self._link,
            "backendinformation.json": self._backend,
            "namedvalueinformation.json": self._named_value,
        }

    def file(self, parts: Parts, inner: Parts) -> None:
        """One file; `inner` is its way from the root of the artifacts."""
        names, holder = self._names(inner[:-1])
        name = inner[-1].lower()
        if names is None:
            if name == "policy.xml":
                self._found.note(
                    "layout-unknown", "not recognised: it stands in no known folder", Place(self._found.path(parts))
                )
            return
        if name == "policy.xml":
            self._policy(parts, names, holder)
        elif name in _SPECIFICATIONS and holder == "apis":
            self._found.api(names.get("workspace", ""), names["api"], operations=self._found.operations(parts))
        elif name == "apis.json" and holder == "products":
            self._links(parts, names)
        else:
            reader = self._readers.get(name)
            if reader is not None:
                reader(parts, names)

    def _names(self, folders: Parts) -> tuple[dict[str, str] | None, str]:
        """Whose folder it is, and the kind of folder that holds it; None for no folder of the artifacts."""
        if len(folders) % 2:
            return None, ""
        names: dict[str, str] = {}
        holder = ""
        for kind, name in zip(folders[::2], folders[1::2], strict=True):
            holder = _plain(kind)
            if holder in _OWNERS:
                names[_OWNERS[holder]] = name
            elif holder in _HOLDERS:
                names[holder] = name
            else:
                return None, ""
        return names, holder

    def _policy(self, parts: Parts, names: dict[str, str], holder: str) -> None:
        source = self._found.source(parts)
        fragment = holder == _FRAGMENTS
        found = stored(source) if source is not None else unread(Place(self._found.path(parts)), fragment=fragment)
        if fragment:
            self._found.fragment(names.get("workspace", ""), names[_FRAGMENTS], found)
        elif holder in _OWNERS or not holder:
            scope = Scope(_OWNERS[holder]) if holder else Scope.GLOBAL
            self._found.policy(key(scope, names), found)

    def _api(self, parts: Parts, names: dict[str, str]) -> None:
        if "product" in names:
            self._link(parts, names)
            return
        node = self._found.json(parts)
        if node is None or "api" not in names:
            return
        properties = node.get("properties")
        self._found.api(
            names.get("workspace", ""),
            names["api"],
            name=text_of(properties, "displayName"),
            path=text_of(properties, "path"),
            service_url=text_of(properties, "serviceUrl"),
            revision=text_of(properties, "apiRevision"),
            version=text_of(properties, "apiVersion"),
        )
        self._found.recognised.append((self._found.path(parts), f"API: {names['api']}"))

    def _product(self, parts: Parts, names: dict[str, str]) -> None:
        node = self._found.json(parts)
        if node is not None and "product" in names:
            shown = text_of(node, "properties", "displayName")
            self._found.product(names.get("workspace", ""), names["product"], shown=shown)
            self._found.recognised.append((self._found.path(parts), f"product: {names['product']}"))

    def _link(self, parts: Parts, names: dict[str, str]) -> None:
        if "product" in names and "api" in names:
            self._found.product(names.get("workspace", ""), names["product"], (names["api"],))

    def _links(self, parts: Parts, names: dict[str, str]) -> None:
        """The list of a product's APIs that older extractors wrote."""
        node = self._found.json(parts)
        apis = [item.plain or text_of(item, "name") for item in (node.items or ())] if node is not None else []
        self._found.product(names.get("workspace", ""), names["product"], tuple(filter(None, apis)))

    def _backend(self, parts: Parts, names: dict[str, str]) -> None:
        node = self._found.json(parts)
        url = text_of(node, "properties", "url")
        if url and not is_url(url):
            self._found.note("backend-address", f"not an address: '{url}'", Place(self._found.path(parts)))
        elif url and _BACKENDS in names:
            self._found.backends.setdefault(names[_BACKENDS], url)
            self._found.recognised.append((self._found.path(parts), f"backend: {names[_BACKENDS]}"))

    def _named_value(self, parts: Parts, names: dict[str, str]) -> None:
        node = self._found.json(parts)
        if node is None or _NAMED_VALUES not in names:
            return
        properties = node.get("properties")
        value = properties.get("value") if properties is not None else None
        secret = properties.get("secret") if properties is not None else None
        vault = properties is not None and properties.get("keyVault") is not None
        plain = value.plain if value is not None else None
        known = NamedValueFound(
            text_of(properties, "displayName") or names[_NAMED_VALUES],
            plain if not vault else None,
            vault or (secret is not None and secret.other.lower() == "true"),
            "its value stands in a key vault" if vault else "" if plain is not None else "its value is not in the file",
        )
        self._found.named_value(names.get("workspace", ""), known, Place(self._found.path(parts)))
