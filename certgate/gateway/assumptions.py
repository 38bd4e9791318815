"""The assumptions: what the facts leave open and certgate had to choose, one row each.

Every "Simulator default" of the fact sheet that can take part in a run stands here; `source` is its section.
"""

from __future__ import annotations

from certgate.gateway.outcome import Assumption

_ROWS = (
    ("base-around", "§4.1", "A section that is not written is <base />, and so are those around a bare snippet."),
    ("base-repeated", "§4.1", "A second <base /> in a section runs the parent's section once more."),
    ("block", "§4.1", "The undocumented element block has no effect but to run the policies in it."),
    ("certificate-expired-kept", "§3", "An expired certificate stays in context.Deployment.Certificates."),
    ("dates-both", "§1.6", "Of two date failures the gateway reports the one of notBefore."),
    ("error-in-on-error", "§6.1", "An error inside on-error answers 500."),
    ("first-call", "§5.7", "The counters of rate limits and quotas are at zero: the one call of a run passes."),
    ("gateway-version", "§7.1", "The gateway's .NET has the members that an expression uses and .NET Framework lacks."),
    ("gateway-zone", "§7.1", "The gateway's local time is UTC; the answer depends on that."),
    ("form-encoding", "§7.3", "ToFormUrlEncodedContent and ToQueryString write a blank as %20, not as a plus sign."),
    ("handshake-intermediates", "§2.6", "Certificates sent beside the leaf in the handshake join the chain."),
    ("identity-certificate-id", "§1.4", "issuer-certificate-id fits by the leaf's issuer name and signature."),
    ("identity-common-name", "§1.4", "common-name is compared with the whole CN, without regard to case."),
    ("identity-dn", "§1.4", "A name matches in either order, without regard to case; S is ST, E is emailAddress."),
    ("identity-dns-name", "§1.4", "dns-name is compared with each dNSName without regard to case, a wildcard as text."),
    ("identity-empty", "§1.3", "An identity without attributes matches every certificate."),
    ("identity-expression", "§1.3", "An expression in an identity is not evaluated; it is compared as text."),
    ("identity-issuer-exclusive", "§1.3", "Beside issuer-certificate-id other issuer attributes must match too."),
    ("identity-issuer-thumbprint", "§1.4", "issuer-thumbprint is SHA-1, of the issuer in the chain."),
    ("identity-serial-number", "§1.4", "serial-number is compared without regard to case and leading zeros."),
    ("identity-text", "§1.3", "Text inside an identity has no effect."),
    ("identity-thumbprint", "§1.4", "thumbprint is SHA-1, compared without regard to case; nothing is stripped."),
    ("ignore-error", "§1.9", "After ignore-error the request goes on and context.LastError stays null."),
    ("issuer-expired", "§1.12", "An expired certificate above the leaf is ClientCertificateNotTrusted."),
    ("messages", "§1.7", "The message of this failure is not published: it is Windows' text, or none."),
    ("null-result", "§7.1", "An expression that gives null makes a header or body empty, and a variable null."),
    ("random-values", "§7.2", "Random values are certgate's own, the same in each run; the gateway draws others."),
    ("revocation-reason", "§1.7", "The reason ClientCertificateRevoked is not confirmed by any source."),
    ("revocation-order", "§1.6", "Revocation is reported after trust."),
    ("revocation-unknown", "§12", "A revocation status that cannot be determined fails validate-revocation."),
    ("revocation-without-trust", "§12", "With validate-trust off the chain is built all the same for revocation."),
    ("status-reason", "§5.3", "set-status without reason answers with the standard phrase of its code."),
    ("to-uri", "§7.3", "IUrl.ToUri(), which nobody documents, gives the whole address as a System.Uri."),
)  # fmt: skip

ASSUMPTIONS: dict[str, Assumption] = {row[0]: Assumption(row[0], row[2], row[1]) for row in _ROWS}
"""By id."""
