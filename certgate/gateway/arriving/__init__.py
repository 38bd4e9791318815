"""What reaches the gateway of a client: certificate, address, origin."""
