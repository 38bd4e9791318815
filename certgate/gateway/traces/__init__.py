"""What a trace of the gateway tells: the start of a simulated one, and the reading of a real one."""
