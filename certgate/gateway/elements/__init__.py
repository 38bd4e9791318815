"""One module per simulated policy element; reference.py is the table of all the others."""
