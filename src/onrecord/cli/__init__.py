"""The command line: a thin edge that asks the rooms below and prints what they answer."""

import sys


def main() -> None:
    """Run the command in `sys.argv` and leave with its exit code."""
    from onrecord.cli.door import run

    sys.exit(run(sys.argv[1:]))
