"""The types of ``System.Text.RegularExpressions``: their names, bases, and the names of their members."""

from __future__ import annotations

from certgate.csharp import types
from certgate.csharp.dotnet.regex.values import (
    Captured,
    CaptureValue,
    Groups,
    GroupValue,
    Matches,
    MatchValue,
    RegexValue,
)
from certgate.csharp.types import define, define_enum

_SPACE = "System.Text.RegularExpressions"
_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
_COLLECTION = f"CopyTo Count GetEnumerator IsReadOnly IsSynchronized Item SyncRoot {_OBJECT}"

OPTIONS = define_enum(
    f"{_SPACE}.RegexOptions",
    {
        "None": 0,
        "IgnoreCase": 1,
        "Multiline": 2,
        "ExplicitCapture": 4,
        "Compiled": 8,
        "Singleline": 16,
        "IgnorePatternWhitespace": 32,
        "RightToLeft": 64,
        "ECMAScript": 256,
        "CultureInvariant": 512,
        "NonBacktracking": 1024,
    },
    allowed=True,
    flags=True,
)
REGEX = define(
    f"{_SPACE}.Regex",
    allowed=".ctor IsMatch Match Matches Replace Split Unescape",
    python=RegexValue,
    known="CacheSize CompileToAssembly Count EnumerateMatches EnumerateSplits Escape GetGroupNames GetGroupNumbers "
    "GroupNameFromNumber GroupNumberFromName InfiniteMatchTimeout IsMatch Match MatchTimeout Matches Options Replace "
    f"RightToLeft Split Unescape {_OBJECT}",
)
CAPTURE = define(
    f"{_SPACE}.Capture",
    allowed="Index Length Value",
    python=CaptureValue,
    known=f"Index Length Value ValueSpan {_OBJECT}",
)
GROUP = define(
    f"{_SPACE}.Group",
    allowed="Captures Success",
    bases=(f"{_SPACE}.Capture",),
    python=GroupValue,
    known=f"Captures Index Length Name Success Synchronized Value ValueSpan {_OBJECT}",
)
MATCH = define(
    f"{_SPACE}.Match",
    allowed="Empty Groups Result",
    bases=(f"{_SPACE}.Group",),
    python=MatchValue,
    known="Captures Empty Groups Index Length Name NextMatch Result Success Synchronized Value ValueSpan " + _OBJECT,
)
EVALUATOR = define(f"{_SPACE}.MatchEvaluator", kind="delegate", allowed=True, invoke="string (Match match)")
PARSE_ERROR = define_enum(
    f"{_SPACE}.RegexParseError",
    {
        name: number
        for number, name in enumerate(
            """Unknown AlternationHasTooManyConditions AlternationHasMalformedCondition InvalidUnicodePropertyEscape
            MalformedUnicodePropertyEscape UnrecognizedEscape UnrecognizedControlCharacter MissingControlCharacter
            InsufficientOrInvalidHexDigits QuantifierOrCaptureGroupOutOfRange UndefinedNamedReference
            UndefinedNumberedReference MalformedNamedReference UnescapedEndingBackslash UnterminatedComment
            InvalidGroupingConstruct AlternationHasNamedCapture AlternationHasComment AlternationHasMalformedReference
            AlternationHasUndefinedReference CaptureGroupNameInvalid CaptureGroupOfZero UnterminatedBracket
            ExclusionGroupNotLast ReversedCharacterRange ShorthandClassInCharacterRange InsufficientClosingParentheses
            ReversedQuantifierRange NestedQuantifiersNotParenthesized QuantifierAfterNothing
            InsufficientOpeningParentheses""".split()  # noqa: SIM905
        )
    },
)
PARSE_EXCEPTION = define(f"{_SPACE}.RegexParseException", bases=("System.ArgumentException",), known="Error Offset")
TIMEOUT_EXCEPTION = define(
    f"{_SPACE}.RegexMatchTimeoutException", bases=("System.TimeoutException",), known="Input MatchTimeout Pattern"
)
for _type, _name in (("RegexParseError", "Error"), ("int", "Offset")):
    PARSE_EXCEPTION.property(f"{_type} {_name}")(lambda self, name=_name: self.data[name])
for _type, _name in (("string", "Input"), ("string", "Pattern"), ("TimeSpan", "MatchTimeout")):
    TIMEOUT_EXCEPTION.property(f"{_type} {_name}")(lambda self, name=_name: self.data.get(name))


def _collection(name: str, item: str, python: type, allowed: str | bool, more: str = "") -> types.TypeDefinition:
    generic = "System.Collections.Generic"
    bases: tuple[str, ...] = (
        f"{generic}.IList<{item}>",
        f"{generic}.IReadOnlyList<{item}>",
        "System.Collections.IList",
    )
    if item == "Group":
        bases += (f"{generic}.IReadOnlyDictionary<string, Group>",)
    return define(f"{_SPACE}.{name}", allowed=allowed, bases=bases, python=python, known=f"{_COLLECTION} {more}")


GROUPS = _collection("GroupCollection", "Group", Groups, "Count Item", "ContainsKey Keys TryGetValue Values")
CAPTURES = _collection("CaptureCollection", "Capture", Captured, "Count Item")
MATCHES = _collection("MatchCollection", "Match", Matches, True)
