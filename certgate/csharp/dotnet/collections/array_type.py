"""``System.Array`` itself, and what its modules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.list_access import given
from certgate.csharp.runtime import charge_steps
from certgate.csharp.types import define

if TYPE_CHECKING:
    from certgate.csharp.values import NetArray

ARRAY = define(
    "System.Array",
    bases=("ICloneable", "System.Collections.IList"),
    allowed=True,
    known="AsReadOnly BinarySearch Clear Clone ConstrainedCopy ConvertAll Copy CopyTo CreateInstance "
    "CreateInstanceFromArrayType "
    "Empty Equals Exists Fill Find FindAll FindIndex FindLast FindLastIndex ForEach GetEnumerator "
    "GetHashCode GetLength "
    "GetLongLength GetLowerBound GetType GetUpperBound GetValue IndexOf Initialize IsFixedSize "
    "IsReadOnly IsSynchronized "
    "LastIndexOf Length LongLength MaxLength Rank ReferenceEquals Resize Reverse SetValue Sort "
    "SyncRoot ToString TrueForAll",
)
TOO_SHORT = "Destination array was not long enough. Check the destination index, length, and the array's lower bounds."


def items_of(source: NetArray | None, parameter: str = "array") -> list[Any]:
    """The elements, as C# values. ArgumentNullException."""
    found = given(source, parameter)
    charge_steps(len(found) >> 3)
    return list(found)
