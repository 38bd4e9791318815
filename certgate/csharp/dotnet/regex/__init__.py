"""Regular expressions: the engine and the types around it."""
