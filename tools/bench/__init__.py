"""Measures certgate as ratios within one run, since absolute times say more about the machine than about the program.

Run with ``make bench``. It judges nothing: it prints figures.
"""
