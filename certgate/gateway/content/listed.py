"""Headers, parameters and status codes held against the definition of an API: what each validation policy does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached, running
from certgate.gateway.content import parameters
from certgate.gateway.content.described import operation_of
from certgate.gateway.content.errors import Log, UnknownAction, ValidationError, action_of
from certgate.gateway.content.schemas import NotSimulated
from certgate.gateway.ending import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from certgate.gateway.content.operation import Operation, Parameter
    from certgate.gateway.content.parameters import Sort
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element


@frozen
class Actions:
    """What is done with what the definition specifies, with what it does not, and with single names (small letters)."""

    specified: str
    unspecified: str
    single: Mapping[str, str]

    def of(self, name: str, *, specified: bool) -> str:
        return self.single.get(name.lower(), self.specified if specified else self.unspecified)

    @property
    def all(self) -> set[str]:
        return {self.specified, self.unspecified, *self.single.values()}


def actions(element: Element, run: Run, names: tuple[str, str], holder: Element | None = None) -> Actions:
    """The actions of an element, a `holder` in it overriding them. `names` are the attributes for what is specified and
    what is not."""
    specified, unspecified = (
        action_of(run, element, name, holder if holder is not None and holder.value(name) is not None else None)
        for name in names
    )
    children = (holder or element).children if holder is not None or element.name == "validate-headers" else ()
    single = {(each.literal("name") or "").lower(): action_of(run, element, "action", each) for each in children}
    return Actions(specified, unspecified, single)


def settled(element: Element, run: Run, check: Callable[[Log], End | None]) -> End | None:
    """Run a check; what is not simulated makes the outcome undecided."""
    log = Log(element, run)
    try:
        with running(run.evaluation().budget):
            end = check(log)
    except (UnknownAction, NotSimulated) as error:
        return run.not_simulated(element, str(error))
    except (UnsupportedReached, BudgetExceeded, ThrownException) as error:
        return run.not_simulated(element, error.message)
    return log.finished(end)


def described(element: Element, log: Log, actions: set[str]) -> Operation | Undecided | None:
    """The operation that parameters are held against; None where nothing comes of that but errors that nobody knows."""
    if actions <= {"ignore"}:
        return None
    found = operation_of(element, log.run)
    if not isinstance(found, Undecided):
        return found
    return log.undecided(found, "prevent" if "prevent" in actions else "detect")


def values(
    log: Log, sort: Sort, rules: Actions, declared: Sequence[Parameter], given: Mapping[str, Sequence[str]]
) -> End | None:
    """Hold the values of one sort of parameter against what is declared. Names of headers have no case."""
    fold = str.lower if sort.words == "header" else str
    known = {fold(each.name): each for each in declared}
    found = {fold(name): texts for name, texts in given.items()}
    for name in given:
        if fold(name) not in known and (
            end := log.note(parameters.unspecified(sort, name), rules.of(name, specified=False))
        ):
            return end
    for key, parameter in known.items():
        action = rules.of(parameter.name, specified=True)
        if action == "ignore":
            continue
        error = _error(sort, parameter, found.get(key))
        if error is not None:
            log.run.assume("validation-message")
            if end := log.note(error, action):
                return end
    return None


def _error(sort: Sort, parameter: Parameter, texts: Sequence[str] | None) -> ValidationError | None:
    if texts:
        return parameters.fault(sort, parameter, texts)
    return parameters.missing(sort, parameter.name) if parameter.required else None
