"""Types, hash codes, enums, tuples, versions and the static members of numbers."""

from __future__ import annotations

import pytest

from certgate.csharp.runtime import UnsupportedReached
from tests.csharp.dotnet.evaluation import run, thrown
from tests.csharp.dotnet.programs import block

_CORE = "System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("typeof(int).FullName", "System.Int32"),
        ("typeof(List<int>).FullName", f"System.Collections.Generic.List`1[[System.Int32, {_CORE}]]"),
        ("new Dictionary<string, int>().GetType().Name", "Dictionary`2"),
        ("typeof(FormatException).BaseType.FullName", "System.SystemException"),
        ("typeof(IEnumerable<int>).IsAssignableFrom(typeof(List<int>))", True),
        ("typeof(FormatException).IsSubclassOf(typeof(Exception))", True),
        ("typeof(int[]).GetElementType().Name", "Int32"),
        ('"a".GetType() == typeof(string)', True),
        ("Nullable.GetUnderlyingType(typeof(int?)).Name", "Int32"),
        ("Nullable.Compare<int>(1, null)", 1),
    ],
)
def test_types(text: str, value: object) -> None:
    """What System.Type can be asked."""
    assert run(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5.GetHashCode()", 5),
        ("uint.MaxValue.GetHashCode()", -1),
        ("(-5L).GetHashCode()", 4),
        ("1.5.GetHashCode()", 1073217536),
        ("(-1.5f).GetHashCode()", -1077936128),
        ("0.0.GetHashCode() == (-0.0).GetHashCode()", True),
        ("1.50m.GetHashCode() == 1.5m.GetHashCode()", True),
        ("'a'.GetHashCode()", 6357089),
        ("true.GetHashCode()", 1),
        ("DayOfWeek.Friday.GetHashCode()", 5),
        ("((int?)null).GetHashCode()", 0),
        ("Tuple.Create(1, 2).GetHashCode()", 35),
        ("new Version(1, 2, 3, 4).GetHashCode()", 270544900),
    ],
)
def test_hash_codes(text: str, value: object) -> None:
    """Those that follow from the value."""
    assert run(text) == value


@pytest.mark.parametrize("text", ['"a".GetHashCode()', "new object().GetHashCode()", 'Tuple.Create("a").GetHashCode()'])
def test_random_hash_codes(text: str) -> None:
    """Those that differ in each process."""
    with pytest.raises(UnsupportedReached):
        run(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('string.Join(",", Enum.GetValues<DateTimeKind>())', "Unspecified,Utc,Local"),
        ("Enum.GetName(typeof(DayOfWeek), 1)", "Monday"),
        ('Enum.IsDefined(typeof(DayOfWeek), "Monday")', True),
        ("Enum.IsDefined(typeof(DayOfWeek), 9)", False),
        ("Enum.GetUnderlyingType(typeof(DayOfWeek)).Name", "Int32"),
        ("Enum.ToObject(typeof(DayOfWeek), 3L).ToString()", "Wednesday"),
        ('Enum.Format(typeof(DayOfWeek), 3, "X")', "00000003"),
        ('((DayOfWeek)9).ToString("F")', "9"),
        ("(RegexOptions.IgnoreCase | RegexOptions.Multiline).ToString()", "IgnoreCase, Multiline"),
        ("DayOfWeek.Friday.GetTypeCode().ToString()", "Int32"),
        ("Tuple.Create(1, 2, 3, 4, 5, 6, 7, 8).ToString()", "(1, 2, 3, 4, 5, 6, 7, 8)"),
        ("Tuple.Create(1, 2, 3, 4, 5, 6, 7, 8).Rest.Item1", 8),
        ('ValueTuple.Create(1, "a").Item2', "a"),
        ('Version.Parse("1.2.3.4").Major + Version.Parse("1.2").Build', 0),
        ("new Version(1, 2, 3).ToString(2)", "1.2"),
        ('new Version("1.2") < new Version(1, 10)', True),
        ("new Lazy<int>(() => 5).ToString()", "Value is not created."),
        ('Convert.ChangeType("5", typeof(int))', 5),
        ("Convert.IsDBNull(DBNull.Value)", True),
        ('((IFormattable)1.5).ToString("F2", null)', "1.50"),
        ("new StringBuilder().AppendLine(new string('x', 40)).Capacity", 80),
        ('new StringBuilder("a", 100).Equals(new StringBuilder("a"))', True),
    ],
)
def test_values(text: str, value: object) -> None:
    """Enums, tuples, versions and other small types."""
    assert run(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("int.Max(3, 5) + int.Clamp(7, 1, 4) + int.Abs(-2) + int.Sign(-9)", 10),
        ("int.PopCount(255) + int.LeadingZeroCount(1) + int.TrailingZeroCount(8) + int.Log2(1024)", 52),
        ("int.DivRem(7, -2).ToString()", "(-3, 1)"),
        ("int.RotateRight(1, 1)", -(2**31)),
        ("(int)byte.CreateSaturating(300) * 1000 + byte.CreateTruncating(300)", 255044),
        ("double.IsEvenInteger(4.0) && decimal.IsInteger(1.0m) && double.IsPow2(8)", True),
        ("Math.MaxMagnitude(-3, 2)", -3.0),
        ("Math.BitIncrement(1.0)", 1.0000000000000002),
        ("Math.FusedMultiplyAdd(2, 3, 4)", 10.0),
        ("Math.ScaleB(1.5, 3) + Math.ILogB(1024.5)", 22.0),
        ("Math.BigMul(uint.MaxValue, uint.MaxValue).ToString()", "18446744065119617025"),
        ("MathF.Sqrt(2f).ToString()", "1.4142135"),
        ("1.230m.Scale.ToString() + decimal.ToOACurrency(1.5m)", "315000"),
    ],
)
def test_numbers(text: str, value: object) -> None:
    """Members that came with generic maths."""
    assert run(text) == value


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            'Version.Parse("1")',
            ("System.ArgumentException", "Version string portion was too short or too long. (Parameter 'input')"),
        ),
        ('Version.Parse("1.a")', ("System.FormatException", "The input string '1.a' was not in a correct format.")),
        (
            "new Version(1, 2, 3).ToString(4)",
            ("System.ArgumentException", "Argument must be between 0 and 3. (Parameter 'fieldCount')"),
        ),
        ("byte.CreateChecked(300)", ("System.OverflowException", "Arithmetic operation resulted in an overflow.")),
        (
            "DayOfWeek.Friday.CompareTo(3)",
            (
                "System.ArgumentException",
                "Object must be the same type as the enum. The type passed in was 'System.Int32'; the enum type was "
                "'System.DayOfWeek'.",
            ),
        ),
        (
            'Enum.Parse(typeof(int), "1")',
            ("System.ArgumentException", "Type provided must be an Enum. (Parameter 'enumType')"),
        ),
        (
            'Convert.ChangeType("x", typeof(Guid))',
            ("System.InvalidCastException", "Invalid cast from 'System.String' to 'System.Guid'."),
        ),
    ],
)
def test_errors(text: str, error: tuple[str, str]) -> None:
    """Exceptions carry .NET's texts."""
    assert thrown(text) == error


def test_lazy_runs_once() -> None:
    """The factory of a Lazy runs when the value is first asked for."""
    assert block("var n = 0; var l = new Lazy<int>(() => ++n); var a = l.Value + l.Value; return a * 10 + n;") == 21
