"""The types of ``System`` that belong to no other family: object, enum, exceptions, delegates, tuples."""
