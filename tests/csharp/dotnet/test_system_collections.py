"""Lists, dictionaries and sets beyond the everyday ones: order, views, enumerators, capacity, read-only wrappers."""

from __future__ import annotations

import pytest

from certgate.csharp.runtime import UnsupportedReached
from tests.csharp.dotnet.evaluation import run
from tests.csharp.dotnet.programs import block, block_throws


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            'string.Join(",", new SortedDictionary<string, int>(StringComparer.Ordinal) { ["b"] = 1, ["C"] = 3 })',
            "[C, 3],[b, 1]",
        ),
        ('string.Join(",", new SortedSet<int> { 3, 1, 2, 3 })', "1,2,3"),
        ('string.Join(",", new SortedSet<int> { 1, 2, 3, 4 }.GetViewBetween(2, 3).Reverse())', "3,2"),
        ('new SortedSet<string> { "b", "a" }.Min', "a"),
        (
            "new System.Collections.ObjectModel.ReadOnlyDictionary<string, int>(new "
            'Dictionary<string, int> { ["a"] = 1 })["a"]',
            1,
        ),
        ("new List<int> { 1, 2 }.AsReadOnly()[1]", 2),
        ('new Dictionary<string, int> { ["a"] = 1 }.GetValueOrDefault("b", 7)', 7),
        ('EqualityComparer<string>.Default.Equals("a", "a")', True),
        ("Comparer<int>.Default.Compare(1, 2)", -1),
        ('string.Join(",", new[] { 3, 1, 2 }.OrderBy(x => x, Comparer<int>.Create((a, b) => b - a)))', "3,2,1"),
        ("new System.Collections.Hashtable().Count", 0),
        ("((ICollection<int>)new int[1]).IsReadOnly", True),
        ("((System.Collections.IList)new int[1]).IsReadOnly", False),
        ("new List<int> { 1, 2, 3, 2 }.LastIndexOf(2)", 3),
        ("new List<int> { 1, 2, 3, 2 }.FindIndex(2, x => x == 2)", 3),
        ("new List<int> { 1, 2, 3 }.IndexOf(3, 1, 1)", -1),
        ('string.Join(",", new Stack<int>(new[] { 1, 2, 3 }))', "3,2,1"),
    ],
)
def test_values(text: str, value: object) -> None:
    """Single expressions."""
    assert run(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            'var d = new SortedList<string, int> { { "b", 2 }, { "a", 1 } }; return d.Keys[0] + '
            'd.Values[1] + d.IndexOfKey("b");',
            "a21",
        ),
        (
            'var l = new LinkedList<string>(new[] { "a", "c" }); l.AddAfter(l.First, "b"); '
            'l.RemoveLast(); return string.Join("", l);',
            "ab",
        ),
        (
            "var d = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(); "
            'd.AddOrUpdate("a", 5, (k, v) => v + 1); d.AddOrUpdate("a", 5, (k, v) => v + 1); '
            'return d["a"] + d.GetOrAdd("b", k => k.Length);',
            7,
        ),
        (
            'var h = new System.Collections.Hashtable(); h[1] = "a"; h[2] = "b"; h[3] = "c"; var s = ""; '
            "foreach (System.Collections.DictionaryEntry d in h) s += d.Key; return s;",
            "321",
        ),
        ("var l = new List<int>(10); l.AddRange(new int[11]); return l.Capacity;", 20),
        ("var l = new List<int>(); for (var i = 0; i < 5; i++) l.Add(i); return l.Capacity;", 8),
        (
            'var h = new HashSet<int> { 1, 2, 3 }; h.SymmetricExceptWith(new[] { 1, 4 }); return string.Join(",", h);',
            "2,3,4",
        ),
        ("ISet<int> s = new HashSet<int> { 1 }; s.UnionWith(new[] { 3 }); return s.IsSupersetOf(new[] { 3 });", True),
        (
            "var e = new List<int> { 7 }.GetEnumerator(); var before = e.Current; e.MoveNext(); "
            "return before * 10 + e.Current;",
            7,
        ),
        (
            'var d = new Dictionary<string, int> { ["a"] = 1 }; var e = d.GetEnumerator(); '
            "e.MoveNext(); return e.Current.Key;",
            "a",
        ),
        (
            "var e = ((IEnumerable<int>)new List<int> { 1 }).GetEnumerator(); e.MoveNext(); "
            "e.Reset(); return e.MoveNext();",
            True,
        ),
        ("var q = new Queue<int>(new[] { 1, 2 }); q.Dequeue(); var a = new int[3]; q.CopyTo(a, 1); return a[1];", 2),
        (
            'var q = new PriorityQueue<string, int>(); foreach (var s in "abcdefgh") q.Enqueue(s.ToString(), 1); '
            'var r = ""; while (q.Count > 0) r += q.Dequeue(); return r;',
            "ahgfedcb",
        ),
        (
            'var l = new System.Collections.ArrayList { 3, 1 }; l.Sort(); l.Add("x"); return '
            'l[0] + "" + l[2] + l.Count;',
            "1x3",
        ),
        ("foreach (int x in new System.Collections.ArrayList { 3 }) return x; return 0;", 3),
    ],
)
def test_programs(text: str, value: object) -> None:
    """Collections that are changed and enumerated."""
    assert block(text) == value


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "((IDictionary<string, int>)new System.Collections.ObjectModel.ReadOnlyDictionary<string, int>("
            'new Dictionary<string, int>()))["a"] = 1; return 1;',
            ("System.NotSupportedException", "Collection is read-only."),
        ),
        (
            '((ICollection<string>)new Dictionary<string, int>().Keys).Add("x"); return 1;',
            (
                "System.NotSupportedException",
                "Mutating a key collection derived from a dictionary is not allowed.",
            ),
        ),
        (
            'return ((System.Collections.IList)new List<int>()).Add("x");',
            (
                "System.ArgumentException",
                'The value "x" is not of type "System.Int32" and cannot be used in this generic collection. '
                "(Parameter 'value')",
            ),
        ),
        (
            "var e = ((IEnumerable<int>)new[] { 1 }).GetEnumerator(); return e.Current;",
            ("System.InvalidOperationException", "Enumeration has not started. Call MoveNext."),
        ),
        (
            "var e = new[] { 1 }.Select(x => x).GetEnumerator(); e.Reset(); return 1;",
            ("System.NotSupportedException", "Specified method is not supported."),
        ),
        (
            'return new SortedDictionary<string, int> { { "a", 1 }, { "a", 2 } };',
            ("System.ArgumentException", "An item with the same key has already been added. Key: a"),
        ),
        (
            "new LinkedList<int>().RemoveFirst(); return 1;",
            ("System.InvalidOperationException", "The LinkedList is empty."),
        ),
    ],
)
def test_errors(text: str, error: tuple[str, str]) -> None:
    """Exceptions carry .NET's texts."""
    assert block_throws(text) == error


@pytest.mark.parametrize(
    "text",
    [
        'var h = new System.Collections.Hashtable(); h["a"] = 1; h["b"] = 2; foreach (var e in h) return e; return 0;',
        "var d = new System.Collections.Concurrent.ConcurrentDictionary<int, int>(); d[1] = 1; "
        "d[2] = 2; return d.First();",
    ],
)
def test_order_that_nobody_knows(text: str) -> None:
    """Tables ordered by hash codes that differ in each process are not enumerated."""
    with pytest.raises(UnsupportedReached):
        block(text)


def test_sort_is_not_stable() -> None:
    """More than sixteen elements are partitioned, which moves equal ones."""
    found = block('var l = Enumerable.Range(0, 20).ToList(); l.Sort((a, b) => 0); return string.Join(",", l);')
    assert found == "0,17,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,18,19"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('var a = new[] { 3, 1, 2 }; Array.Sort(a, 0, 2); return string.Join(",", a);', "1,3,2"),
        ('var k = new[] { "b", "a" }; var v = new[] { 1, 2 }; Array.Sort(k, v); return v[0];', 2),
        ("return Array.BinarySearch(new[] { 1, 3, 5 }, 4);", -3),
        ("return Array.LastIndexOf(new[] { 1, 2, 1 }, 1, 1);", 0),
        ("Array a = Array.CreateInstance(typeof(int), 3); a.SetValue(5, 1); return a.GetValue(1);", 5),
        ("var a = new int[2, 2]; a.SetValue(7, 1, 0); return a[1, 0];", 7),
        ("var a = new long[3]; Array.Copy(new[] { 1, 2, 3 }, a, 3); return (int)a[2];", 3),
        ('var a = new int[4]; Array.Fill(a, 7, 1, 2); return string.Join("", a);', "0770"),
        (
            "var b = new byte[6]; Buffer.BlockCopy(new byte[] { 1, 2, 3, 4 }, 1, b, 2, 3); "
            "return BitConverter.ToString(b);",
            "00-00-02-03-04-00",
        ),
    ],
)
def test_arrays(text: str, value: object) -> None:
    """Static members of Array and Buffer."""
    assert block(text) == value


def test_array_copy_errors() -> None:
    """What does not convert, and where nothing is."""
    assert block_throws('Array.Copy(new object[] { 1, "x" }, new int[2], 2); return 1;') == (
        "System.InvalidCastException",
        "At least one element in the source array could not be cast down to the destination array type.",
    )
    assert block_throws("Array.Copy(new int[1], -1, new int[1], 0, 1); return 1;") == (
        "System.ArgumentOutOfRangeException",
        "sourceIndex ('-1') must be greater than or equal to '0'. (Parameter 'sourceIndex')\nActual value was -1.",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('new[] { "a", "bb", "cc" }.CountBy(s => s.Length)', "[1, 1],[2, 2]"),
        ("new[] { 1, 2, 3, 4 }.AggregateBy(n => n % 2, 0, (a, n) => a + n)", "[1, 4],[0, 6]"),
        ('new[] { "x", "y" }.Index()', "(0, x),(1, y)"),
        ("new[] { 1, 2, 3 }.ExceptBy(new[] { 2 }, n => n)", "1,3"),
        ("new[] { 1, 2, 3 }.IntersectBy(new[] { 4, 6 }, n => n * 2)", "2,3"),
        ("new[] { 1, 2 }.UnionBy(new[] { 12, 3 }, n => n % 10)", "1,2,3"),
        ('new[] { 1, 2 }.LeftJoin(new[] { 2, 3 }, a => a, b => b, (a, b) => a + ":" + b)', "1:0,2:2"),
        ('new[] { 1, 2 }.RightJoin(new[] { 2, 3 }, a => a, b => b, (a, b) => a + ":" + b)', "2:2,0:3"),
        ('new[] { 1, 2 }.Zip(new[] { "a", "b" }, new[] { true, false })', "(1, a, True),(2, b, False)"),
        ('new[] { "b", "A", "a" }.Order(StringComparer.Ordinal)', "A,a,b"),
        ('new[] { "a", "b" }.GroupBy(s => s, (k, g) => k + g.Count(), StringComparer.Ordinal)', "a1,b1"),
    ],
)
def test_linq(text: str, value: str) -> None:
    """The methods of newer versions."""
    assert run(f'string.Join(",", {text})') == value
