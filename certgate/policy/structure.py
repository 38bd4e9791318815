"""The tree against the declarations: what may stand where, and how often. Builds the document's elements on the way.

All problems are collected; building goes on behind each. What attributes and texts hold is
:mod:`certgate.policy.values`' business.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from certgate.core.registry import did_you_mean
from certgate.policy import values
from certgate.policy.declaration import Attribute as DeclaredAttribute
from certgate.policy.declaration import Content, GatewayKind, Order, Scope, Section, Shape
from certgate.policy.document import BASE, INCLUDE, Attribute, Element, Kind, Literal
from certgate.policy.including import inclusion
from certgate.policy.offering import not_offered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from certgate.core.source import Span
    from certgate.policy.declaration import Child, Declaration
    from certgate.policy.rawxml import RawElement
    from certgate.policy.reading import Reading

WRAPPERS = ("policies", "fragment", *Section)
"""Elements that hold policies and are none."""

_ID = DeclaredAttribute("id")
_NOTHING = Shape()
_ANYTHING = Shape(content=Content.XML, open_attributes=True)


class Structure:
    """Builds the elements of one document. `section` None, in a fragment: any."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def wrapper(self, raw: RawElement) -> None:
        """Check that ``policies``, ``fragment`` or a section has neither attributes nor text."""
        self._attributes(raw, _NOTHING, policy=False)
        values.text(self._reading, raw, _NOTHING)

    def policies(self, raw: RawElement, section: Section | None, prefix: str = "") -> tuple[Element, ...]:
        """The policies that stand in a section, or in an element that may hold any policy."""
        self._check_once(raw.children)
        return tuple(self._policy(child, section, path) for child, path in _numbered(raw.children, prefix))

    def _span(self, raw: RawElement) -> Span:
        return self._reading.source.span(raw.start, raw.open_end)

    def _policy(self, raw: RawElement, section: Section | None, path: str) -> Element:
        if raw.name == BASE:
            self._check_base(raw)
            return self._element(raw, _NOTHING, section, path, policy=False)
        declaration = self._reading.vocabulary.get(raw.name)
        if declaration is None or raw.name in WRAPPERS:
            self._unknown(raw)
            return self._element(raw, _ANYTHING, section, path, policy=True)
        around, self._reading.policy = self._reading.policy, raw
        self._check_section(raw, declaration, section)
        self._check_scope(raw, declaration)
        self._reading.policy = around
        if raw.name == INCLUDE and self._reading.kind is Kind.FRAGMENT:
            message = "a fragment may not include another one"
            self._reading.problem("fragment-nested", message, self._span(raw))
        element = self._declared(raw, declaration, section, path)
        if raw.name == INCLUDE:
            self._check_fragment(element, section)
        return element

    def _declared(self, raw: RawElement, declaration: Declaration, section: Section | None, path: str) -> Element:
        reading = self._reading
        before, around = len(reading.problems), reading.policy
        reading.policy = raw
        self._check_gateway(raw, declaration)
        element = self._element(raw, declaration.shape, section, path, policy=True)
        if not declaration.documented:
            reading.note("element-undocumented", f"{raw.name} is not documented", self._span(raw))
        if declaration.check is not None and len(reading.problems) == before:
            reading.add(declaration.check(element))
        reading.policy = around
        return element

    def _unknown(self, raw: RawElement) -> None:
        if raw.name in WRAPPERS:
            allowed = "at the top" if raw.name in {"policies", "fragment"} else "directly in <policies>"
            message = f"<{raw.name}> may stand only {allowed}"
            self._reading.problem("element-misplaced", message, self._span(raw))
            return
        hint = did_you_mean(raw.name, [*self._reading.vocabulary, BASE])
        self._reading.problem("element-unknown", f"'{raw.name}' is not a policy", self._span(raw), hint)

    def _check_base(self, raw: RawElement) -> None:
        if self._reading.kind is Kind.FRAGMENT:
            self._reading.problem("fragment-base", "<base> may not stand in a fragment", self._span(raw))
        elif self._reading.scope == "global":
            self._reading.note("base-global", "<base> has no effect at global scope", self._span(raw))

    def _check_section(self, raw: RawElement, declaration: Declaration, section: Section | None) -> None:
        if section is None or declaration.sections is None or section in declaration.sections:
            return
        if section in declaration.sections_extra:
            message = f"{raw.name} is not documented for {section}"
            self._reading.note("section-undocumented", message, self._span(raw))
            return
        allowed = [each for each in Section if each in declaration.sections]
        hint = "allowed in " + ", ".join(allowed) if allowed else "it belongs to no section of a policy"
        message = f"{raw.name} is not allowed in {section}"
        words = "Policy is not allowed in this section"
        self._reading.problem("section-wrong", message, self._span(raw), hint, words)

    def _check_scope(self, raw: RawElement, declaration: Declaration) -> None:
        scope, allowed = self._reading.scope, declaration.scopes
        if not scope or allowed is None or scope in allowed:
            return
        hint = "allowed at " + ", ".join(each for each in Scope if each in allowed)
        message = f"{raw.name} is not allowed at {scope} scope"
        words = "Policy is not allowed in the specified scope"
        self._reading.problem("scope-wrong", message, self._span(raw), hint, words)

    def _check_gateway(self, raw: RawElement, declaration: Declaration) -> None:
        kind = self._reading.gateway
        if kind is None or declaration.offered(kind):
            return
        if kind is GatewayKind.SELF_HOSTED:
            # It is saved, and passed over at run time (fact sheet §5.7): what should have refused a request does not.
            message = f"a {kind} gateway does not have {raw.name}: it passes the policy over"
            self._reading.note("gateway-skips", message, self._span(raw))
            return
        message, hint = not_offered(declaration, kind)
        words = "Policy is not allowed in 'Consumption' sku" if kind is GatewayKind.CONSUMPTION else None
        self._reading.problem("gateway-wrong", message, self._span(raw), hint, words)

    def _check_fragment(self, include: Element, section: Section | None) -> None:
        reading = self._reading
        if reading.fragments is not None and reading.kind is not Kind.FRAGMENT:
            known, vocabulary = reading.fragments, reading.vocabulary
            reading.add(inclusion(include, section, known, vocabulary, reading.unknown))

    def _check_once(self, children: Sequence[RawElement]) -> None:
        seen: set[str] = set()
        for child in children:
            if child.name in seen:
                declaration = self._reading.vocabulary.get(child.name)
                if declaration is not None and declaration.once:
                    message = f"{child.name} stands here more than once; a section takes one"
                    self._reading.problem("element-repeated", message, self._span(child))
            seen.add(child.name)

    # -- one element ---------------------------------------------------------------------------------------------------

    def _element(self, raw: RawElement, shape: Shape, section: Section | None, path: str, *, policy: bool) -> Element:
        attributes = self._attributes(raw, shape, policy=policy)
        secret = self._reading.holds_secret(raw.start, max(raw.open_end, raw.inner_end))
        if shape.content is Content.XML and raw.children:
            inner = self._reading.source.part(raw.open_end, raw.inner_end)
            where = self._reading.source.span(raw.open_end, raw.inner_end)
            literal = Literal(inner.text, where)
            return Element(
                raw.name, self._span(raw), path, self._reading.scope, attributes, text=literal, secret=secret
            )
        text = None if shape is _ANYTHING else values.text(self._reading, raw, shape)
        children = self._children(raw, shape, section, path)
        return Element(raw.name, self._span(raw), path, self._reading.scope, attributes, children, text, secret)

    def _attributes(self, raw: RawElement, shape: Shape, *, policy: bool) -> Mapping[str, Attribute]:
        declared = {each.name: each for each in shape.attributes}
        if policy:
            declared.setdefault("id", _ID)
        found: dict[str, Attribute] = {}
        for written in raw.attributes:
            known = declared.get(written.name)
            if known is None and not shape.open_attributes and not written.name.startswith("xmlns:"):
                span = self._reading.source.span(written.start, written.start + len(written.name))
                message = f"the '{written.name}' attribute is not declared on {raw.name}"
                words = f"The '{written.name}' attribute is not declared."
                self._reading.problem(
                    "attribute-undeclared", message, span, did_you_mean(written.name, declared), words
                )
            found.setdefault(written.name, values.attribute(self._reading, raw.name, written, known))
        for each in shape.attributes:
            if each.name in found or raw.broken:
                continue
            if each.required:
                message = f"the required attribute '{each.name}' is missing on {raw.name}"
                words = f"The required attribute '{each.name}' is missing."
                self._reading.problem("attribute-missing", message, self._span(raw), words=words)
            elif each.advised:
                message = f"{raw.name} is documented to need '{each.name}'"
                self._reading.note("attribute-advised", message, self._span(raw))
        return found

    # -- children ------------------------------------------------------------------------------------------------------

    def _children(self, raw: RawElement, shape: Shape, section: Section | None, path: str) -> tuple[Element, ...]:
        if shape.content is Content.XML:
            return ()
        declared = {child.name: child for child in shape.children}
        if shape.content is Content.POLICIES and not declared:
            return self.policies(raw, section, path + "/")
        if shape.content is Content.CHILDREN:
            self._check_children(raw, shape, declared)
        return tuple(
            self._child(child, declared.get(child.name), shape, section, where)
            for child, where in _numbered(raw.children, path + "/")
        )

    def _child(self, raw: RawElement, child: Child | None, shape: Shape, section: Section | None, path: str) -> Element:
        if child is not None and child.shape is not None:
            return self._element(raw, child.shape, section, path, policy=False)
        if child is None:
            if shape.content is Content.POLICIES:
                return self._policy(raw, section, path)
            return self._element(raw, _ANYTHING, section, path, policy=False)
        # What its owner lists may stand there, whatever the section.
        declaration = self._reading.vocabulary.get(raw.name)
        if declaration is None:
            return self._element(raw, _ANYTHING, section, path, policy=True)
        return self._declared(raw, declaration, section, path)

    def _check_children(self, raw: RawElement, shape: Shape, declared: Mapping[str, Child]) -> None:
        counts = Counter(child.name for child in raw.children)
        for child in raw.children:
            if child.name not in declared:
                hint = did_you_mean(child.name, declared) or (
                    f"it may hold: {', '.join(declared)}" if declared else None
                )
                message = f"<{child.name}> may not stand in {raw.name}"
                words = f"The element '{raw.name}' has invalid child element '{child.name}'.{values.expected(declared)}"
                self._reading.problem("child-unknown", message, self._span(child), hint, words)
        unknown = any(values.stands_for_elements(value.text) for value in raw.texts)
        for each in shape.children:
            self._check_count(raw, each, counts[each.name], unknown=unknown)
        if shape.order is Order.SEQUENCE:
            self._check_order(raw, shape.children)
        has_text = any(value.text.text.strip() for value in raw.texts)
        if len(raw.children) < shape.least_children and not has_text:
            message = f"{raw.name} needs at least {shape.least_children} of: {', '.join(declared)}"
            self._reading.problem("child-missing", message, self._span(raw))

    def _check_count(self, raw: RawElement, child: Child, count: int, *, unknown: bool) -> None:
        """`unknown`: elements that nobody knows stand among them."""
        least, most = child.minimum, child.maximum
        wanted = f"{least} to {most}" if most is not None and most > max(least, 1) and least else str(least)
        if count < least and not unknown:
            message = f"{raw.name} needs {wanted} <{child.name}>, and has {count or 'none'}"
            words = f"The element '{raw.name}' has incomplete content.{values.expected([child.name])}"
            self._reading.problem("child-missing", message, self._span(raw), words=words)
        elif not count and child.advised and not unknown:
            message = f"{raw.name} is documented to need <{child.name}>"
            self._reading.note("child-advised", message, self._span(raw))
        if most is not None and count > most:
            extra = [each for each in raw.children if each.name == child.name][most]
            message = f"{raw.name} takes at most {most} <{child.name}>, and has {count}"
            words = f"The element '{raw.name}' has invalid child element '{child.name}'."
            self._reading.problem("child-too-many", message, self._span(extra), words=words)

    def _check_order(self, raw: RawElement, children: Sequence[Child]) -> None:
        last, names = -1, [child.name for child in children]
        for child in raw.children:
            at = names.index(child.name) if child.name in names else last
            if at < last:
                message = f"<{child.name}> must stand before <{names[last]}> in {raw.name}"
                hint = "the order is: " + ", ".join(names)
                possible = values.expected(
                    each.name for each in children[last:] if each.maximum is None or each is not children[last]
                )
                words = f"The element '{raw.name}' has invalid child element '{child.name}'.{possible}"
                self._reading.problem("child-order", message, self._span(child), hint, words)
                return
            last = at


def _numbered(children: Sequence[RawElement], prefix: str) -> list[tuple[RawElement, str]]:
    """Each child with its path: its 1-based index among siblings of its name."""
    seen: Counter[str] = Counter()
    numbered = []
    for child in children:
        seen[child.name] += 1
        numbered.append((child, f"{prefix}{child.name}[{seen[child.name]}]"))
    return numbered
