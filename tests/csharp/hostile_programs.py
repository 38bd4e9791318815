"""Random programs that try to use up steps, memory or depth, and random texts that try to leave the simulated world.

The same seed gives the same program. Which of them compile is left to chance: most do.
"""

from __future__ import annotations

from random import Random

_SETUP = (
    'string s = "ab";',
    "var b = new StringBuilder(s);",
    "var l = new List<object> { s };",
    "int[] a = { 3, 1, 2 };",
    "IEnumerable<int> q = a;",
    "var d = new Dictionary<string, object>();",
    "var h = new HashSet<string>();",
    'JToken j = JArray.Parse("[1, {\\"x\\": 2}]");',
    'var x = new XElement("a", 1);',
    "object o = 1;",
    "Exception e = null;",
    "Func<int, int> f = n => n;",
    "int i = 0;",
)

_GROW = (
    "s += s;",
    's = string.Join(",", s, s, s);',
    's = s.Replace("a", s);',
    "s = s.Insert({small}, s);",
    "s = s.PadLeft(s.Length * {small} + {big});",
    's = $"{{s,{big}}}{{s}}";',
    's = string.Format("{{0,{small}}}{{0}}", s);',
    "s = string.Concat(Enumerable.Repeat(s, {big}));",
    's = Regex.Replace(s, "a|b", "$_");',
    's = Regex.Replace(s, "(a+)+b?", m => s);',
    "s = Convert.ToBase64String(Encoding.UTF8.GetBytes(s));",
    's = Uri.EscapeDataString(s + "%");',
    "s = new string(s.Reverse().ToArray());",
    "s = s.ToUpper() + s.Trim() + s.Substring(s.Length / 2);",
    "b.Append(s, 0, s.Length).Append(b.ToString());",
    "b.Insert(0, s, {small});",
    "b.Append('x', {big});",
    'b.Replace("a", s);',
    "b.Length += {big};",
    "l.Add(s.Split('a'));",
    "l.AddRange(l.ToArray());",
    "l.Add(new byte[{big}]);",
    "l.Add(Enumerable.Range(0, {big}).ToList());",
    "l.Insert(0, o);",
    "l.Sort((m, n) => {small} - 3);",
    "a = a.Concat(a).ToArray();",
    "a = a.OrderByDescending(n => n % {small}).ToArray();",
    "Array.Resize(ref a, a.Length * 2);",
    "Array.Sort(a);",
    "q = q.Concat(q);",
    "q = q.Select(n => n + {small}).Where(n => n != 7);",
    "q = q.SelectMany(n => new[] {{ n, n }});",
    "q = q.OrderBy(n => -n);",
    "q = q.Distinct().Append({small}).Reverse();",
    "i += q.Count();",
    "i += q.GroupBy(n => n % {small} ).Sum(g => g.Count());",
    "d[s + i++] = s;",
    "d[i.ToString()] = d.ToDictionary(n => n.Key, n => n.Value);",
    "h.UnionWith(d.Keys);",
    "h.Add(s + i++);",
    "j = new JArray(j, j);",
    'j = new JObject {{ ["x"] = j }};',
    "s = j.ToString();",
    "j = JToken.Parse(j.ToString());",
    'i += j.SelectTokens("$..*").Count();',
    "x.Add(x);",
    'x = new XElement("a", x, x);',
    "s = x.ToString();",
    "x = XElement.Parse(x.ToString());",
    "o = Tuple.Create(o, o);",
    "o = new {{ o, p = o }};",
    "o = new object[] {{ o, o, o }};",
    "s = o.ToString();",
    "i += o.Equals(o) ? 1 : 0;",
    "s = JsonConvert.SerializeObject(l);",
    "e = new Exception(s, e);",
    "e = new AggregateException(e ?? new Exception(), e ?? new Exception());",
    "s = e?.ToString() ?? s;",
    "try {{ throw e ?? new Exception(s); }} catch (Exception t) when (t.Message.Length < {big}) {{ e = t; }}",
    "{{ var g = f; f = n => g(n) + g(n + 1); }}",
    "i += f({small});",
    'i += Regex.IsMatch(s, "^(a|ab|b*)*$") ? 1 : 0;',
    'i += Regex.Matches(s, "(?=(a*))").Count;',
    "i = checked(i * 31 + {small}) % 1000;",
    "using (var t = SHA256.Create()) t.ComputeHash(new byte[{big}]);",
    's = i.ToString("D{big}");',
    's = (1.5 * i).ToString("F{big}");',
    "s = DateTime.MaxValue.ToString(new string('f', 7) + s);",
)

_LOOPS = (
    "while (true) {{ {body} }}",
    "for (;;) {{ {body} }}",
    "do {{ {body} }} while (i < int.MaxValue);",
    "foreach (var k in Enumerable.Range(0, int.MaxValue)) {{ {body} }}",
    "again{n}: {body} goto again{n};",
    "int R{n}(int k) {{ {body} return R{n}(k + 1) + R{n}(k + 2); }} R{n}(0);",
    "IEnumerable<int> Y{n}() {{ while (true) {{ {body} yield return i; }} }} l.AddRange(Y{n}().Cast<object>());",
    "Func<int, int> z{n} = null; z{n} = k => {{ {body} return z{n}(k + 1); }}; z{n}(0);",
    "while (true) {{ try {{ {body} }} catch (Exception) {{ }} finally {{ i++; }} }}",
    "while (true) {{ switch (i % 3) {{ case 0: {body} goto case 1; case 1: i++; break; default: i = 0; break; }} }}",
    "Enumerable.Range(0, int.MaxValue).Select(k => {{ {body} return k; }}).Count();",
)


def program(seed: int) -> str:
    """A block that grows something in a loop that does not end."""
    random = Random(seed)  # noqa: S311 - no secret
    statements = [_filled(random, random.choice(_GROW)) for _ in range(random.randint(1, 5))]
    for number in range(random.choice((1, 1, 1, 2))):
        statements = [random.choice(_LOOPS).format(body=" ".join(statements), n=number)]
    return f"@{{ {' '.join(_SETUP)} {' '.join(statements)} return s; }}"


def _filled(random: Random, text: str) -> str:
    big = random.choice((100, 10_000, 1_000_000, 100_000_000, 2_000_000_000))
    return text.format(small=random.randint(1, 9), big=big)


_ROOTS = (
    '""',
    "1",
    "context",
    "new object()",
    "typeof(string)",
    "new List<int>()",
    "(dynamic)1",
    'JToken.Parse("{}")',
    "string",
    "Type",
)
_PYTHON = (
    *("__class__", "__dict__", "__globals__", "__init__", "__mro__", "__subclasses__()", '__getattribute__("x")'),
    *("run", "call", "items", "net_type", "gi_frame", "f_globals", "to_text()", "key()", "start", "situation"),
)
_REFLECTION = (
    *("GetType()", "Assembly", "Module", 'GetMethod("x")', "GetMethods()", "Invoke(null, null)", "BaseType"),
    *('GetField("x")', 'GetProperty("x").GetValue("")', "MakeGenericType(typeof(int))", "Target", "Method"),
    *("GetConstructors()[0]", 'Load("x")', "GetTypes()", 'CreateInstance("x")', "ToString()", "Equals(null)"),
)


def reaching(seed: int) -> str:
    """An expression that tries members which lead out of what is simulated, one of Python's among them."""
    random = Random(seed)  # noqa: S311 - no secret
    steps = [random.choice(_REFLECTION) for _ in range(random.randint(0, 3))]
    steps.insert(random.randint(0, len(steps)), random.choice(_PYTHON))
    return f"@({'.'.join((random.choice(_ROOTS), *steps))})"
