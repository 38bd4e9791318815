"""What the definition of an API says of an operation: its parameters, the content it takes, its answers.

A definition is an OpenAPI 3 document in JSON, as it is imported into the service. Knows the document, no policies.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.core.value import field, frozen
from certgate.gateway import json_text
from certgate.gateway.content.schemas import JsonSchema, NotSimulated, named, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certgate.core.source import Source

T = TypeVar("T", list[Any], dict[str, Any])

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
CODE = "definition-invalid"


@frozen
class Parameter:
    """A parameter or a header of an answer. `place` is ``header``, ``query``, ``path`` or ``cookie``."""

    name: str
    place: str
    required: bool
    schema: JsonSchema | None


@frozen
class Answer:
    """What an operation says of a status: the headers, and the schemas of its content by media type."""

    headers: tuple[Parameter, ...] = ()
    content: Mapping[str, JsonSchema | None] = field(default_factory=dict)


class Operation:
    """One operation. Each part is read when it is asked for; NotSimulated where it cannot be."""

    def __init__(self, root: Any, path: Mapping[str, Any], node: Mapping[str, Any], values: Mapping[str, str]) -> None:
        self._root = root
        self._path = path
        self._node = node
        self.values = values
        """What stands in the path for the parameters of its template."""

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those of the operation, and those of its path that it does not say itself."""
        found: dict[tuple[str, str], Parameter] = {}
        for holder in (self._path, self._node):
            for each in _part(holder, "parameters", list):
                made = self._parameter(self._follow(each))
                found[made.place, made.name.lower() if made.place == "header" else made.name] = made
        return tuple(found.values())

    def _parameter(self, node: Mapping[str, Any]) -> Parameter:
        place, schema = str(node.get("in")), node.get("schema")
        if schema is None and "content" in node:
            raise NotSimulated("certgate does not simulate parameters that have content in place of a schema")
        return Parameter(str(node.get("name")), place, node.get("required") is True, self._schema(schema))

    @cached_property
    def content(self) -> Mapping[str, JsonSchema | None]:
        """The schemas of the request's content by media type in small letters; without a body none."""
        return self._content(self._follow(self._node.get("requestBody") or {}))

    def answer(self, status: int) -> Answer | None:
        """What is said of a status: by itself, by its class (``2XX``), or by ``default``; None where nothing is."""
        answers = _part(self._node, "responses", dict)
        for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if key in answers:
                node = self._follow(answers[key])
                return Answer(tuple(self._headers(node)), self._content(node))
        return None

    def _headers(self, node: Mapping[str, Any]) -> Iterator[Parameter]:
        for name, given in _part(node, "headers", dict).items():
            each = self._follow(given)
            yield Parameter(name, "header", each.get("required") is True, self._schema(each.get("schema")))

    def _content(self, node: Mapping[str, Any]) -> dict[str, JsonSchema | None]:
        content = _part(node, "content", dict)
        return {kind.lower(): self._schema(_part(content, kind, dict).get("schema")) for kind in content}

    def _schema(self, node: Any) -> JsonSchema | None:
        return None if node is None else JsonSchema(named(node) if isinstance(node, dict) else "", node, self._root)

    def _follow(self, node: Any) -> Mapping[str, Any]:
        for _ in range(20):
            if not isinstance(node, dict):
                raise NotSimulated("the definition of the API holds something that is no object where one belongs")
            if "$ref" not in node:
                return node
            node = resolved(self._root, str(node["$ref"]))
        raise NotSimulated("the definition of the API refers to itself without end")


def _part(node: Mapping[str, Any], name: str, kind: type[T]) -> T:
    """A member that is a list or an object, empty where it is not there. Raises NotSimulated where it is neither."""
    found = node.get(name)
    if found is not None and not isinstance(found, kind):
        raise NotSimulated(f"'{name[:40]}' in the definition of the API is not what it should be")
    return kind() if found is None else found


@frozen
class Definition:
    """A definition of an API."""

    name: str
    root: Any

    @classmethod
    def parse(cls, source: Source) -> Definition:
        """Raises InputError ``definition-invalid`` for what is no OpenAPI 3 document in JSON."""
        root = json_text.read(source, CODE)
        if not isinstance(root, dict) or not str(root.get("openapi", "")).startswith("3."):
            raise InputError(
                "is no OpenAPI 3 document",
                code=CODE,
                place=Place(source.name),
                hint="export the API from the service as OpenAPI 3 in JSON",
            )
        if not isinstance(root.get("paths"), dict):
            raise InputError("has no paths", code=CODE, place=Place(source.name))
        return cls(source.name, root)

    def operation(self, method: str, path: str, identifier: str | None = None) -> Operation | None:
        """The operation of that id, else the one whose template fits the path best: the one with the fewest parameters.

        `path` is that of the request without the path of the API.
        """
        found: list[tuple[int, Operation]] = []
        for template, item in self.root["paths"].items():
            if not isinstance(item, dict):
                continue
            for name in METHODS:
                node = item.get(name)
                if not isinstance(node, dict):
                    continue
                values = _values(template, path)
                made = Operation(self.root, item, node, values or {})
                if identifier is not None and node.get("operationId") == identifier:
                    return made
                if name == method.lower() and values is not None:
                    found.append((template.count("{"), made))
        return min(found, key=lambda each: each[0])[1] if found else None


def _values(template: str, path: str) -> dict[str, str] | None:
    """What stands for the parameters of a template; None where the path is none of it. A parameter is one segment."""
    parts, given = template.strip("/").split("/"), path.strip("/").split("/")
    if len(parts) != len(given):
        return None
    found: dict[str, str] = {}
    for part, text in zip(parts, given, strict=True):
        fit = _segment(re.split(r"\{([^}]*)\}", part), text)
        if fit is None:
            return None
        found |= fit
    return found


def _segment(pieces: list[str], text: str) -> dict[str, str] | None:
    """What stands for the parameters of one segment: `pieces` are texts, and between them names. Of two parameters the
    first takes as much as it can. SECURITY: one pass from the end; a pattern could go to and fro without end."""
    folded = text.lower() if len(text.lower()) == len(text) else text
    pieces = [each if at % 2 else each.lower() for at, each in enumerate(pieces)]
    if len(pieces) == 1 or not folded.endswith(pieces[-1]):
        return {} if folded == pieces[0] else None
    found: dict[str, str] = {}
    stop = len(text) - len(pieces[-1])
    for at in range(len(pieces) - 3, -1, -2):
        place = folded.rfind(pieces[at], 0, max(stop - 1, 0)) if at else folded.find(pieces[0], 0, len(pieces[0]))
        start = place + len(pieces[at])
        if place < 0 or start >= stop:
            return None
        found[pieces[at + 1]] = unquote(text[start:stop])
        stop = place
    return found
