"""Plain folders of policy files, as teams keep them by hand, and the names of the older resource kit's creator.

Each rule is one of docs/layouts.md. A file that fits none is said to be unrecognised; nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.layouts.gathering import Gathering, key, stored, unread
from certgate.layouts.value import root
from certgate.policy.declaration import Scope

if TYPE_CHECKING:
    from certgate.layouts.inventory import Stored

LAYOUT = "plain folder"

Parts = tuple[str, ...]

_ENDING = re.compile(r"(?:\.policy|[-_]policy)?(?:\.xml|\.cshtml)(?:\.tftpl|\.tpl|\.tmpl)?$", re.IGNORECASE)
_ITSELF = {"policy", "policies", "index"}
"""Stems that mean the folder they stand in."""
_GLOBAL = {"global", "globalservice", "service", "all-apis", "allapis", "tenant"}
_FRONT = {"policies", "policy", "apim", "api-management", "apimanagement"}
"""Folders that policies are kept in, whoever owns them."""
_OWNERS = {"workspaces": "workspace", "products": "product", "apis": "api", "operations": "operation"}
_FRAGMENTS = {"fragments", "policyfragments"}
_PREFIX = re.compile(r"(workspace|product|api|operation|fragment)[-_.](.+)", re.IGNORECASE)
_KIT = re.compile(r"(?:(.+)-)?(globalService|api|operation|product)Policy", re.IGNORECASE)
_SPECIFICATION = re.compile(r"(?:open-?api|swagger|specification)\.(?:ya?ml|json)", re.IGNORECASE)
_REVISION = re.compile(r"(.+;rev=\d+)-(.+)")


def gather(gathering: Gathering, files: list[Parts]) -> None:
    """All policies and fragments of a folder."""
    reader = _Reader(gathering, files)
    for parts in files:
        if parts[-1].lower().endswith((".xml", ".cshtml")):
            reader.file(parts)
    for parts in files:
        if _SPECIFICATION.fullmatch(parts[-1]):
            reader.specification(parts)


class _Reader:
    def __init__(self, gathering: Gathering, files: list[Parts]) -> None:
        self._found = gathering
        kit = (_KIT.fullmatch(_stem(parts[-1], keep=True)) for parts in files)
        self._kit_apis = sorted(
            {match[1] for match in kit if match and match[1] and match[2].lower() == "api"}, key=len
        )

    def file(self, parts: Parts) -> None:
        source = self._found.source(parts)
        names = self._names(parts)
        if source is None:
            if names is not None:
                self._put(names, unread(Place(self._found.path(parts)), fragment="fragment" in names))
            return
        try:
            kind = root(source.decode().text)
        except InputError:
            # What is no text is said so when it is read, if it is anybody's policy.
            kind = "policies" if names is not None else None
        if kind is None:
            return
        if kind == "fragment" or (names is not None and "fragment" in names):
            name = (names or {}).get("fragment") or _stem(parts[-1], keep=True)
            self._found.fragment((names or {}).get("workspace", ""), name, stored(source))
            return
        if names is None:
            self._found.note(
                "layout-unknown", "not recognised: neither name nor folder say whose policy it is", Place(source.name)
            )
            return
        self._put(names, stored(source))

    def _put(self, names: dict[str, str], found: Stored) -> None:
        if "fragment" in names:
            self._found.fragment(names.get("workspace", ""), names["fragment"], found)
            return
        owners = ("operation", "api", "product", "workspace")
        scope = next((Scope(part) for part in owners if part in names), Scope.GLOBAL)
        self._found.policy(key(scope, names), found)

    def specification(self, parts: Parts) -> None:
        """A description of an API that stands in the API's folder."""
        names = _folders(parts[:-1])
        if names is not None and set(names) - {"workspace"} == {"api"}:
            self._found.api(names.get("workspace", ""), names["api"], operations=self._found.operations(parts))

    def _names(self, parts: Parts) -> dict[str, str] | None:
        """Whose policy a file is; None where nothing says so, empty for the service's own."""
        names, rest, known = _split(parts[:-1])
        stem, whole = _stem(parts[-1]), _stem(parts[-1], keep=True)
        kit = _KIT.fullmatch(whole)
        if kit is not None:
            return self._kit(kit, names)
        kind = _kind(rest[-1]) if rest else ""
        if kind == "fragment":
            return {**names, "fragment": whole}
        if kind:
            # The folder of a kind, the file named after one of them.
            return self._of_kind(kind, names, stem)
        prefix = _PREFIX.fullmatch(stem)
        if not names and not known:
            return None
        if stem.lower() in _ITSELF:
            return names if not rest or names else None
        if not names and stem.lower() in _GLOBAL:
            return {}
        if prefix is not None:
            return self._of_kind(prefix[1].lower(), names, prefix[2])
        if names and stem.lower() in {*names, *(name.lower() for name in names.values())}:
            # apis/orders/orders.xml, apis/orders/api.xml
            return names
        if set(names) - {"workspace"} == {"api"}:
            return {**names, "operation": stem}
        return {"api": stem} if not names and not rest else None

    def _of_kind(self, kind: str, names: dict[str, str], stem: str) -> dict[str, str] | None:
        if kind == "operation" and "api" not in names:
            # operations/<api>.<operation>.xml
            api, separator, operation = stem.partition(".")
            return {**names, "api": api, "operation": operation} if separator else None
        return {**names, kind: stem}

    def _kit(self, found: re.Match[str], names: dict[str, str]) -> dict[str, str] | None:
        name, kind = found[1] or "", found[2].lower()
        if kind == "globalservice":
            return {}
        if not name:
            return names or None
        if kind != "operation":
            return {kind: name}
        revised = _REVISION.fullmatch(name)
        if revised is not None:
            return {"api": revised[1], "operation": revised[2]}
        if "api" in names:
            return {**names, "operation": name.removeprefix(names["api"] + "-")}
        for api in reversed(self._kit_apis):
            if name.startswith(api + "-"):
                return {"api": api, "operation": name[len(api) + 1 :]}
        return None


def _split(folders: Parts) -> tuple[dict[str, str], Parts, bool]:
    """The names that the folders on the way give, the folders behind them, and whether those in front of the first
    folder of a kind are such as keep policies."""
    names: dict[str, str] = {}
    at = 0
    while at < len(folders) and not _kind(folders[at]):
        at += 1
    rest = folders[at:]
    known = all(folder.lower() in _FRONT for folder in folders[:at])
    while len(rest) >= 2 and (kind := _kind(rest[0])) and kind != "fragment":
        names[kind] = rest[1]
        rest = rest[2:]
    return names, rest, known


def _folders(folders: Parts) -> dict[str, str] | None:
    names, rest, _ = _split(folders)
    return None if rest else names


def _kind(folder: str) -> str:
    name = folder.replace(" ", "").replace("-", "").replace("_", "").lower()
    return "fragment" if name in _FRAGMENTS else _OWNERS.get(name, "")


def _stem(name: str, *, keep: bool = False) -> str:
    """A file's name without its ending; `keep`: with the word *policy* in it."""
    whole = re.sub(r"(?:\.xml|\.cshtml)(?:\.tftpl|\.tpl|\.tmpl)?$", "", name, flags=re.IGNORECASE)
    return whole if keep else _ENDING.sub("", name)
