"""``rewrite-uri``: another path, and parameters, for the request that goes to the backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.gateway.evaluated import SERVER_ERROR
from certgate.gateway.sending import addresses
from certgate.policy.declaration import Attribute, AttributeType, Declaration, Section, Shape
from certgate.policy.document import Literal

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.exchange import Incoming
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_NO_PARAMETER = "Only parameters specified in the original URL template can be used in the rewrite template"


@element(
    Declaration(
        "rewrite-uri",
        sections=frozenset({Section.INBOUND}),
        sections_extra=frozenset({Section.BACKEND}),
        shape=Shape(
            attributes=(
                Attribute("copy-unmatched-params", AttributeType.BOOL, default="true", expression=True),
                Attribute("template", required=True, expression=True),
            )
        ),
        page="rewrite-uri-policy",
        does="changes the path and query with which the backend is called",
        deviations=(
            "The path replaces what follows the service URL; context.Request.Url has it too.",
            "A parameter that the operation lacks, which the gateway would not save, fails here when it is reached.",
            "Parameters of the query that neither template names follow those of the template, written as they came.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    template = run.text(element, "template")
    copies = element.value("copy-unmatched-params") is None or run.flag(element, "copy-unmatched-params")
    if template is None or "://" in template.partition("?")[0]:
        return run.not_simulated(element, "certgate does not know what rewrite-uri makes of no path")
    request = run.exchange.request
    known = _parameters(request)
    for name in addresses.placeholders(template):
        if name.lower() not in known:
            return _unknown(element, run, name)
    path, _, query = addresses.filled(template, lambda name: known[name.lower()]).partition("?")
    if copies:
        operation = (run.context.operation or {}).get("urlTemplate") or ""
        others = f"{query}&{operation.partition('?')[2]}"
        query = "&".join([*addresses.parameters(query), *addresses.without(request.url.query_string, others)])
    url = addresses.changed(request.url, path if path.startswith("/") else f"/{path}", query)
    if url is None:
        return run.not_simulated(element, "the address is longer than the gateway allows")
    run.secrets.made(element, url.path, url.query_string[1:])
    request.url = url
    run.exchange.route.path = url.path
    run.secrets.put(element, "Url")
    run.says(f"the backend is asked for {url.path}{url.query_string}")
    return None


def _parameters(request: Incoming) -> dict[str, str]:
    """What a template may name, in small letters: parameters of the operation's template, then of the query."""
    query = {name.lower(): values[0] for name, values in request.url.query.items()}
    return query | {name.lower(): value for name, value in request.matched.items()}


def _unknown(element: Element, run: Run, name: str) -> End:
    """The template names a parameter without a value. Of a template that an expression gives nobody knows more."""
    template = (run.context.operation or {}).get("urlTemplate")
    lacks = run.exchange.request.matched or (template and f"{{{name}}}" not in template.replace("{*", "{"))
    if lacks and isinstance(element.value("template"), Literal):
        run.assume("call-failed")
        message = f"{_NO_PARAMETER}: '{name}' is none of them."
        run.says(f"failed: {message}")
        return Failed(element, 500, None, message, SERVER_ERROR, activity=True)
    message = f"the value of {{{name}}} is not known: say request.matchedParameters in the context"
    return run.not_simulated(element, message, attribute="template")
