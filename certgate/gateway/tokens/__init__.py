"""JSON Web Tokens as the gateway checks them: where a token comes from, keys, signatures, encryption, claims.

Knows ``validate-jwt`` and ``validate-azure-ad-token``; what an expression sees of a token is for ``context_jwt.py``.
"""
