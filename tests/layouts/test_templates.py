"""Policies taken out of templates: what is found, what it says, and where every character of it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.gateway.context.context import environment
from certgate.gateway.elements import VOCABULARY
from certgate.layouts.piece import Piece
from certgate.layouts.templates import pieces
from certgate.policy.named_values import HOLE
from certgate.policy.parse import Examined, Saving, examine

HERE = Path(__file__).parent
POLICY = "<policies><inbound><base /></inbound></policies>"

DOUBLED_BICEP = "".join(f"var v{n} = '${{v{n - 1}}}${{v{n - 1}}}'\n" for n in range(1, 200)) + "var v0 = '<policies>a'"
DOUBLED_ARM = (
    '{"variables": {'
    + ",".join(f"\"v{n}\": \"[concat(variables('v{n - 1}'), variables('v{n - 1}'))]\"" for n in range(1, 60))
    + ', "v0": "<policies>"}}'
)
"""Each variable is the one before twice."""


def taken(text: str, name: str) -> tuple[Piece, ...]:
    return pieces(Source(name, text.encode()))


def texts(text: str, name: str) -> list[str]:
    """The texts that are found, holes as ``…``."""
    return [piece.text.text.replace(HOLE, "…") for piece in taken(text, name) if piece.text is not None]


def file(name: str) -> tuple[Piece, ...]:
    return pieces(Source.read(HERE / name))


def examined(piece: Piece, *, tolerant: bool = True) -> Examined:
    assert piece.text is not None
    saving = Saving(piece.scope or "", tolerate_unknown=tolerant, tolerate_holes=tolerant, unplaced=True)
    return examine(piece.text, vocabulary=VOCABULARY, environment=environment(), saving=saving)


def placed(piece: Piece) -> tuple[str | None, dict[str, str], str | None]:
    return piece.scope, dict(piece.said.names), piece.format


def test_an_arm_template() -> None:
    """Resources, nested ones, both names of the property, variables, defaults and inner templates."""
    found = file("arm/azuredeploy.json")
    assert [placed(piece) for piece in found if piece.kind == "policy"] == [
        ("api", {"api": "stock"}, None),
        ("global", {}, "rawxml"),
        (None, {}, None),
        ("api", {"api": "orders"}, "xml"),
        ("operation", {"api": "orders", "operation": "get-order"}, None),
        ("product", {"product": "partners"}, None),
        ("api", {"workspace": "retail", "api": "tills"}, "xml"),
    ]
    fragment = next(piece for piece in found if piece.kind == "fragment")
    assert (fragment.id, fragment.format) == ("gate", "rawxml")
    assert [piece.assumed for piece in found] == [True, *[False] * (len(found) - 1)]


def test_every_problem_has_its_place_in_the_template() -> None:
    """An unknown element inside a JSON string with escapes is shown at the template's own line and column."""
    wrong = next(piece for piece in file("arm/azuredeploy.json") if piece.scope == "operation")
    problem = examined(wrong).problems[0]
    assert (problem.code, problem.place.line if problem.place else 0) == ("element-unknown", 59)
    assert problem.place is not None
    assert problem.place.source_line is not None
    assert problem.place.source_line[problem.place.column - 1 :].startswith("<nothing />")  # type: ignore[operator]


def test_what_is_missing_is_said() -> None:
    """A parameter without a default is no policy, and its place is named."""
    missing = [piece for piece in file("arm/azuredeploy.json") if piece.text is None]
    assert [str(note).split(": ", 1)[1] for note in missing[0].notes] == [
        "the policy is not in this file: it comes from [parameters('partnersXml')]"
    ]
    assert len(missing) == 1


def test_a_bicep_file() -> None:
    """Symbols, nested resources, raw strings, files that are read, what is filled into strings."""
    found = {str(piece.said.names): piece for piece in file("templates/main.bicep")}
    orders = found["{'api': 'orders'}"]
    assert orders.link is not None
    assert (orders.link.path, orders.scope, orders.format) == ("policies/orders.xml", "api", "rawxml")
    stock = found["{'api': 'stockApi'}"]
    assert stock.link is not None
    assert stock.link.filled == (("{backend-id}", "stock-backend"),)
    operation = found["{'api': 'orders', 'operation': 'get-order'}"]
    assert [hole.content for hole in operation.holes] == ["${limit}", "${audience}"]
    assert [hole.line for hole in operation.holes] == [49, 49]
    assert found["{'fragment': 'gate'}"].kind == "fragment"


def test_a_terraform_file() -> None:
    """Heredocs, locals, directives, references to other resources, policies in other attributes."""
    found = file("terraform/main.tf")
    everywhere = next(piece for piece in found if piece.scope == "global")
    assert [hole.content for hole in everywhere.holes] == ["${var.calls}", "${origin}", "${var.more_policies}"]
    assert [note.code for note in everywhere.notes] == ["template-directive"] * 3
    assert 'name="X-Where"' in (everywhere.text.text if everywhere.text else "")
    assert examined(everywhere).problems == ()
    assert {"orders-v1"} == {piece.said.names["api"] for piece in found if piece.scope in {"api", "operation"}}
    page = next(piece for piece in found if piece.said.scope is None and piece.text is not None)
    assert [hole.content for hole in page.holes] == ["${var.page}"]


def test_a_terraform_template() -> None:
    """``$${`` is no place to fill in; a hole inside a string of C# leaves a readable expression."""
    (piece,) = file("terraform/api/orders.xml.tftpl")
    assert [hole.content for hole in piece.holes] == ["${backend}", "${audience}"]
    assert "<value>${price}</value>" in (piece.text.text if piece.text else "")
    assert [note.code for note in examined(piece).notes] == ["template-hole", "template-hole"]


def test_a_hole_is_a_problem_where_the_policy_is_run() -> None:
    """What is not known is never passed over."""
    (piece,) = file("terraform/api/orders.xml.tftpl")
    assert [problem.code for problem in examined(piece, tolerant=False).problems] == ["template-hole"] * 2


@pytest.mark.parametrize(
    ("written", "name", "found"),
    [
        (f'{{"value": "{POLICY}"}}', "a.json", [POLICY]),
        ('{"a": "[concat(\'<policies>\', parameters(\'x\'), \'</policies>\')]"}', "a.json", ["<policies>…</policies>"]),
        ('{"a": "[format(\'<policies>{0}{{}}</policies>\', \'it\'\'s\')]"}', "a.json", ["<policies>it's{}</policies>"]),
        ('{"a": "[replace(\'<policies>X</policies>\', \'X\', \'Y\')]"}', "a.json", ["<policies>Y</policies>"]),
        ('{"a": "[if(equals(1, 2), \'<policies/>\', \'<policies />\')]"}', "a.json", ["<policies/>", "<policies />"]),
        ('{"a": "[[concat(1) <policies>"}', "a.json", []),
        ('// note\n{"a": /* b */ "<!-- x -->\\n<policies/>",}', "a.json", ["<!-- x -->\n<policies/>"]),
        ('{"a": "<policies a=\\"\\u00e9\\ud83d\\ude00\\"/>"}', "a.json", ['<policies a="é😀"/>']),
        ("var a = '<policies>${b}</policies>'", "a.bicep", ["<policies>…</policies>"]),
        ("var a = '<policies>\\${b}\\u{e9}</policies>'", "a.bicep", ["<policies>${b}é</policies>"]),
        ("var b = 'c'\nvar a = '<policies>${b}</policies>'", "a.bicep", ["<policies>c</policies>"]),
        ("var a = '''\n<policies>${b}'s</policies>'''", "a.bicep", ["<policies>${b}'s</policies>"]),
        ("var a = empty(b) ? '<policies/>' : '<policies />'", "a.bicep", ["<policies/>", "<policies />"]),
        ("param a string = '<policies/>' // '<policies>'", "a.bicep", ["<policies/>"]),
        ("var a = [\n  {\n    xml: '<policies/>'\n  }\n]", "a.bicep", ["<policies/>"]),
        ("var a = a\nvar b = '<policies>${a}</policies>'", "a.bicep", ["<policies>…</policies>"]),
        ("x = <<X\n<policies>\n</policies>\nX\n", "a.tf", ["<policies>\n</policies>\n"]),
        ("x = <<-X\n  <policies>$${a}%%{b}</policies>\n  X\n", "a.tf", ["  <policies>${a}%{b}</policies>\n"]),
        ('x = "<policies>\\"${upper("a")}\\"</policies>"', "a.tf", ['<policies>"…"</policies>']),
        ('x = format("<policies>%s</policies>", "a")', "a.tf", ["<policies>a</policies>"]),
        ('x = jsonencode({ value = "<policies/>" })', "a.tf", ["<policies/>"]),
        ("%{ if a }<policies/>%{ else }<policies />%{ endif }", "a.tftpl", ["<policies/>", "<policies />"]),
        ("<a>%{if a}1%{for b in c}%{if d}3%{else}4%{endif}%{endfor}%{endif}</a>", "a.tpl", ["<a>13</a>", "<a>14</a>"]),
        ("<a>%{if a}1%{else}%{if b}2%{else}3%{endif}%{endif}</a>", "a.tpl", ["<a>1</a>", "<a>3</a>"]),
        ("<a>%{ else }1%{ endif }%{ if a }2</a>", "a.tpl", ["<a>12</a>"]),
        ("<a>%{~ if a ~}b%{ else }c%{ endif ~}</a>", "policy.xml", ["<a>b</a>", "<a>c</a>"]),
        ("<policies>${a}#{B}#__C__</policies>", "a.xml.tpl", ["<policies>………</policies>"]),
        ('<policies a="{b}">$(C) ${d}\n  {e}\n</policies>', "a.xml", ['<policies a="…">… …\n…\n</policies>']),
        ("<policies>@($\"{a}\")</policies>", "a.xml", []),
        ("#cloud-config ${a}", "a.tftpl", []),
        ("resource x 'y@1' = {\n  z: '<policies/>'\n}", "-", ["<policies/>"]),
        ('resource "a" "b" {\n  c = "<fragment/>"\n}', "-", ["<fragment/>"]),
        ("nothing at all", "-", []),
        ("", "a.tf", []),
    ],
)  # fmt: skip
def test_what_is_taken_out(written: str, name: str, found: list[str]) -> None:
    """The text of each policy, escapes decoded and holes in place."""
    assert texts(written, name) == found


def test_the_way_back() -> None:
    """Every character that stands as it is has its own place."""
    text = 'x = "a"\ny = "<policies>\\"${a}é</policies>"'
    (piece,) = taken(text, "a.tf")
    assert piece.text is not None
    at = piece.text.text.index("é")
    assert piece.text.span(at).content == "é"
    assert (piece.text.span(at).line, piece.text.span(at).column) == (2, text.splitlines()[1].index("é") + 1)
    assert piece.holes[0].content == "${a}"


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ('{"a": }', "template-syntax", "a.json:1:7"),
        ('{"a": "b"', "template-syntax", "a.json:1:1"),
        ("[}", "template-syntax", "a.json:1:2"),
        ("[" * 200, "template-too-large", "a.json:1:102"),
        ("\ud800", "not-text", "a.json"),
    ],
)
def test_what_is_no_template(written: str, code: str, place: str) -> None:
    """It is said where it stops being one."""
    with pytest.raises(InputError) as raised:
        pieces(Source("a.json", written.encode("utf-8", "surrogatepass")))
    assert (raised.value.code, str(raised.value.place)) == (code, place)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("{" * 50_000, "a.tf"),
        ("x = (" * 20_000, "a.tf"),
        ('x = "${' * 20_000, "a.tf"),
        ("a = " * 40_000, "a.tf"),
        ("x = f({ " * 20_000, "a.tf"),
        ("x = a ? b : " * 20_000, "a.bicep"),
        ("var a = '${" * 20_000, "a.bicep"),
        ("'''" * 30_001, "a.bicep"),
        ("%{ if a }" * 20_000, "a.xml.tftpl"),
        ("<!--" * 50_000, "a.xml.tpl"),
        ("{\nvar a }\nparam b }}} c\n" * 3, "a.bicep"),
        (DOUBLED_BICEP, "a.bicep"),
        (DOUBLED_ARM, "a.json"),
        ('{"a": "[' + "concat(" * 20_000 + '"}', "a.json"),
        ('{"a": "[replace(' + "'" + "a" * 20_000 + "', 'a', '" + "b" * 20_000 + "')]\"}", "a.json"),
        ("[" + '{"type": "policies", "name": "a", "resources": ' * 90, "a.json"),
    ],
    ids=range(16),
)  # fmt: skip
def test_hostile_templates_end(written: str, name: str) -> None:
    """Nesting, repetition and growth are bounded, whatever a file holds."""
    try:
        found = pieces(Source(name, written.encode()))
    except InputError as error:
        assert error.code in {"template-syntax", "template-too-large"}
    else:
        assert sum(len(piece.text.text) for piece in found if piece.text is not None) < 2**26
