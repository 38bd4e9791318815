"""Policies inside templates: ARM JSON, Bicep, Terraform, and policy files with places to fill in.

The text of a policy is taken out of its template with a way back, so that whatever is said of it has the template's
own line and column. :func:`pieces` is the way in. Nothing is deployed, looked up or opened: what a template takes from
elsewhere is a hole (:data:`certgate.policy.named_values.HOLE`), which the policy reader treats like a named value that
nobody gave; a policy that stands in another file is a piece with a `link` and no text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.layouts import arm, code, marked
from certgate.layouts.tokens import Language
from certgate.layouts.value import root

if TYPE_CHECKING:
    from certgate.core.source import Source, Text
    from certgate.layouts.piece import Piece

_CODE = {".bicep": Language.BICEP, ".tf": Language.TERRAFORM, ".tofu": Language.TERRAFORM, ".hcl": Language.TERRAFORM}
_MARKED = (".tftpl", ".tpl", ".tmpl", ".template")
"""Endings of policy files that Terraform fills in."""
# SECURITY: blanks of one line only; those of many empty lines would be gone through from each of them.
_IS_BICEP = re.compile(r"^[ \t]*(?:resource|module)\s+\w+\s+'", re.MULTILINE)
_IS_TERRAFORM = re.compile(r'^[ \t]*(?:resource|module|variable|data)\s+"', re.MULTILINE)

TEMPLATES = (*_CODE, ".json", *_MARKED)
"""Endings of the files that may be templates."""


def is_template(name: str) -> bool:
    """Does the name of a file say that it is a template?"""
    return name.lower().endswith(TEMPLATES)


def pieces(source: Source) -> tuple[Piece, ...]:
    """The policies and fragments in a file that is no plain policy, in its order; empty where it holds none.

    Which kind of file it is, its name says, or its content where the name says nothing. Each piece has its `text`
    (a Derived that :func:`certgate.policy.parse.examine` takes; every problem found in it has its place in the
    template), `kind`, `format`, `scope` and `id` as far as the template says, its `holes`, and `notes` of what could
    not be read. A piece whose `text` is None is said to be there and stands elsewhere: in the file that `link` names,
    or as its notes say.

    A policy file whose name does not say that it is a template, such as ``policy.xml``, is one piece where it has
    tokens of a pipeline in it, else none: read it as it stands first, and the piece only where that fails, since
    ``${name}`` may well stand in a string of C#. A file of Terraform with an ``%{ else }`` is two pieces, one for each
    way.

    Raises InputError ``not-text``, ``template-syntax``, ``template-too-large``.
    """
    text = source.decode()
    language = _language(text)
    if language is None:
        return _marked(text)
    return arm.pieces(text) if language is Language.ARM else code.pieces(text, language)


def _language(text: Text) -> Language | None:
    """What kind of template a file is; None: no code at all."""
    name = text.name.lower()
    for ending, language in _CODE.items():
        if name.endswith(ending):
            return language
    if name.endswith((".json", ".jsonc")):
        return Language.ARM
    if text.text.lstrip()[:1] == "<" or name.endswith(_MARKED):
        return None
    if text.text.lstrip()[:1] == "{":
        return Language.ARM
    if _IS_BICEP.search(text.text):
        return Language.BICEP
    return Language.TERRAFORM if _IS_TERRAFORM.search(text.text) else None


def _marked(text: Text) -> tuple[Piece, ...]:
    if text.name.lower().endswith(_MARKED) or marked.is_terraform(text.text):
        return tuple(piece for piece in marked.ways(text) if piece.text is not None and _is_policy(piece.text.text))
    return (marked.tokenised(text),) if marked.has_tokens(text.text) else ()


def _is_policy(text: str) -> bool:
    return root(text) is not None or text.lstrip().startswith("<")
