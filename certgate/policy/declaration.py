"""How a policy element is declared: attributes, children, text, sections. What may be written, not what it does.

The one declaration is read by the save-time checks, the pipeline, the documentation and (later) the linter.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from certgate.core.finding import Finding
    from certgate.policy.document import Element


class Section(StrEnum):
    INBOUND = "inbound"
    BACKEND = "backend"
    OUTBOUND = "outbound"
    ON_ERROR = "on-error"


class Scope(StrEnum):
    """Where a document applies, broad to narrow."""

    GLOBAL = "global"
    WORKSPACE = "workspace"
    PRODUCT = "product"
    API = "api"
    OPERATION = "operation"


class GatewayKind(StrEnum):
    """The kinds of gateway that a policy's page lists."""

    CLASSIC = "classic"
    V2 = "v2"
    CONSUMPTION = "consumption"
    SELF_HOSTED = "self-hosted"
    WORKSPACE = "workspace"


class AttributeType(StrEnum):
    """The kinds of `type` in the element reference."""

    STRING = "string"
    INT = "int"
    NUMBER = "number"
    BOOL = "bool"
    """``true``, ``false``, ``1`` or ``0``: the schema's boolean."""
    ENUM = "enum"
    DATETIME = "datetime"
    DURATION = "duration"


class Order(StrEnum):
    """How the children of an element may be ordered: as listed, any mix, each once in any order, or free."""

    SEQUENCE = "sequence"
    CHOICE = "choice"
    ALL = "all"
    ANY = "any"


class TextKind(StrEnum):
    NONE = "none"
    LITERAL = "literal"
    BOTH = "both"
    """Literal text or an expression."""


class Content(StrEnum):
    CHILDREN = "children"
    """Only the declared children."""
    POLICIES = "policies"
    """Any policy of the section."""
    XML = "xml"
    """Free XML: nobody looks inside."""


@frozen
class Attribute:
    """One attribute. `expression` None means that no source settles it: allowed. `result` is the C# type that an
    expression must yield (``bool``, ``int``, ``string``, ``object``); empty: by `type`. `evaluated` False: an
    expression may stand there and is taken as text, which a note says. `advised`: its page calls it required and the
    schema does not, so a document without it is saved, with a note."""

    name: str
    type: AttributeType = AttributeType.STRING
    required: bool = False
    default: str | None = None
    expression: bool | None = None
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    result: str = ""
    evaluated: bool = True
    advised: bool = False


@frozen
class Shape:
    """What may stand inside an element. `least_children`: how many children it needs in all, whatever their names,
    where it has no text. `open_attributes`: any attribute may stand there."""

    attributes: tuple[Attribute, ...] = ()
    children: tuple[Child, ...] = ()
    order: Order = Order.SEQUENCE
    text: TextKind = TextKind.NONE
    text_result: str = "string"
    content: Content = Content.CHILDREN
    least_children: int = 0
    open_attributes: bool = False


@frozen
class Child:
    """A child element: how often (`maximum` None: unbounded) and its own shape. `shape` None: it is a policy of that
    name, declared at the top level. `advised`: as of an attribute."""

    name: str
    minimum: int = 0
    maximum: int | None = 1
    shape: Shape | None = None
    advised: bool = False


@frozen
class Declaration:
    """A policy element. `sections`, `scopes` and `gateways` None: not known, not checked. `page` is its Microsoft page,
    `does` what it does to the caller's answer and `deviations` what of it certgate does otherwise or leaves out, each
    one sentence.

    `check` looks at one element that is otherwise right and says what the shape cannot: findings of severity ERROR are
    what the gateway would refuse to save, others are notes.
    """

    name: str
    sections: frozenset[Section] | None
    shape: Shape = field(default_factory=Shape)
    sections_extra: frozenset[Section] = frozenset()
    """Offered by the toolkit or a changelog only: a warning, no error."""
    scopes: frozenset[Scope] | None = frozenset(Scope)
    gateways: frozenset[GatewayKind] | None = frozenset(GatewayKind)
    documented: bool = True
    once: bool = False
    """Its page says that it stands once in a section; no page says how branches count, so siblings are looked at."""
    page: str = ""
    does: str = ""
    deviations: tuple[str, ...] = ()
    check: Callable[[Element], Iterable[Finding]] | None = None

    def offered(self, kind: GatewayKind) -> bool:
        """Does a gateway of that kind have it, as far as is known?"""
        return self.gateways is None or kind in self.gateways
