"""The policies in force for a request: documents read, put together by scope, ready to be run many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError, UsageError
from certgate.core.source import Source
from certgate.core.value import field, frozen
from certgate.gateway.tiers import kind_of
from certgate.policy.compose import compose
from certgate.policy.declaration import Scope
from certgate.policy.named_values import NamedValues

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from certgate.core.finding import Finding
    from certgate.policy.compose import Effective
    from certgate.policy.declaration import GatewayKind
    from certgate.policy.derived import Derived
    from certgate.policy.document import Document
    from certgate.policy.including import Fragments
    from certgate.policy.named_values import NamedValue


@frozen
class Policy:
    """Read with :meth:`load` or :meth:`parse`; `documents` by scope, `fragments` by id."""

    documents: Mapping[str, Document]
    named_values: NamedValues = field(default_factory=NamedValues)
    fragments: Mapping[str, Document] = field(default_factory=dict)
    _effective: list[Effective] = field(default_factory=list, init=False, repr=False, compare=False)
    """What :attr:`effective` gives, once it has been asked for."""
    _refused: dict[str, tuple[Finding, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What :meth:`for_tier` has found for each kind of gateway that has been asked for."""

    @classmethod
    def load(
        cls,
        path: str | Path,
        *,
        named_values: Mapping[str, str | NamedValue] | None = None,
        fragments: Mapping[str, str | Path] | None = None,
        scopes: Mapping[str, str | Path] | None = None,
        unrestricted: bool = False,
    ) -> Policy:
        """Read the API's policy and those of other scopes. Raises InputError with all problems of a file."""
        sources = {Scope.API.value: Source.read(path)}
        sources.update({scope: Source.read(file) for scope, file in (scopes or {}).items()})
        pieces = {name: Source.read(file) for name, file in (fragments or {}).items()}
        return cls.parse(sources, named_values=named_values, fragments=pieces, unrestricted=unrestricted)

    @classmethod
    def parse(
        cls,
        sources: Mapping[str, Source | Derived] | Source | bytes | str,
        *,
        named_values: Mapping[str, str | NamedValue] | NamedValues | None = None,
        fragments: Mapping[str, Source | Derived] | None = None,
        unrestricted: bool = False,
    ) -> Policy:
        """Read policies by scope, or the API's alone.

        Raises InputError with all problems of all files, and UsageError ``scope-unknown``. Whether a tier has all that
        stands in them, :meth:`for_tier` says.
        """
        values = named_values if isinstance(named_values, NamedValues) else NamedValues(named_values)
        reader = _Reader(values, unrestricted)
        pieces = {name: reader.read(source, "", None) for name, source in (fragments or {}).items()}
        documents = {scope: reader.read(source, scope, pieces) for scope, source in _by_scope(sources).items()}
        if reader.problems:
            raise InputError.of(reader.problems)
        return cls(_there(documents), values, _there(pieces))

    def for_tier(self, tier: str) -> Policy:
        """This policy, where a gateway of that tier would have saved it. Raises InputError with what it refuses.

        A self-hosted gateway refuses nothing: it passes over what it does not have.
        """
        kind = kind_of(tier)
        if kind not in self._refused:
            self._refused[kind] = tuple(self._faults(kind))
        if found := self._refused[kind]:
            raise InputError.of(found)
        return self

    def _faults(self, kind: GatewayKind) -> Iterator[Finding]:
        from certgate.gateway.elements import VOCABULARY
        from certgate.policy.offering import refused

        for document in (*self.documents.values(), *self.fragments.values()):
            yield from refused(document, kind, VOCABULARY)

    @property
    def effective(self) -> Effective:
        """The documents put together."""
        if not self._effective:
            self._effective.append(compose(self.documents, self.fragments))
        return self._effective[0]

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What the gateway saves all the same."""
        return tuple(
            note for document in (*self.documents.values(), *self.fragments.values()) for note in document.notes
        )


class _Reader:
    """Reads the files of one policy; what is wrong with any of them is in `problems`."""

    def __init__(self, values: NamedValues, unrestricted: bool) -> None:
        self._values = values
        self._unrestricted = unrestricted
        self.problems: list[Finding] = []

    def read(self, source: Source | Derived, scope: str, fragments: Fragments | None) -> Document | None:
        from certgate.gateway.context.context import environment
        from certgate.gateway.elements import VOCABULARY
        from certgate.policy.parse import Saving, examine

        found = examine(
            source,
            vocabulary=VOCABULARY,
            environment=environment(self._unrestricted),
            named_values=self._values,
            saving=Saving(scope, fragments=fragments),
        )
        self.problems += found.problems
        return found.document


def _there(documents: Mapping[str, Document | None]) -> dict[str, Document]:
    return {name: document for name, document in documents.items() if document is not None}


def _by_scope(sources: Mapping[str, Source | Derived] | Source | bytes | str) -> Mapping[str, Source | Derived]:
    match sources:
        case str():
            sources = Source("policy", sources.encode())
        case bytes():
            sources = Source("policy", sources)
    if isinstance(sources, Source):
        return {Scope.API.value: sources}
    for scope in sources:
        if scope not in set(Scope):
            raise UsageError(f"'{scope}' is no scope", code="scope-unknown", hint=f"known are {', '.join(Scope)}")
    return sources
