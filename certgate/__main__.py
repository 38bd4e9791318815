"""``python -m certgate``: the same as the ``certgate`` command."""

from certgate.cli.app import main

if __name__ == "__main__":
    main()
