"""One run: evaluates expressions for the elements, records every step, and knows what took part.

What an element may ask of the run stands here; the order of sections and the answer are ``pipeline.py``'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from certgate.core.value import field, replace, slotted
from certgate.csharp.grounds import subexpressions
from certgate.csharp.runtime import BudgetExceeded, Evaluation, Limits, ThrownException, UnsupportedReached
from certgate.csharp.trace import Explained
from certgate.gateway.arrival import Arrival, arrival
from certgate.gateway.assumptions import ASSUMPTIONS
from certgate.gateway.elements import VOCABULARY, simulated
from certgate.gateway.elements.passing import reached
from certgate.gateway.ending import End, Failed, Undecided
from certgate.gateway.entropy import Entropy
from certgate.gateway.evaluated import compiled, displayed, failed, focus_of, unknown
from certgate.gateway.exchange import UNSEEN, Exchange, Response, Unknown
from certgate.gateway.outcome import (
    Assumption,
    BackendRequest,
    Call,
    DecidedBy,
    Evaluated,
    LastError,
    Open,
    Received,
    Step,
)
from certgate.gateway.redact import Secrets
from certgate.gateway.session import Session
from certgate.gateway.tiers import SELF_HOSTED
from certgate.pki.verdict import Origin
from certgate.policy.declaration import GatewayKind, Section
from certgate.policy.document import Expression, Literal
from certgate.policy.named_values import MASK

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import datetime

    from certgate.core.source import Place
    from certgate.csharp.trace import Trace
    from certgate.gateway.context_data import ContextData
    from certgate.gateway.exchange import Body, Headers, Incoming, Outgoing
    from certgate.gateway.identity import Comparison
    from certgate.gateway.settings import Gateway
    from certgate.gateway.situation import Situation
    from certgate.gateway.verdicts import Verdicts
    from certgate.pki.certificate import Certificate
    from certgate.pki.verdict import Verdict
    from certgate.policy.document import Element, Value


T = TypeVar("T")

MAX_STEPS = 20_000
"""SECURITY: the most steps of a run, whatever loops its policies make."""


class Stopped(Exception):
    """Takes an end from inside an element's evaluation to the loop over the elements."""

    def __init__(self, end: End) -> None:
        super().__init__()
        self.end = end


_NO_DATA: Mapping[str, Any] = {}


@slotted
class Draft:
    """A step while its element runs."""

    element: Element
    section: str
    effect: str = ""
    expressions: list[Evaluated] = field(default_factory=list)
    data: Mapping[str, Any] = _NO_DATA

    def step(self) -> Step:
        element, expressions = self.element, tuple(self.expressions)
        return Step(
            *(element.name, element.path, element.scope, element.place(), self.effect, expressions),
            section=self.section,
            data=self.data,
        )


class Run:
    """The state of one run besides its exchange."""

    def __init__(
        self,
        situation: Situation,
        make_exchange: Callable[[], Exchange],
        verdicts: Verdicts,
        session: Session | None = None,
    ) -> None:
        self.situation = situation
        self.verdicts = verdicts
        self.session = session or Session()
        self.globals: dict[str, Any] = {}
        self.section = Section.INBOUND
        self.last_error: LastError | None = None
        self.backend: BackendRequest | None = None
        self.calls: list[Call] = []
        self.objects: dict[str | None, Any] = {}
        """The C# object of each certificate that an expression has seen: by its id, the client's by None."""
        self.secrets = Secrets()
        self.comparisons: list[Comparison] = []
        self.passed_over: list[Element] = []
        """Policies that this kind of gateway does not have."""
        self.open_at: list[DecidedBy] = []
        """Where each open question of `verdicts` came up."""
        self.stopped = ""
        """The proxy that answered in front of the gateway, and why."""
        self.certificate_read = False
        """Whether a policy has asked for the client's certificate."""
        self.uploaded_read = False
        """Whether a policy has asked for the uploaded certificates."""
        self.uploaded_at: DecidedBy | None = None
        """Where one did so first."""
        self._arrival: Arrival | None = None
        self._make_exchange = make_exchange
        self._exchange: Exchange | None = None
        self._variables: dict[str, Any] | None = None
        self._limits = Limits(clock=situation.ticks)
        self._building: Response | None = None
        self._sending: Outgoing | None = None
        self._expression: Place | None = None
        self._drafts: list[Draft] = []
        self._open_drafts: list[Draft] = []
        self._entropy = Entropy(lambda: situation.random_seed, lambda: self.assume("random-values"))
        self._assumed: dict[str, Assumption] = {}
        self._newer: dict[str, None] = {}
        self.literals_stored = False
        """Whether a variable holds a string that an expression gave: it may be one of C#'s shared literals."""
        self.local_time = False
        """Whether an expression ran whose value could depend on the gateway's zone."""
        self.once: set[Hashable] = set()
        """What policies of this kind do once in a request, whichever of them is reached first."""
        self.notes: dict[str, Any] = {}
        """What a policy leaves for another that comes later in the same request."""
        self.received: Received | None = None
        self.entered: list[str] = []
        """The sections that were entered, in order."""
        self.on_answer: list[Callable[[], None]] = []
        """What is done with the backend's answer before the outbound policies see it."""
        self.outbound: Sequence[Element] = ()
        """The outbound section, for a policy that answers and goes on in it."""
        self._endings: list[tuple[Element, Callable[[Response | None], None]]] = []

    # -- what took part ---------------------------------------------------------------------------

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
            from certgate.gateway.context_variables import variable_value

            self._variables = {name: variable_value(given) for name, given in self.context.variables.items()}
        return self._variables

    @property
    def gateway(self) -> Gateway:
        return self.situation.gateway

    @property
    def now(self) -> datetime:
        return self.situation.now

    @property
    def context(self) -> ContextData:
        return self.gateway.context

    @property
    def uploaded(self) -> Mapping[str, Certificate]:
        """The uploaded certificates by id, for a policy that asks for them."""
        if not self.uploaded_read and self.gateway.trust.rotations:
            self.uploaded_read = True
            if self._open_drafts:
                element = self._open_drafts[-1].element
                self.uploaded_at = DecidedBy(element.name, element.path, self._expression or element.place())
        return self.situation.uploaded

    @property
    def arrival(self) -> Arrival:
        """What the gateway got of the client's certificate, and why not."""
        if self._arrival is None:
            self._arrival = arrival(self.situation)
        return self._arrival

    def presented(self) -> Certificate | None:
        """The client's certificate, for a policy that asks for it. Raises UnsupportedReached where nobody knows what
        asking for it does."""
        self.certificate_read, found = True, self.arrival
        for name in found.assumed:
            self.assume(name)
        if found.unreadable:
            raise UnsupportedReached(found.unreadable)
        return self.certificate

    @property
    def certificate(self) -> Certificate | None:
        return self.exchange.request.certificate

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(draft.step() for draft in self._drafts)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        return tuple(sorted(self._assumed.values(), key=lambda each: each.id))

    def assume(self, name: str) -> None:
        """A simulator default took part."""
        self._assumed[name] = ASSUMPTIONS[name]

    def _caution(self, expression: Expression) -> None:
        """Note what a gateway of another version, or in another zone, might take differently."""
        from certgate.csharp.cautions import may_use_local_time

        found = compiled(expression)
        self.local_time = self.local_time or may_use_local_time(found.text)
        if cautions := found.cautions():
            self._newer.update((caution.member, None) for caution in cautions)
            text = f"The gateway's .NET has {', '.join(self._newer)}, which .NET Framework lacks as used here."
            self._assumed["gateway-version"] = replace(ASSUMPTIONS["gateway-version"], text=text)

    def says(self, effect: str) -> None:
        """What the element that is running did."""
        self._open_drafts[-1].effect = effect

    def traced(self, **data: Any) -> None:
        """What a trace of the gateway itself tells of the element that is running: texts, numbers, flags or null."""
        if self.situation.tracing:
            self._open_drafts[-1].data = {name: _plain(value) for name, value in data.items()}

    def used(self, verdict: Verdict) -> None:
        """A chain took part."""
        if any(element.origin is Origin.HANDSHAKE for element in verdict.elements):
            self.assume("handshake-intermediates")
        for name in self.gateway.authorities.assumptions(verdict):
            self.assume(name)

    def compared(self, comparisons: Iterable[Comparison]) -> None:
        """Attributes of an identity were compared."""
        for comparison in comparisons:
            self.comparisons.append(comparison)
            for name in comparison.assumptions:
                self.assume(name)

    # -- elements ---------------------------------------------------------------------------------

    def elements(self, elements: Iterable[Element]) -> End | None:
        """Run elements in order, until one ends the section."""
        for element in elements:
            if end := self._element(element):
                return end
        return None

    def _element(self, element: Element) -> End | None:
        draft = Draft(element, self.section)
        self._drafts.append(draft)
        self._open_drafts.append(draft)
        try:
            if len(self._drafts) > MAX_STEPS:
                return self.not_simulated(element, f"more than {MAX_STEPS} policies run")
            if self._passes_over(element):
                return None
            found = simulated(element.name)
            end = found.run(element, self) if found else reached(element, self)
        except Stopped as stopped:
            end = stopped.end
        finally:
            self._open_drafts.pop()
        draft.effect = draft.effect or _effect(end)
        return end

    def attempt(self, evaluate: Callable[[], T]) -> T | End:
        """What `evaluate` gives, or how evaluating it would have ended the policy."""
        try:
            return evaluate()
        except Stopped as stopped:
            return stopped.end

    def _passes_over(self, element: Element) -> bool:
        """Is this a policy that a self-hosted gateway does not have? SECURITY: it goes on as if it were not there, so
        that a gate of that kind is open (fact sheet §5.7), which a hint says."""
        if self.gateway.tier != SELF_HOSTED or VOCABULARY[element.name].offered(GatewayKind.SELF_HOSTED):
            return False
        self.passed_over.append(element)
        self.says(f"passed over: a self-hosted gateway does not have {element.name}")
        return True

    def building(self, response: Response, elements: Iterable[Element]) -> End | None:
        """Run elements that act on a response of their own."""
        self._building = response
        try:
            return self.elements(elements)
        finally:
            self._building = None

    def at_end(self, element: Element, finish: Callable[[Response | None], None]) -> None:
        """Have `finish` run for `element` when the answer is there, whoever makes it: it may read and change it. It is
        called with None where nobody knows the answer, or has no value for what `finish` itself evaluates."""
        self._endings.append((element, finish))

    def end(self, response: Response | None) -> None:
        """Do what waits for the answer. It leaves a step where it evaluates or says something."""
        for element, finish in self._endings:
            draft = Draft(element, self.section)
            self._open_drafts.append(draft)
            self.exchange.response = response
            try:
                finish(response)
            except Stopped as stopped:
                draft.effect = _effect(stopped.end)
                finish(None)
            finally:
                self._open_drafts.pop()
            if draft.effect or draft.expressions:
                self._drafts.append(draft)

    def sending(self, request: Outgoing, elements: Iterable[Element]) -> End | None:
        """Run elements that act on a request of their own."""
        self._sending = request
        try:
            return self.elements(elements)
        finally:
            self._sending = None

    def not_simulated(self, element: Element, message: str, *, attribute: str = "") -> Undecided:
        """The outcome cannot be said: the run has come to something that certgate does not do. Its place is that of
        the `attribute`'s value, or else of the element."""
        self.says(message)
        value = element.value(attribute)
        return Undecided(element, Open(message, value.span.place() if value else element.place()))

    # -- the message that an element acts on ------------------------------------------------------

    @property
    def _on_request(self) -> bool:
        if self._sending is not None:
            return True
        return self._building is None and self.section in (Section.INBOUND, Section.BACKEND)

    @property
    def sent(self) -> Incoming | Outgoing:
        """The request that elements act on: the caller's, on its way to the backend, or one that a policy makes."""
        return self._sending or self.exchange.request

    def attach(self, thumbprint: str | None) -> None:
        """A certificate goes with the request that elements act on."""
        holder = self._sending or self.exchange.route
        holder.certificate = thumbprint

    @property
    def passing(self) -> Incoming | Response | None:
        """The message on its way through the section, the caller's request or the answer to it; None while a policy
        makes an answer of its own."""
        if self._building is not None:
            return None
        return self.exchange.request if self.section in (Section.INBOUND, Section.BACKEND) else self.exchange.response

    @property
    def response(self) -> Response | None:
        """The response that elements act on; None where there is none yet."""
        return None if self._on_request else self._building or self.exchange.response

    @property
    def headers(self) -> Headers:
        response = self.response
        return response.headers if response else self.sent.headers

    def put_body(self, body: Body) -> None:
        response = self.response
        if response:
            response.body = body
        else:
            self.sent.body = body

    def held_response(self, name: str) -> Response | None:
        """A copy of the response that a context variable holds."""
        from certgate.gateway.context_messages import held_response

        return held_response(self.variables.get(name))

    # -- values -----------------------------------------------------------------------------------

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
        from certgate.csharp.values import ByteArray, from_utf16, type_of

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

    def good(self, certificate: Certificate, revocation: bool, verdict: Verdict | None = None) -> bool:
        """What ``Verify()`` or ``VerifyNoRevocation()`` answers. With a `verdict` that leaves it open: the answer that
        this run was given."""
        ask = self.verdicts.good if verdict is None else self.verdicts.answer
        before = len(self.verdicts.asked)
        good = ask(certificate, revocation)
        self.used(self.verdicts.of(certificate, revocation))
        if len(self.verdicts.asked) > before and self._open_drafts:
            element = self._open_drafts[-1].element
            self.open_at.append(DecidedBy(element.name, element.path, self._expression or element.place()))
        return good


def _plain(value: Any) -> str | bool | int | None:
    """A value as a trace shows it: other than null, flags and whole numbers its text."""
    from certgate.csharp.values import from_utf16, text_of

    if value is None or type(value) in (bool, int):
        return value  # type: ignore[no-any-return]
    return from_utf16(value if type(value) is str else text_of(value))


def _effect(end: End | None) -> str:
    match end:
        case Failed():
            return f"failed: {end.message}"
        case Undecided():
            return end.open.message
    return ""
