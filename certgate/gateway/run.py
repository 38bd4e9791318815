"""One run: runs elements, and knows the messages that they act on and the certificates that they ask for.

What an element may ask of the run stands here and in the two classes below it, which record and evaluate; the order of
sections and the answer are ``pipeline.py``'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from certgate.csharp.runtime import UnsupportedReached
from certgate.gateway.arriving.arrival import arrival
from certgate.gateway.elements import VOCABULARY, simulated
from certgate.gateway.elements.reference import reached
from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.evaluating import Evaluating, Stopped
from certgate.gateway.record import Draft
from certgate.gateway.session import Session
from certgate.gateway.tiers import SELF_HOSTED
from certgate.policy.declaration import GatewayKind, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from certgate.gateway.arriving.arrival import Arrival
    from certgate.gateway.certificates.verdicts import Verdicts
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Body, Exchange, Headers, Incoming, Outgoing, Response
    from certgate.gateway.outcome import DecidedBy
    from certgate.gateway.situation import Situation
    from certgate.pki.certificate import Certificate
    from certgate.policy.document import Element


T = TypeVar("T")

MAX_STEPS = 20_000
"""SECURITY: the most steps of a run, whatever loops its policies make."""


class Run(Evaluating):
    """The state of one run besides its exchange."""

    def __init__(
        self,
        situation: Situation,
        make_exchange: Callable[[], Exchange],
        verdicts: Verdicts,
        session: Session | None = None,
    ) -> None:
        super().__init__(situation, make_exchange, verdicts)
        self.session = session or Session()
        self.certificate_read = False
        """Whether a policy has asked for the client's certificate."""
        self.uploaded_read = False
        """Whether a policy has asked for the uploaded certificates."""
        self.uploaded_at: DecidedBy | None = None
        """Where one did so first."""
        self.once: set[Hashable] = set()
        """What policies of this kind do once in a request, whichever of them is reached first."""
        self.notes: dict[str, Any] = {}
        """What a policy leaves for another that comes later in the same request."""
        self.on_answer: list[Callable[[], None]] = []
        """What is done with the backend's answer before the outbound policies see it."""
        self.outbound: Sequence[Element] = ()
        """The outbound section, for a policy that answers and goes on in it."""
        self._arrival: Arrival | None = None
        self._building: Response | None = None
        self._sending: Outgoing | None = None
        self._endings: list[tuple[Element, Callable[[Response | None], None]]] = []

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

    def sending(self, request: Outgoing, elements: Iterable[Element]) -> End | None:
        """Run elements that act on a request of their own."""
        self._sending = request
        try:
            return self.elements(elements)
        finally:
            self._sending = None

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
        from certgate.gateway.context.messages import held_response

        return held_response(self.variables.get(name))

    # -- certificates -----------------------------------------------------------------------------

    @property
    def uploaded(self) -> Mapping[str, Certificate]:
        """The uploaded certificates by id, for a policy that asks for them."""
        if not self.uploaded_read and self.gateway.trust.rotations:
            self.uploaded_read = True
            self.uploaded_at = self.here
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


def _effect(end: End | None) -> str:
    match end:
        case Failed():
            return f"failed: {end.message}"
        case Undecided():
            return end.open.message
    return ""
