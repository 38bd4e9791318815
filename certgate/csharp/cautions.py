"""What in an expression means something else, or nothing, on another gateway: newer .NET members, and local time.

The recorded answers are those of a new .NET. The managed gateway has been said to compile against the members of .NET
Framework (fact sheet 7.1), where a newer one does not exist. Knows which members are newer; whether an answer depends
on the gateway's time zone is found out by running it in others, so here is only which texts are worth that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp import bound, syntax

if TYPE_CHECKING:
    from certgate.csharp.members import Member


@frozen
class Caution:
    """A part of an expression that another gateway takes differently; `start` and `end` are offsets into its text."""

    member: str
    """``Type.Member``."""
    message: str
    start: int
    end: int


NEWER: dict[str, str] = {
    "System.String": "Contains(char) Contains(string,StringComparison) Contains(char,StringComparison) "
    "StartsWith(char) EndsWith(char) IndexOf(char,StringComparison) Replace(string,string,StringComparison) "
    "Split(char,StringSplitOptions) Split(char,int) Split(char,int,StringSplitOptions) Split(string) "
    "Split(string,StringSplitOptions) Split(string,int) Split(string,int,StringSplitOptions) "
    "Join(char,string[]) Join(char,object[]) Join(char,IEnumerable<T>) "
    "ReplaceLineEndings GetHashCode(StringComparison)",
    "System.Char": "IsAscii IsAsciiDigit IsAsciiHexDigit IsAsciiHexDigitLower IsAsciiHexDigitUpper IsAsciiLetter "
    "IsAsciiLetterLower IsAsciiLetterOrDigit IsAsciiLetterUpper IsBetween",
    "System.Convert": "FromHexString ToHexString ToHexStringLower",
    "System.Math": "Clamp Cbrt Log2 BitDecrement BitIncrement CopySign FusedMultiplyAdd ILogB ScaleB MaxMagnitude "
    "MinMagnitude Acosh Asinh Atanh",
    "System.DateTime": "UnixEpoch Microsecond Nanosecond AddMicroseconds",
    "System.DateTimeOffset": "UnixEpoch Microsecond Nanosecond AddMicroseconds",
    "System.TimeSpan": "Divide Multiply FromMicroseconds Microseconds Nanoseconds TotalMicroseconds TotalNanoseconds",
    "System.Guid": "CreateVersion7 AllBitsSet Variant Version",
    "System.Array": "Fill",
    "System.Enum": "GetNames() GetValues() IsDefined(TEnum) Parse(string) Parse(string,bool)",
    "System.Text.Encoding": "Latin1",
    "System.Text.StringBuilder": "AppendJoin",
    "System.Linq.Enumerable": "AggregateBy Chunk CountBy DistinctBy ExceptBy Index IntersectBy LeftJoin MaxBy MinBy "
    "Order OrderDescending RightJoin SkipLast TakeLast TryGetNonEnumeratedCount UnionBy "
    "FirstOrDefault(IEnumerable<TSource>,TSource) LastOrDefault(IEnumerable<TSource>,TSource) "
    "SingleOrDefault(IEnumerable<TSource>,TSource)",
    "System.Collections.Generic.Dictionary": "EnsureCapacity TrimExcess TryAdd Remove(TKey,TValue)",
    "System.Collections.Generic.HashSet": "EnsureCapacity TryGetValue",
    "System.Collections.Generic.Queue": "TryDequeue TryPeek EnsureCapacity",
    "System.Collections.Generic.Stack": "TryPop TryPeek EnsureCapacity",
    "System.Security.Cryptography.HashAlgorithm": "HashData",
    "System.Security.Cryptography.MD5": "HashData",
    "System.Security.Cryptography.SHA1": "HashData",
    "System.Security.Cryptography.SHA256": "HashData",
    "System.Security.Cryptography.SHA384": "HashData",
    "System.Security.Cryptography.SHA512": "HashData",
    "System.Security.Cryptography.HMACMD5": "HashData",
    "System.Security.Cryptography.HMACSHA1": "HashData",
    "System.Security.Cryptography.HMACSHA256": "HashData",
    "System.Security.Cryptography.HMACSHA384": "HashData",
    "System.Security.Cryptography.HMACSHA512": "HashData",
    "System.Security.Cryptography.SymmetricAlgorithm": "DecryptCbc DecryptEcb EncryptCbc EncryptEcb",
    "System.Security.Cryptography.X509Certificates.X509Certificate2": "CreateFromPem ExportCertificatePem "
    "MatchesHostname RawDataMemory",
    "System.Text.RegularExpressions.Regex": "Count EnumerateMatches",
    "System.Net.IPAddress": "IsIPv6UniqueLocal",
}
"""Type -> its members that .NET Framework 4.8 lacks: a name alone means all overloads, else those with the parameters
of the arguments that are written."""

_BY_TYPE = {owner: frozenset(row.split()) for owner, row in NEWER.items()}
_SIMPLE = re.compile("|".join(sorted({name.partition("(")[0] for names in _BY_TYPE.values() for name in names})))

_LOCAL_TIME = re.compile(
    r"\.\s*(?:Now|Today|Local|LocalDateTime|ToLocalTime|ToUniversalTime|NotBefore|NotAfter|GetEffectiveDateString|"
    r"GetExpirationDateString|ToDateTime|ToFileTime|FromFileTime|GetUtcOffset|IsDaylightSavingTime|CurrentTimeZone|"
    r"DateTime)\b|\b(?:DateTime|DateTimeOffset|J[A-Z]\w*)\s*\.\s*(?:Try)?Parse|[(<]\s*DateTime(?:Offset)?\b"
)


def may_use_local_time(text: str) -> bool:
    """Whether the value of an expression could depend on the time zone of the gateway."""
    return _LOCAL_TIME.search(text) is not None


def newer_members(function: bound.Function, text: str) -> tuple[Caution, ...]:
    """The members in a bound expression that .NET Framework has not got, in the order of the text."""
    if _SIMPLE.search(text) is None or not isinstance(function.body, bound.Bound):
        return ()
    found: dict[tuple[int, str], Caution] = {}
    met: set[bound.Bound] = set()
    waiting: list[bound.Bound] = [function.body]
    while waiting:
        node = waiting.pop()
        if node in met:
            continue
        met.add(node)
        waiting += bound.children(node)
        if isinstance(node, bound.Call | bound.Property) and _is_newer(node):
            caution = _caution(node.member, node)
            found[caution.start, caution.message] = caution
    return tuple(found[key] for key in sorted(found))


def _is_newer(node: bound.Call | bound.Property) -> bool:
    member = node.member
    written = node.syntax.arguments if isinstance(node.syntax, syntax.Invocation) else ()
    return is_newer(member, len(written) + (isinstance(node, bound.Call) and member.owner.extensions))


def is_newer(member: Member, count: int) -> bool:
    """Does .NET Framework lack this member as it is called with so many arguments?"""
    names = _BY_TYPE.get(member.owner.full_name)
    if names is None:
        return False
    if member.name in names:
        return True
    # What is left out has a default here, and is another overload there: Split(',') is Split(params char[]).
    parameters = ",".join(parameter.type.display for parameter in member.signature.parameters[:count])
    return f"{member.name}({parameters})" in names


def _caution(member: Member, node: bound.Expression) -> Caution:
    name = f"{member.owner.name}.{member.name}"
    message = (
        f"'{name}', as it is used here, is not in .NET Framework: a gateway that compiles against that does not save "
        "this expression"
    )
    return Caution(name, message, node.syntax.start, node.syntax.end)
