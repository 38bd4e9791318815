"""What ``context`` holds besides the request itself. Every part may be missing.

Values only: how a file is read is ``context_file.py``'s business, how expressions see them ``context.py``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from certgate.core.value import field, field_names, frozen, replace

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.source import Source
    from certgate.pki.certificate import Certificate

_TAKEN_AWAY = ("api", "operation", "product", "subscription", "user", "workspace", "backend")

Entity = Mapping[str, Any]
"""The members of an API, a product, …, by their JSON names; a member that is missing is null or empty."""


@frozen
class Variable:
    """A context variable: its C# type as JSON names it, and its JSON value."""

    type: str
    value: Any


@frozen
class ContextData:
    """The parts of a context. None: the file does not say; for entities also where it says null."""

    method: str | None = None
    url: str | None = None
    original_url: str | None = None
    ip: str | None = None
    headers: Mapping[str, tuple[str, ...]] | None = None
    body: str | None = None
    matched: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    api: Entity | None = None
    operation: Entity | None = None
    product: Entity | None = None
    subscription: Entity | None = None
    user: Entity | None = None
    workspace: Entity | None = None
    backend: Entity | None = None
    request: Entity = field(default_factory=dict)
    """What is known of the request besides the message itself."""
    deployment: Entity = field(default_factory=dict)
    certificate: Certificate | None = None
    certificates: Mapping[str, Certificate] = field(default_factory=dict)
    """``context.Deployment.Certificates``."""
    now: datetime | None = None
    timestamp: datetime | None = None
    elapsed: str | None = None
    request_id: str | None = None
    tracing: bool = False
    response: Entity | None = None
    last_error: Entity | None = None

    @classmethod
    def parse(cls, source: Source | None, parts: Mapping[str, object] | None = None) -> ContextData:
        """Read a context file; `parts` (``[context]`` of the configuration) are laid over it, member by member.

        Raises InputError ``context-invalid`` with the member at fault.
        """
        if source is None and not parts:
            return cls()
        # Imported here: most runs have no context file.
        from certgate.gateway.context.file import read

        return read(source, parts or {})

    def overlaid(self, parts: Mapping[str, object]) -> ContextData:
        """This context with `parts`, in the shape of a context file, laid over it, member by member; a part that is
        null is taken away. Raises InputError ``context-invalid``."""
        over = ContextData.parse(None, parts)
        changes: dict[str, Any] = {
            name: _laid(name, getattr(self, name), given)
            for name in field_names(self)
            if (given := getattr(over, name)) is not None and given != {} and name != "tracing"
        }
        changes |= {name: None for name in _TAKEN_AWAY if name in parts and parts[name] is None}
        if "tracing" in parts:
            changes["tracing"] = over.tracing
        return replace(self, **changes)

    @property
    def service_url(self) -> str | None:
        """The API's service URL."""
        return (self.api or {}).get("serviceUrl")

    @property
    def api_path(self) -> str:
        """The API's own path, which its service does not see."""
        return (self.api or {}).get("path") or ""


def _laid(name: str, below: Any, over: Any) -> Any:
    """`over` in place of `below`; of two mappings the entries of both, and a header has the values of `over` alone."""
    if not (isinstance(below, Mapping) and isinstance(over, Mapping)):
        return over
    if name != "headers":
        return {**below, **over}
    names = {header.lower() for header in over}
    return {**{header: values for header, values in below.items() if header.lower() not in names}, **over}
