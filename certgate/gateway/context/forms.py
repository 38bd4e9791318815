"""Form data: a body taken apart into names and values, and names and values as text again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from certgate.csharp import types
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.csharp.values import from_utf16, iterate, to_utf16
from certgate.gateway.context import messages
from certgate.gateway.context.extensions import EXTENSIONS

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.gateway.context.messages import BodyValue

FORM = "IDictionary<string, IList<string>>"
MAX_FIELDS = 10_000
"""SECURITY: the most fields of a form that are read; with more nobody knows the value."""


@messages.BODY.method(f"{FORM} AsFormUrlEncodedContent(bool preserveContent = false)")
def as_form(self: BodyValue, preserve: bool = False) -> Any:
    """Names in the order of their first appearance, with regard to case; a plus sign is a blank."""
    from certgate.csharp.dotnet.collections import list_  # noqa: F401 - declares the members
    from certgate.csharp.dotnet.collections.list_values import NetList

    self.unread()
    charge_steps(len(self.body.data) >> 4)
    values: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(self.body.text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise UnsupportedReached(f"certgate reads no form of more than {MAX_FIELDS} fields") from None
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    self.body.consumed = not preserve
    lists = ((name, NetList(types.STRING, map(to_utf16, each))) for name, each in values.items())
    return messages.dictionary(types.named("System.Collections.Generic.IList", types.STRING), lists)


@EXTENSIONS.method(f"static string ToFormUrlEncodedContent(this {FORM} dictionary)", ambient=True)
def to_form(run: Evaluation, dictionary: Any) -> str | None:
    """Null for a dictionary that is null or empty."""
    if dictionary is None or not len(dictionary):
        return None
    parts = [
        f"{_encoded(run, pair.item_key)}={_encoded(run, value)}"
        for pair in iterate(dictionary)
        for value in iterate(pair.value)
    ]
    return "&".join(parts)


@EXTENSIONS.method(f"static string ToQueryString(this {FORM} dictionary)", ambient=True)
def to_query(run: Evaluation, dictionary: Any) -> str | None:
    content = to_form(run, dictionary)
    return f"?{content}" if content else None


def _encoded(run: Evaluation, text: str | None) -> str:
    found = quote(from_utf16(text or ""), safe="-._~")
    charge_size(len(found))
    if found != text:
        messages.assume(run, "form-encoding")
    return found
