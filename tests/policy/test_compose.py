"""Scopes put together: what ``<base />`` stands for, and what an absent scope or section means."""

from __future__ import annotations

import pytest

from certgate.core.errors import InputError
from certgate.policy.compose import DEFAULT_FILE, compose
from certgate.policy.declaration import Section
from certgate.policy.document import Document, Element
from tests.policy.policy_vocabulary import look


def status(code: int) -> str:
    return f'<set-status code="{code}"/>'


def document(text: str, scope: str) -> Document:
    examined = look(text, f"{scope}.xml", scope=scope)
    assert examined.document is not None, examined.problems
    return examined.document


def effective(section: Section = Section.INBOUND, **texts: str) -> list[str]:
    """Scope and code of each set-status in force, in order."""
    documents = {scope: document(text, scope) for scope, text in texts.items()}
    return [_label(element) for each in compose(documents).sections[section] for element in each.walk()]


def _label(element: Element) -> str:
    return f"{element.scope} {element.literal('code') or element.name}"


def inbound(content: str) -> str:
    return f"<policies><inbound>{content}</inbound></policies>"


def test_base_stands_for_the_parents_section() -> None:
    """From broad to narrow, at its place."""
    assert effective(
        **{
            "global": inbound(status(1)),
            "product": inbound(f"<base/>{status(2)}"),
            "api": inbound(f"{status(3)}<base/>{status(4)}"),
        }
    ) == ["api 3", "global 1", "product 2", "api 4"]


def test_a_section_without_base_runs_nothing_of_its_parents() -> None:
    """The global check is bypassed."""
    assert effective(**{"global": inbound(status(1)), "api": inbound(status(3))}) == ["api 3"]


def test_an_absent_section_or_scope_is_base() -> None:
    """A document without inbound inherits it."""
    assert effective(**{"global": inbound(status(1)), "api": "<policies><outbound/></policies>"}) == ["global 1"]
    assert effective(**{"global": inbound(status(1)), "operation": inbound("<base/>")}) == ["global 1"]


def test_without_a_global_document_the_default_one_forwards() -> None:
    """It has forward-request in backend, and nothing else."""
    assert effective(Section.BACKEND, api=status(1)) == ["global forward-request"]
    assert effective(Section.BACKEND, api="<policies><backend/></policies>") == []
    assert effective(Section.BACKEND, **{"global": inbound("")}) == []
    assert compose({}).sections[Section.BACKEND][0].span.text.name == DEFAULT_FILE


def test_base_may_stand_in_a_branch() -> None:
    """The parent's policies run there."""
    choose = '<choose><when condition="true"><base/></when></choose>'
    assert effective(**{"global": inbound(status(1)), "api": inbound(choose)}) == [
        "api choose",
        "api when",
        "global 1",
    ]


def test_base_at_global_scope_stands_for_nothing() -> None:
    """There is nothing above."""
    assert effective(**{"global": inbound(f"<base/>{status(1)}")}) == ["global 1"]


def test_elements_keep_their_file() -> None:
    """What is in force still knows where it was written."""
    documents = {"global": document(inbound(status(1)), "global"), "api": document(inbound("<base/>"), "api")}
    (element,) = compose(documents).sections[Section.INBOUND]
    assert str(element.place()) == "global.xml:1:20"


def test_a_fragment_is_no_policy() -> None:
    """It has no sections of its own."""
    with pytest.raises(InputError) as error:
        compose({"api": document(f"<fragment>{status(1)}</fragment>", "api")})
    assert error.value.code == "fragment-as-policy"


def test_repeated_bases_are_bounded() -> None:
    """Five scopes that each repeat their parent's thousand times make no billion elements."""
    many = inbound("<base/>" * 200)
    with pytest.raises(InputError) as error:
        effective(**{"global": inbound(status(1) * 100), "product": many, "api": many, "operation": many})
    assert error.value.code == "policy-too-large"


def test_scopes_from_broad_to_narrow() -> None:
    """Global, workspace, product, API, operation, in whatever order they are given."""
    narrow = ("operation", "api", "product", "workspace")
    texts = {scope: inbound(f"<base/>{status(at)}") for at, scope in enumerate(narrow, 1)}
    assert effective(**texts, **{"global": inbound(status(9))}) == [
        *("global 9", "workspace 4", "product 3", "api 2", "operation 1"),
    ]


def test_what_does_not_run_is_said() -> None:
    """Whose policies they are, by whom, and only where there are any."""
    documents = {
        "global": document(inbound(status(1)), "global"),
        "product": document(inbound(f"<base/>{status(2)}"), "product"),
        "api": document(inbound(status(3)), "api"),
        "operation": document("<policies><inbound/><outbound/></policies>", "operation"),
    }
    dropped = compose(documents).dropped
    assert [(lost.scopes, lost.by, lost.file) for lost in dropped[Section.INBOUND]] == [
        (("global", "product"), "api", "api.xml"),
        (("api",), "operation", "operation.xml"),
    ]
    assert set(dropped) == {Section.INBOUND}


def including(name: str = "part") -> str:
    return f'<include-fragment fragment-id="{name}"/>'


def test_a_fragment_of_several_documents() -> None:
    """Each has it in its own scope; its elements keep their file."""
    part = {"part": document(f"<fragment>{status(7)}</fragment>", "")}
    documents = {
        "global": document(inbound(including()), "global"),
        "api": document(inbound(f"{including()}<base/>"), "api"),
    }
    found = compose(documents, part).sections[Section.INBOUND]
    assert [_label(child) for element in found for child in element.children] == ["api 7", "global 7"]
    assert {element.children[0].span.text.name for element in found} == {".xml"}


def test_included_fragments_are_bounded() -> None:
    """A large fragment that is included again and again is refused before it fills the memory."""
    part = {"part": document(f"<fragment>{status(7) * 5_000}</fragment>", "")}
    with pytest.raises(InputError) as error:
        compose({"api": document(inbound(including() * 2_000), "api")}, part)
    assert error.value.code == "policy-too-large"


def test_nesting_is_bounded() -> None:
    """Scopes that put their parent's deep inside their own make no tower of any height."""
    deep = inbound('<choose><when condition="true">' * 45 + "<base/>" + "</when></choose>" * 45)
    with pytest.raises(InputError) as error:
        effective(**dict.fromkeys(("workspace", "product", "api", "operation"), deep), **{"global": inbound(status(1))})
    assert (error.value.code, error.value.message) == ("policy-too-large", "nests <base /> too deeply")
