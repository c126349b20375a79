"""Runs every measurement and prints what came out."""

from tests.bench import extraction
from tests.bench.measure import machine


def main() -> None:
    """Prints the machine, then each measurement's lines."""
    print(machine())
    for module in (extraction,):
        module.main()


if __name__ == "__main__":
    main()
