"""Values of parameters and headers held against the definition of an API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.dotnet.json.reader import parse
from certgate.csharp.dotnet.json.tokens import ValueToken
from certgate.csharp.values import to_utf16
from certgate.gateway.content import json_schema
from certgate.gateway.content.errors import INTERNAL, ValidationError
from certgate.gateway.content.schemas import NotSimulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.gateway.content.operation import Parameter
    from certgate.gateway.content.schemas import JsonSchema

_NUMBER = "-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?"


@frozen
class Sort:
    """One sort of parameter, as the error reference names it. `response`: it is a header of an answer."""

    type: str
    words: str
    response: bool = False


HEADER = Sort("RequestHeader", "header")
QUERY = Sort("QueryParameter", "query parameter")
PATH = Sort("PathParameter", "path parameter")
RESPONSE_HEADER = Sort("ResponseHeader", "header", response=True)


def unspecified(sort: Sort, name: str) -> ValidationError:
    return _error(sort, name, "Unspecified", f"Unspecified {sort.words} {name} is not allowed.")


def missing(sort: Sort, name: str) -> ValidationError:
    """The reference has no words for it."""
    return _error(sort, name, "IncorrectMessage", f"Required {sort.words} {name} is missing.")


def _error(sort: Sort, name: str, rule: str, details: str, public: str | None = None) -> ValidationError:
    return ValidationError(name, sort.type, rule, details, INTERNAL if sort.response else public or details)


def fault(sort: Sort, parameter: Parameter, values: Sequence[str]) -> ValidationError | None:
    """What is wrong with the values of a parameter that is there. Raises NotSimulated."""
    name, schema = parameter.name, parameter.schema
    if schema is None:
        return None
    node = _node(schema)
    if node.get("type") == "array" or node.get("type") == "object":
        raise NotSimulated(f"certgate does not know how the gateway reads the {node['type']} of a {sort.words}")
    if len(values) > 1:
        side = "Response" if sort.response else "Request"
        details = f"{side} cannot contain multiple values for the {sort.words} {name}."
        return _error(sort, name, "IncorrectMessage", details)
    token = _token(values[0], node)
    if token is None:
        words = f"alue of the {sort.words} {name} cannot be parsed according to the definition."
        public = f"Value of the {sort.words} {name} couldn't be parsed according to the definition."
        return _error(sort, name, "IncorrectMessage", f"V{words}", public)
    found = json_schema.faults(token, schema, json_schema.How())
    if not found:
        return None
    words = f"alue of the {sort.words} {name} does not conform to the definition. {found[0].text}"
    return _error(sort, name, "IncorrectMessage", f"V{words}", f"The v{words}")


def _node(schema: JsonSchema) -> dict[str, Any]:
    node = schema.node
    for _ in range(20):
        if not isinstance(node, dict):
            raise NotSimulated("the schema of a parameter is no object")
        if "$ref" not in node:
            return node
        node = schema.at(str(node["$ref"])).node
    raise NotSimulated("the schema of a parameter refers to itself without end")


def _token(text: str, node: dict[str, Any]) -> Any:
    """The value as JSON of the type that the schema asks for; None where the text is none of it."""
    kind = node.get("type")
    if kind == "integer":
        return parse(text, dates=False) if re.fullmatch("-?[0-9]{1,18}", text) else None
    if kind == "number":
        return parse(text, dates=False) if re.fullmatch(_NUMBER, text) and len(text) < 40 else None
    if kind == "boolean":
        return parse(text.lower(), dates=False) if text.lower() in ("true", "false") else None
    if kind in ("string", None):
        return ValueToken(to_utf16(text))
    raise NotSimulated(f"certgate does not simulate parameters of type '{str(kind)[:40]}'")
