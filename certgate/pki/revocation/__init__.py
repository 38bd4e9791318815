"""Whether certificates of a chain are revoked: what is asked for, how it is judged, and what .NET makes of it.

Two sets of rules, named as such: `stored` judges the lists of the trust store by RFC 5280, `fetched` and `ocsp` judge
what addresses answered as .NET on Linux does. `decide` puts them together.
"""
