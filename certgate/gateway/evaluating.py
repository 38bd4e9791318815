"""The evaluation of what policies say: attributes, texts and expressions, each noted in the record of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import replace
from certgate.csharp.grounds import subexpressions
from certgate.csharp.runtime import BudgetExceeded, Evaluation, Limits, ThrownException, UnsupportedReached
from certgate.csharp.trace import Explained
from certgate.gateway.assumptions import ASSUMPTIONS
from certgate.gateway.entropy import Entropy
from certgate.gateway.evaluated import compiled, displayed, failed, focus_of, unknown
from certgate.gateway.exchange import UNSEEN, Unknown
from certgate.gateway.outcome import Evaluated
from certgate.gateway.record import Record
from certgate.gateway.redact import Secrets
from certgate.pki.verdict import Origin
from certgate.policy.document import Expression, Literal
from certgate.policy.masking import MASK

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.trace import Trace
    from certgate.gateway.certificates.verdicts import Verdicts
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Exchange
    from certgate.gateway.outcome import DecidedBy
    from certgate.gateway.situation import Situation
    from certgate.pki.certificate import Certificate
    from certgate.pki.verdict import Verdict
    from certgate.policy.document import Element, Value


class Stopped(Exception):
    """Takes an end from inside an element's evaluation to the loop over the elements."""

    def __init__(self, end: End) -> None:
        super().__init__()
        self.end = end


class Evaluating(Record):
    """A record that evaluates."""

    def __init__(self, situation: Situation, make_exchange: Callable[[], Exchange], verdicts: Verdicts) -> None:
        super().__init__(situation)
        self.verdicts = verdicts
        self.globals: dict[str, Any] = {}
        self.objects: dict[str | None, Any] = {}
        """The C# object of each certificate that an expression has seen: by its id, the client's by None."""
        self.secrets = Secrets()
        self.open_at: list[DecidedBy] = []
        """Where each open question of `verdicts` came up."""
        self.literals_stored = False
        """Whether a variable holds a string that an expression gave: it may be one of C#'s shared literals."""
        self.local_time = False
        """Whether an expression ran whose value could depend on the gateway's zone."""
        self._make_exchange = make_exchange
        self._exchange: Exchange | None = None
        self._variables: dict[str, Any] | None = None
        self._limits = Limits(clock=situation.ticks)
        self._entropy = Entropy(lambda: situation.random_seed, lambda: self.assume("random-values"))
        self._newer: dict[str, None] = {}

    @property
    def exchange(self) -> Exchange:
        """Made when it is first asked for: many an expression reads nothing of it."""
        if self._exchange is None:
            self._exchange = self._make_exchange()
        return self._exchange

    @property
    def variables(self) -> dict[str, Any]:
        """The context's variables, which expressions may change, so each run has its own; made when first asked for.

        Raises InputError for one whose value does not fit its type.
        """
        if self._variables is None:
            from certgate.gateway.context.variables import variable_value

            self._variables = {name: variable_value(given) for name, given in self.context.variables.items()}
        return self._variables

    def value(self, element: Element, name: str, holder: Element | None = None) -> Any:
        """The value of an attribute of `element`, or of the `holder` inside it: text, or what its expression gives."""
        value = (holder or element).value(name)
        return None if value is None else self._evaluate(element, holder or element, value)

    def flag(self, element: Element, name: str, holder: Element | None = None) -> bool:
        """The value of a Boolean attribute; False where it is not written."""
        value = self.value(element, name, holder)
        return value in ("true", "1") if isinstance(value, str) else bool(value)

    def number(self, element: Element, name: str) -> int:
        return int(self.value(element, name) or 0)

    def text(self, element: Element, name: str, holder: Element | None = None) -> str | None:
        """The value of an attribute as text; None where it is not written or null."""
        return self._as_text(self.value(element, name, holder))

    def content(self, element: Element, holder: Element) -> str | None:
        """The text inside `holder`, blanks around a literal left out."""
        if holder.text is None:
            return None
        value = self._evaluate(element, holder, holder.text)
        return value.strip() if isinstance(holder.text, Literal) else self._as_text(value)

    def bytes(self, element: Element) -> bytes | str:
        """The text inside an element as bytes; or, as text, why it is not known what the gateway would make of it."""
        from certgate.csharp.values import NUMBER_CLASSES, ByteArray, Char, from_utf16, text_of, type_of

        if element.text is None:
            return b""
        value = self._evaluate(element, element, element.text)
        if value is None:
            self.assume("null-result")
            return b""
        if isinstance(value, ByteArray):
            return bytes(value)
        if type(value) is str:
            return from_utf16(value).encode()
        if isinstance(value, bool | Char) or type_of(value) in NUMBER_CLASSES:
            self.assume("body-text")
            return text_of(value).encode()
        return f"certgate does not know what {element.name} makes of a value of type {type_of(value).display}"

    def type_name(self, value: Any) -> str:
        """The C# type of a value."""
        from certgate.csharp.values import type_of

        return type_of("" if isinstance(value, Unknown) else value).full_name

    def expressions(self, element: Element, holder: Element | None = None) -> None:
        """Evaluate all expressions of an element for their exceptions, in the order of the file."""
        holder = holder or element
        for attribute in holder.attributes.values():
            if isinstance(attribute.value, Expression):
                self._evaluate(element, holder, attribute.value)
        if isinstance(holder.text, Expression):
            self._evaluate(element, holder, holder.text)
        for child in holder.children:
            self.expressions(element, child)

    def _as_text(self, value: Any) -> str | None:
        from certgate.csharp.values import from_utf16, text_of

        if value is None or isinstance(value, Unknown):
            return value
        return from_utf16(value if type(value) is str else text_of(value))

    def _evaluate(self, element: Element, holder: Element, value: Value) -> Any:
        if isinstance(value, Literal):
            return value.text
        evaluated, result = self._run_expression(element, holder, value)
        if isinstance(result, Stopped) and self._exchange is not None and self._exchange.unknown:
            evaluated, result = self._carried(element, holder, value) or (evaluated, result)
        self._open_drafts[-1].expressions.append(evaluated)
        if isinstance(result, Stopped):
            raise result
        if result is None and element.name in ("set-header", "set-variable"):
            self.assume("null-result")
        return result

    def _carried(self, element: Element, holder: Element, expression: Expression) -> tuple[Evaluated, Unknown] | None:
        """The evaluation where it only passes on what nobody knows, into a header or a variable.

        SECURITY: a mark stands for what is not known. Where it is not whole in the result the expression did more than
        pass it on, and the outcome is undecided.
        """
        if element.name != "set-variable" and not (element.name == "set-header" and holder.name == "value"):
            return None
        self.exchange.revealed = True
        try:
            evaluated, result = self._run_expression(element, holder, expression)
        finally:
            self.exchange.revealed = False
        if type(result) is not str or UNSEEN not in result:
            return None
        maker = next(iter(self.exchange.unknown.values()))
        return replace(evaluated, value=MASK, trace=None), Unknown(self._as_text(result) or "", maker)

    def _run_expression(self, element: Element, holder: Element, expression: Expression) -> tuple[Evaluated, Any]:
        """The record of one evaluation, and its value or how the policy stops."""
        place = self._expression = expression.place()
        watched = self.secrets.watched(expression)
        open_before = len(self.open_at)
        try:
            self._caution(expression)
            found = self._explained(expression)
        except UnsupportedReached as error:
            found = Explained(error=error)
        finally:
            self._expression = None
        trace = found.trace
        match found.error:
            case ThrownException() as thrown:
                message = self.secrets.thrown(expression, thrown) if watched else thrown.message
                record = Evaluated(
                    expression.text,
                    place,
                    exception=f"{thrown.type_name}: {message}",
                    trace=None if watched else trace,
                    focus=focus_of(expression, trace),
                )
                return record, Stopped(failed(element, holder, thrown))
            case UnsupportedReached() | BudgetExceeded() as stop:
                return Evaluated(expression.text, place), Stopped(unknown(element, expression, stop, withheld=watched))
        if trace and len(self.open_at) > open_before:
            self._point_at_question(open_before, expression, trace)
        shown, focus = displayed(found.value), focus_of(expression, trace)
        if watched:
            # SECURITY: the parts of an expression show what its secret value is made into.
            shown, trace = self.secrets.shown(expression, found.value, shown), None
        return Evaluated(expression.text, place, shown, trace=trace, focus=focus), found.value

    def _explained(self, expression: Expression) -> Explained:
        """One evaluation, with its tree where trees are kept. Raises UnsupportedReached for what was not compiled."""
        code = compiled(expression)
        if self.situation.tracing:
            bodies = [(body, body.consumed) for body in self.exchange.bodies]
            drawn = self._entropy.position
            found = code.explain(self.evaluation())
            if found is not None:
                return found
            # Too deep to be noted: once more without, from where it began.
            self._entropy.position = drawn
            for body, consumed in bodies:
                body.consumed = consumed
        try:
            return Explained(code.run(self.evaluation()))
        except (ThrownException, UnsupportedReached, BudgetExceeded) as error:
            return Explained(error=error)

    def _point_at_question(self, at: int, expression: Expression, trace: Trace) -> None:
        """An open question came up in this expression: its place is that of the call that asked."""
        calls = [each for each in subexpressions(trace) if each.text.endswith(("Verify()", "VerifyNoRevocation()"))]
        if calls:
            place = expression.place(calls[-1].start, calls[-1].end)
            self.open_at[at] = replace(self.open_at[at], place=place)

    def _caution(self, expression: Expression) -> None:
        """Note what a gateway of another version, or in another zone, might take differently."""
        from certgate.csharp.cautions import may_use_local_time

        found = compiled(expression)
        self.local_time = self.local_time or may_use_local_time(found.text)
        if cautions := found.cautions():
            self._newer.update((caution.member, None) for caution in cautions)
            text = f"The gateway's .NET has {', '.join(self._newer)}, which .NET Framework lacks as used here."
            self._assumed["gateway-version"] = replace(ASSUMPTIONS["gateway-version"], text=text)

    def evaluation(self) -> Evaluation:
        """What an expression is given: each gets a budget of its own."""
        return Evaluation(
            self.globals,
            self.now,
            self.situation.zone,
            self.good,
            self._limits,
            self._entropy.draw,
            self.literals_stored,
        )

    def used(self, verdict: Verdict) -> None:
        """A chain took part."""
        if any(element.origin is Origin.HANDSHAKE for element in verdict.elements):
            self.assume("handshake-intermediates")
        for name in self.gateway.authorities.assumptions(verdict):
            self.assume(name)

    def good(self, certificate: Certificate, revocation: bool, verdict: Verdict | None = None) -> bool:
        """What ``Verify()`` or ``VerifyNoRevocation()`` answers. With a `verdict` that leaves it open: the answer that
        this run was given."""
        ask = self.verdicts.good if verdict is None else self.verdicts.answer
        before = len(self.verdicts.asked)
        good = ask(certificate, revocation)
        self.used(self.verdicts.of(certificate, revocation))
        if len(self.verdicts.asked) > before and (here := self.here):
            self.open_at.append(here)
        return good
