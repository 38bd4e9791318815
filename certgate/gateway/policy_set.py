"""The policies in force for a request: documents read, put together by scope, ready to be run many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.source import Source
from certgate.core.value import field, frozen
from certgate.policy.compose import compose
from certgate.policy.declaration import Scope
from certgate.policy.named_values import NamedValues

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from certgate.core.finding import Finding
    from certgate.policy.compose import Effective
    from certgate.policy.document import Document
    from certgate.policy.named_values import NamedValue


@frozen
class Policy:
    """Read with :meth:`load` or :meth:`parse`; `documents` by scope, `fragments` by id."""

    documents: Mapping[str, Document]
    named_values: NamedValues = field(default_factory=NamedValues)
    fragments: Mapping[str, Document] = field(default_factory=dict)
    _effective: list[Effective] = field(default_factory=list, init=False, repr=False, compare=False)
    """What :attr:`effective` gives, once it has been asked for."""

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
        sources: Mapping[str, Source] | Source | bytes | str,
        *,
        named_values: Mapping[str, str | NamedValue] | NamedValues | None = None,
        fragments: Mapping[str, Source] | None = None,
        unrestricted: bool = False,
    ) -> Policy:
        """Read policies by scope, or the API's alone.

        Raises InputError with all problems of the first bad file, and UsageError ``scope-unknown``.
        """
        from certgate.gateway.context import environment
        from certgate.gateway.elements import VOCABULARY
        from certgate.policy.parse import parse

        values = named_values if isinstance(named_values, NamedValues) else NamedValues(named_values)
        allowed = environment(unrestricted)

        def read(source: Source, scope: str) -> Document:
            return parse(source, vocabulary=VOCABULARY, environment=allowed, named_values=values, scope=scope)

        pieces = {name: read(source, "") for name, source in (fragments or {}).items()}
        documents = {scope: read(source, scope) for scope, source in _by_scope(sources).items()}
        return cls(documents, values, pieces)

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


def _by_scope(sources: Mapping[str, Source] | Source | bytes | str) -> Mapping[str, Source]:
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
