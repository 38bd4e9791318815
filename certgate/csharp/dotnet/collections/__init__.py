"""Arrays, lists, dictionaries, sets, queues and their interfaces."""
