"""Liquid templates as the gateway's ``set-body`` renders them: DotLiquid in its C# mode, on python-liquid.

``template`` is the way in: it compiles a text, within limits, and renders it. ``dialect`` changes python-liquid's rules
into DotLiquid's, ``filters`` holds the filters that the policy documents, ``values`` says what a template sees of JSON,
XML and C# values and how they compare and print, ``inputs`` gives it the message and ``context``. Knows nothing of
elements. Every way in that is not known raises UnsupportedReached: a guess would be a wrong body.
"""
