"""Bodies made by Liquid templates: what a template sees, DotLiquid's ways, and what nobody knows."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest

from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from tests.gateway.gateway_runs import ask

JSON = (
    '{"a": {"b": 1, "n": "x", "l": [1, 2, 3], "o": [{"p": "q"}, {"p": "r"}], "t": true,'
    ' "d": "2020-01-02T03:04:05Z", "f": 1.5, "z": null}}'
)
XML = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body><AddResponse><AddResult>7</AddResult>
    <N xsi:nil="true"/><L><i><ID>1</ID></i><i><ID>2</ID></i></L></AddResponse></s:Body></s:Envelope>"""


def outcome(
    template: str, body: str = JSON, kind: str = "application/json", attributes: str = "", **put: Any
) -> Outcome:
    made = f'<set-body template="liquid" {attributes}>{escape(template, quote=False)}</set-body>'
    before, after = put.pop("before", ""), put.pop("after", "")
    request = Request("POST", "https://api.example/x?q=1", {"Content-Type": kind, "X-A": "v"}, body, None)
    return ask(
        f"<policies><inbound>{before}{made}{after}</inbound><backend><forward-request /></backend>"
        "<outbound /><on-error /></policies>",
        request=request,
        **put,
    )


def body(template: str, *given: str, **put: Any) -> str:
    found = outcome(template, *given, **put)
    assert found.backend is not None, found.open
    return str(found.backend.body)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{body.a.b}} {{body.a.t}} {{body.a.f}} [{{body.a.z}}]", "1 true 1.5 []"),
        ("{{body.missing}}|{{nothing}}", "|"),
        ("{% for i in body.a.l %}{{i}},{% endfor %}", "1,2,3,"),
        ('[{% JSONArrayFor x in body.a.o %}"{{x.p}}"{% endJSONArrayFor %}]', '["q","r"]'),
        ("{%- assign q = body.a.l -%} {{q | Join: '-'}} {{q.size}} {{q.first}} {{q[1]}}", "1-2-3 3 1 2"),
        ("{% if body.a.b == 1 %}one{% else %}other{% endif %}", "one"),
        ("{% if body.a.z == nil %}none{% endif %}{% unless body.a.t %}no{% endunless %}", "none"),
        ("{% case body.a.n %}{% when 'x' %}X{% else %}E{% endcase %}", "X"),
        ("{% for i in (1..3) reversed %}{{i}}{% endfor %}{% cycle 'a', 'b' %}", "321a"),
        ("{% raw %}{{body.a.b}}{% endraw %}{% comment %}gone{% endcomment %}", "{{body.a.b}}"),
        ("{% capture c %}<{{body.a.n}}>{% endcapture %}{{c}}", "<x>"),
    ],
)
def test_templates(template: str, expected: str) -> None:
    """Values, loops, branches and the gateway's own loop over JSON arrays."""
    assert body(template) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{body.a.n | Upcase | Append: '!'}}", "X!"),
        ("{{ 7 | DividedBy: 2 }} {{ 7.0 | DividedBy: 2 }}", "3 3.5"),
        ("{{ '5' | Plus: 1 }} {{ 5 | Times: 3 }} {{ -7 | Modulo: 3 }}", "51 15 -1"),
        ("{{ 'a b' | Capitalize }}", "A B"),
        ("{{ 'a.b' | Replace: '.', '-' }}", "---"),
        ("{{ '<b>x</b>' | StripHtml }}{{ '<&>' | Escape }}", "x&lt;&amp;&gt;"),
        ('{{body.a.d | Date: "yyyyMMddTHH:mm:ssZ"}}', "20200102T03:04:05Z"),
        ("{{ 12.345 | Round: 2 }} {{ body.a.l | Size }}", "12.34 3"),
    ],
)
def test_filters(template: str, expected: str) -> None:
    """Filters have C# names and C#'s arithmetic; Replace takes a pattern."""
    assert body(template) == expected


def test_a_filter_in_rubys_spelling_is_passed_over() -> None:
    """A filter that is not in C# case does nothing, which is assumed."""
    found = outcome("{{body.a.n | upcase}}")
    assert found.backend and found.backend.body == "x"
    assert "liquid-filter-spelling" in {each.id for each in found.assumptions}


def test_dates() -> None:
    """A text that looks like a date is one, but with parse-date false."""
    assert body("{{body.a.d}}") == "01/02/2020 03:04:05"
    assert body("{{body.a.d}}", attributes='parse-date="false"') == "2020-01-02T03:04:05Z"


def test_xml() -> None:
    """Elements are found without prefix or case; what is nil is blank, or null where xsi-nil says so."""
    assert body("{{body.envelope.body.AddResponse.AddResult}}", XML, "text/xml") == "7"
    rows = "[{% JSONArrayFor item in body.envelope.body.AddResponse.L -%}{{item.ID}}{% endJSONArrayFor -%}]"
    assert body(rows, XML, "application/soap+xml") == "[1,2]"
    nil = "{% if body.envelope.body.addresponse.n %}yes{% else %}no{% endif %}"
    assert body(nil, XML, "text/xml") == "yes"
    assert body(nil, XML, "text/xml", 'xsi-nil="null"') == "no"


def test_context() -> None:
    """The request, its headers in a loop, and variables with their members."""
    assert body('{{context.Request.Method}} {{context.Request.Headers["x-a"]}}') == "POST v"
    assert body("{{context.Request.Url.Path}} {{context.Request.Url.Query.q}}") == "/x 1"
    loop = "{% for h in context.Request.Headers %}{{h.Key}}={{h.Value}};{% endfor %}"
    assert "X-A=v;" in body(loop)
    keep = '<set-variable name="v" value="@(new JObject(new JProperty(&quot;k&quot;, 3)))" />'
    assert body("{{context.Variables['v'].k}}{{context.Variables['none']}}", before=keep) == "3"


def test_no_body() -> None:
    """Without a body there is nothing to bind to; inside return-response there never is."""
    assert body("[{{body.a.b}}]", "", "text/plain") == "[]"
    answer = '<return-response><set-body template="liquid">[{{body.a.b}}]</set-body></return-response>'
    request = Request("POST", "https://api.example/x", {"Content-Type": "application/json"}, JSON, None)
    assert ask(answer, request=request).body == "[]"


def test_the_result_is_utf_8() -> None:
    """The charset of the content type is set, and the length follows."""
    found = outcome("fixed é", "a=b", "text/plain; charset=latin1")
    assert found.backend is not None
    headers = {name.lower(): values for name, values in dict(found.backend.headers).items()}
    assert headers["content-type"][0].endswith("charset=utf-8")
    assert headers.get("content-length", ("8",))[0] == "8"


def test_a_body_that_cannot_be_read_fails_the_policy() -> None:
    """JSON that is none: 500 with the words of the reader."""
    found = outcome("{{body.x}}", "nope")
    assert found.status == 500
    assert found.last_error and found.last_error.source == "set-body"
    assert "Unexpected character" in (found.last_error.message or "")


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{body.a.n | nonsense}}", "filter 'nonsense'"),
        ("{% include 'x' %}", "tag 'include'"),
        ("{% unclosed", "not closed"),
        ("{{body}}", "writes for an object"),
        ("{{context.User.Email}}", "context.User"),
    ],
)
def test_what_is_not_known_leaves_the_outcome_open(template: str, words: str) -> None:
    """What DotLiquid would do is not guessed."""
    found = outcome(template)
    assert found.decision is Decision.UNDECIDED
    assert found.decided_by and found.decided_by.element == "set-body"
    assert found.open and words in found.open.message


def test_a_body_of_another_type_is_not_bound() -> None:
    """Only a template that reads the body needs to know what it is."""
    assert body("fixed", "a=b", "text/plain") == "fixed"
    assert outcome("{{body.a}}", "a=b", "text/plain").decision is Decision.UNDECIDED


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in (1..1000000000) %}x{% endfor %}",
        "{% for i in (1..9999) %}{% for j in (1..9999) %}xxxxxxxxxx{% endfor %}{% endfor %}",
        "{% assign s = 'xxxxxxxxxxxxxxxx' %}"
        + "{% assign s = s | Append: s | Append: s | Append: s | Append: s %}" * 20
        + "{{s}}",
        "{% if true %}" * 2000 + "{% endif %}" * 2000,
        "{{ 'a' | Replace: '(a*)*b', 'c' }}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' | Replace: '(a+)+$b', 'c' }}",
    ],
    ids=["range", "loops", "doubling", "deep", "pattern"],
)
def test_templates_are_bounded(template: str) -> None:
    """SECURITY: a template can use up neither time nor memory."""
    found = outcome(template)
    assert found.decision is Decision.UNDECIDED or (found.backend and len(str(found.backend.body)) < 1000)


@pytest.mark.parametrize("name", ["__class__", "properties", "value", "keys", "__init__"])
def test_templates_see_no_python(name: str) -> None:
    """SECURITY: names of Python objects lead nowhere."""
    for start in ("body.a.", "body.a.n.", "body.a.l.", "context.Variables.", "context.Request.Headers."):
        found = outcome(f"[{{{{{start}{name}}}}}]")
        assert found.decision is Decision.UNDECIDED or (found.backend and found.backend.body == "[]")
