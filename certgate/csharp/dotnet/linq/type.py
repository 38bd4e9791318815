"""``System.Linq.Enumerable`` itself, and what its methods share.

Every method takes its source lazily: nothing is enumerated before somebody asks for an element, and a null source is
noticed at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.conversions import derives_from
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import NetSequence, iterate, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.types import NetType

Types = tuple["NetType", ...]

SEQ = "System.Collections.Generic.IEnumerable"

ENUMERABLE = define(
    "System.Linq.Enumerable",
    kind="static",
    allowed=True,
    extensions=True,
    known="Aggregate AggregateBy All Any Append AsEnumerable Average Cast Chunk Concat Contains "
    "Count CountBy DefaultIfEmpty "
    "Distinct DistinctBy ElementAt ElementAtOrDefault Empty Except ExceptBy First FirstOrDefault "
    "GroupBy GroupJoin Index "
    "InfiniteSequence Intersect IntersectBy Join Last LastOrDefault LeftJoin LongCount Max MaxBy Min "
    "MinBy OfType Order OrderBy "
    "OrderByDescending OrderDescending Prepend Range Repeat Reverse RightJoin Select SelectMany "
    "Sequence SequenceEqual Shuffle "
    "Single SingleOrDefault Skip SkipLast SkipWhile Sum Take TakeLast TakeWhile ThenBy "
    "ThenByDescending ToArray ToDictionary "
    "ToHashSet ToList ToLookup TryGetNonEnumeratedCount Union UnionBy Where Zip",
)


def source_of(source: Any, name: str = "source") -> Any:
    """The source. ArgumentNullException."""
    if source is None:
        raise faults.argument_null(name)
    return source


def function(delegate: Any, name: str) -> Callable[..., Any]:
    """A delegate that charges each of its calls. ArgumentNullException."""
    if delegate is None:
        raise faults.argument_null(name)

    def run(*arguments: Any) -> Any:
        charge_steps(1)
        return delegate(*arguments)

    return run


def walk(source: Any) -> Iterator[Any]:
    """The elements, each charged."""
    for item in iterate(source):
        charge_steps(1)
        yield item


def is_instance(item: Any, kind: NetType) -> bool:
    """Whether a value that is not null is of a type, as ``is`` has it."""
    return derives_from(type_of(item), types.nullable_inner(kind) or kind)


def lazy(element_type: NetType, start: Callable[[], Iterator[Any]]) -> NetSequence:
    return NetSequence(element_type, start)
