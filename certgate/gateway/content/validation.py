"""``validate-content``: the size of a message, its content type, and its body against a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp.runtime import ThrownException, running
from certgate.csharp.values import from_utf16, to_utf16
from certgate.gateway.content import errors
from certgate.gateway.content.described import operation_of
from certgate.gateway.content.errors import INTERNAL, Log, ValidationError, action_of, unsettled
from certgate.gateway.content.media import media_type
from certgate.gateway.content.message import current
from certgate.gateway.content.schemas import JsonSchema, NotSimulated, XmlSchema
from certgate.gateway.ending import Undecided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.gateway.content.schemas import Schema
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@frozen
class Checked:
    """The content type that validation goes by, and the body."""

    kind: str
    data: bytes


def validated(element: Element, run: Run, log: Log) -> End | None:
    """Raises UnknownAction, NotSimulated."""
    body = current(run)
    data = b"" if body is None else body.left
    if run.headers.get("Content-Encoding"):
        raise NotSimulated("certgate does not unpack compressed content")
    if end := _size(element, run, log, len(data)):
        return end
    kind = _mapped(element, run, media_type(run.headers))
    if not data and not kind:
        run.assume("validation-empty")
        return None
    contents = [each for each in element.named("content") if _is_for(each, kind)]
    if not contents:
        return _unspecified(element, run, log, kind)
    for content in contents:
        if end := _content(element, content, log, Checked(kind, data)):
            return end
    return None


def _is_for(content: Element, kind: str) -> bool:
    wanted = (content.literal("type") or "").partition(";")[0].strip().lower()
    return wanted in ("", kind)


def _side(log: Log) -> tuple[str, str]:
    return ("RequestBody", "Request") if log.on_request else ("ResponseBody", "Response")


def _size(element: Element, run: Run, log: Log, size: int) -> End | None:
    limit = run.number(element, "max-size")
    if size <= limit:
        return None
    kind, side = _side(log)
    start = f"{side}'s body is {size} bytes long and it exceeds the"
    public = f"{start} limit of {limit} bytes." if log.on_request else INTERNAL
    error = ValidationError("", kind, "SizeLimit", f"{start} configured limit of {limit} bytes.", public)
    return log.note(error, action_of(run, element, "size-exceeded-action"))


def _mapped(element: Element, run: Run, kind: str) -> str:
    """The content type that stands for the given one, by ``content-type-map``."""
    for each in element.named("content-type-map"):
        for row in each.named("type"):
            given = (row.literal("from") or "").strip().lower()
            if given == kind if row.value("from") is not None else run.flag(element, "when", row):
                return (row.literal("to") or "").strip().lower()
        mapped = each.literal("any-content-type-value") or ("" if kind else each.literal("missing-content-type-value"))
        if mapped:
            return mapped.strip().lower()
    return kind


def _unspecified(element: Element, run: Run, log: Log, kind: str) -> End | None:
    action = action_of(run, element, "unspecified-content-type-action")
    if action == "ignore":
        return None
    if run.gateway.definition is None:
        # What the definition of the API specifies besides is not known: what the policy lists counts.
        run.assume("validation-types")
    else:
        specified = _specified(element, run)
        if isinstance(specified, Undecided):
            return log.undecided(specified, action)
        if kind in specified:
            return None
    details = f"Unspecified content type {kind} is not allowed."
    public = details if log.on_request else INTERNAL
    return log.note(ValidationError(kind, _side(log)[0], "Unspecified", details, public), action)


def _specified(element: Element, run: Run) -> Mapping[str, JsonSchema | None] | Undecided:
    """The content types that the definition of the API specifies, with their schemas."""
    operation = operation_of(element, run)
    if isinstance(operation, Undecided):
        return operation
    response = run.response
    if response is None:
        return operation.content
    answer = operation.answer(response.status)
    return answer.content if answer else {}


def _content(element: Element, content: Element, log: Log, checked: Checked) -> End | None:
    run = log.run
    action = action_of(run, element, "action", content)
    if action == "ignore":
        return None
    how = content.literal("validate-as") or "json"
    if broken := _unreadable(run, how, checked.data):
        return log.note(_incorrect(log, checked.kind, "", broken), action)
    schema = _schema(element, content, run, checked.kind)
    if isinstance(schema, Undecided):
        return log.undecided(schema, action)
    for text in _faults(run, content, how, checked.data, schema):
        if end := log.note(_incorrect(log, checked.kind, schema.name, text), action):
            run.assume("validation-message")
            return end
    return None


def _unreadable(run: Run, how: str, data: bytes) -> str:
    """Why the body is no JSON or XML at all; empty where it is."""
    if how != "json":
        from certgate.gateway.content import xml_schema

        broken = xml_schema.well_formed(data, soap=how == "soap")
        return broken.message if broken else ""
    from certgate.csharp.dotnet.json.reader import parse

    try:
        with running(run.evaluation().budget):
            parse(to_utf16(data.decode("utf-8", "replace")), dates=False)
    except ThrownException as error:
        return from_utf16(error.message)
    return ""


def _incorrect(log: Log, kind: str, name: str, text: str) -> ValidationError:
    side = "request" if log.on_request else "response"
    definition = f"the definition {name}," if name else "the definition"
    details = f"Body of the {side} does not conform to {definition} which is associated with the content type {kind}."
    message = f"{details} {text}"
    return ValidationError(kind, _side(log)[0], "IncorrectMessage", message, message if log.on_request else INTERNAL)


def _schema(element: Element, content: Element, run: Run, kind: str) -> Schema | Undecided:
    """The schema that the policy names, else that of the definition of the API."""
    identifier = content.literal("schema-id")
    if identifier is not None:
        found = run.gateway.schemas.get(identifier)
        if found is None:
            message = f"the schema '{identifier}', which {element.name} names, is not given"
            return unsettled(run, element, message, f"--schema {identifier}=FILE")
        reference = content.literal("schema-ref")
        return found.at(reference) if isinstance(found, JsonSchema) and reference else found
    specified = _specified(element, run)
    if isinstance(specified, Undecided):
        return specified
    schema = specified.get(kind)
    if schema is None:
        return unsettled(run, element, f"the definition of the API has no schema for the content type {kind}")
    return schema


def _faults(run: Run, content: Element, how: str, data: bytes, schema: Schema) -> list[str]:
    if how == "json":
        if not isinstance(schema, JsonSchema):
            raise NotSimulated("certgate does not know how the gateway holds JSON against an XML Schema")
        return _json_faults(run, content, data, schema)
    if not isinstance(schema, XmlSchema):
        raise NotSimulated("certgate does not know how the gateway holds XML against a JSON Schema")
    from certgate.gateway.content import xml_schema

    found = xml_schema.fault(data, schema.data, soap=how == "soap")
    return [found.text] if found else []


def _json_faults(run: Run, content: Element, data: bytes, schema: JsonSchema) -> list[str]:
    from certgate.csharp.dotnet.json.reader import parse
    from certgate.gateway.content import json_schema

    additional = content.literal("allow-additional-properties")
    how = json_schema.How(
        None if additional is None else additional in ("true", "1"),
        content.literal("case-insensitive-property-names") in ("true", "1"),
    )
    try:
        with running(run.evaluation().budget):
            token = parse(to_utf16(data.decode("utf-8", "replace")), dates=False)
            return [each.text for each in json_schema.faults(token, schema, how)]
    except ThrownException as error:
        raise NotSimulated(f"certgate cannot apply the schema: {error.message}") from None


def guarded(element: Element, run: Run, log: Log) -> End | None:
    """The same; what is not simulated makes the outcome undecided."""
    from certgate.csharp.runtime import BudgetExceeded, UnsupportedReached

    try:
        end = validated(element, run, log)
    except (errors.UnknownAction, NotSimulated) as error:
        return run.not_simulated(element, str(error))
    except (UnsupportedReached, BudgetExceeded) as error:
        return run.not_simulated(element, error.message)
    return log.finished(end)
