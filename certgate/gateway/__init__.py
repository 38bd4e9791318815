"""What would happen: a request through the policies of a simulated gateway, and the outcome with every step."""
