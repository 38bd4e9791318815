"""Proxies that end TLS in front of the gateway: each puts the client's certificate into headers in a way of its own."""
