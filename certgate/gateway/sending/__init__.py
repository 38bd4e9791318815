"""What leaves the gateway: the request to the backend, and what policies send besides."""
