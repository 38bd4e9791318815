"""A trace that a real gateway wrote (API inspector): read from a file, and laid beside a simulated one.

Knows what can be compared, which is what was published of traces (fact sheet §9): conditions, variables, headers that
were checked, the way to the backend, and what failed. Everything else is counted and left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.core.value import field, frozen
from certgate.gateway import json_text
from certgate.gateway.outcome import TraceEntry
from certgate.policy.masking import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from certgate.core.source import Source

CODE = "trace-invalid"
MAX_ENTRIES = 100_000
"""SECURITY: the most entries of a trace."""
MAX_WRAPPERS = 5
SECTIONS = ("inbound", "backend", "outbound", "on-error")

_SAME = {"request-forwarder": "forward-request"}
"""What one gateway calls so, and another so."""
_COMPARED = {
    "choose": ("expression", "value"),
    "trace": ("expression", "value"),
    "set-variable": ("name", "value"),
    "check-header": ("header",),
    "forward-request": (),
    "authentication-certificate": (),
}
"""Source -> what is compared of its entries."""


@frozen
class RealTrace:
    """The entries that can be compared, in order. `request` and `at` are what the trace says of the request, `ignored`
    the sources that are not compared, with how often each comes."""

    entries: tuple[TraceEntry, ...]
    method: str | None = None
    url: str | None = None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at: str | None = None
    ignored: Mapping[str, int] = field(default_factory=dict)


@frozen
class Parting:
    """The first place where two traces part; None: that trace has nothing more. `differs` names the facts."""

    number: int
    real: TraceEntry | None
    simulated: TraceEntry | None
    differs: tuple[str, ...] = ()


def read(source: Source) -> RealTrace:
    """Read a trace, whatever wraps it. Raises InputError ``trace-invalid``, ``not-text``."""
    found = _unwrapped(json_text.read(source, CODE), MAX_WRAPPERS)
    if found is None:
        raise InputError(
            "holds no trace of API Management: there is no 'traceEntries'",
            code=CODE,
            place=Place(source.name),
            hint="take the trace from the portal's test console, VS Code, or 'List trace' of the management API",
        )
    try:
        return of(found)
    except ValueError as error:
        raise InputError(f"is no trace of API Management: {error}", code=CODE, place=Place(source.name)) from None


def _unwrapped(data: Any, depth: int) -> Any:
    """The value of the first ``traceEntries`` at any place."""
    if isinstance(data, dict) and "traceEntries" in data:
        return data["traceEntries"]
    if depth == 0 or not isinstance(data, dict | list):
        return None
    inner = list(data.values()) if isinstance(data, dict) else data
    return next((found for each in inner if (found := _unwrapped(each, depth - 1)) is not None), None)


def of(sections: Any) -> RealTrace:
    """The trace of a ``traceEntries`` object. Raises ValueError."""
    if not isinstance(sections, dict):
        raise ValueError("'traceEntries' is an object of sections")
    entries: list[TraceEntry] = []
    ignored: dict[str, int] = {}
    request: dict[str, Any] = {}
    first = None
    for section, row in _rows(sections):
        first = first or row.get("timestamp")
        source, data = str(row.get("source")), row.get("data")
        source = _SAME.get(source, source)
        if source == "api-inspector" and isinstance(data, dict) and isinstance(data.get("request"), dict):
            request = request or data["request"]
        found = _entry(section, source, data if isinstance(data, dict) else {})
        if found is not None:
            entries.append(found)
        elif source != "api-inspector":
            ignored[source] = ignored.get(source, 0) + 1
    return RealTrace(
        tuple(entries),
        method=_text(request.get("method")),
        url=_text(request.get("url")),
        headers=_headers(request.get("headers")),
        at=_text(first),
        ignored=ignored,
    )


def _rows(sections: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All entries with their sections, in the order of a run."""
    named = {name.lower().replace("onerror", "on-error"): rows for name, rows in sections.items()}
    count = 0
    for section in (*SECTIONS, *(name for name in named if name not in SECTIONS)):
        rows = named.get(section) or []
        if not isinstance(rows, list):
            raise ValueError(f"'{section}' is a list of entries")
        for row in rows:
            count += 1
            if not isinstance(row, dict) or count > MAX_ENTRIES:
                raise ValueError(f"an entry is an object, and there are at most {MAX_ENTRIES}")
            yield section, row


def _entry(section: str, source: str, data: Mapping[str, Any]) -> TraceEntry | None:
    """What is compared of an entry; None where nothing is."""
    messages = data.get("messages")
    if isinstance(messages, list) and messages:
        facts = messages[0] if isinstance(messages[0], dict) else {}
        expression = {"expression": _folded(facts["expression"])} if "expression" in facts else {}
        return TraceEntry(section, source, expression, _first_line(messages[-1]))
    names = _COMPARED.get(source)
    if names is None or (source == "trace" and "expression" not in data):
        return None
    return TraceEntry(section, source, {name: _folded(data.get(name)) for name in names})


def _folded(value: Any) -> str:
    """A value as text: a gateway writes true as a flag or as a word, and blanks as it likes."""
    import json

    if isinstance(value, str):
        text = " ".join(value.split())
        return text.lower() if text.lower() in ("true", "false") else text
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _first_line(message: Any) -> str:
    """The beginning of a message: what follows may be where in the gateway it arose."""
    text = message if isinstance(message, str) else _folded(message)
    return text.strip().splitlines()[0].strip() if text.strip() else ""


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _headers(rows: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows if isinstance(rows, list) else []:
        match row:
            case {"name": str(name), "value": str(value)}:
                found[name] = (*found.get(name, ()), value)
    return found


def parted(real: Sequence[TraceEntry], simulated: Sequence[TraceEntry]) -> Parting | None:
    """Where the two part first; None: they tell the same from the first entry to the last."""
    for at in range(max(len(real), len(simulated))):
        one = real[at] if at < len(real) else None
        other = simulated[at] if at < len(simulated) else None
        if one is None or other is None:
            return Parting(at + 1, one, other)
        if (one.section, one.source) != (other.section, other.source):
            return Parting(at + 1, one, other, ("step",))
        names = dict.fromkeys((*one.facts, *other.facts))
        differs = tuple(name for name in names if not _same(one.facts.get(name), other.facts.get(name)))
        if not _same(one.failed, other.failed):
            differs = (*differs, "message")
        if differs:
            return Parting(at + 1, one, other, differs)
    return None


def _same(real: str | None, simulated: str | None) -> bool:
    """Whether two texts are the same; what is masked in the simulated one may be anything."""
    if real is None or simulated is None or MASK not in simulated:
        return real == simulated
    # SECURITY: in one pass; a pattern with many gaps would go to and fro without end.
    first, *between, last = simulated.split(MASK)
    at, end = len(first), len(real) - len(last)
    if not real.startswith(first) or not real.endswith(last):
        return False
    for piece in between:
        found = real.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= end
