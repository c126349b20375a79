"""Runs the trials named, or all, and writes what was counted into docs/reliability.md."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")


def main() -> int:
    """The number of demands that were not met."""
    import django

    django.setup()
    from tests.chaos import bad_inputs, killed, limits, load, stopped, together
    from tests.chaos.report import write

    trials = {
        "killed": killed.run, "stopped": stopped.run, "together": together.run, "limits": limits.run,
        "inputs": bad_inputs.run, "load": load.run,
    }  # fmt: skip
    faults = 0
    for name in sys.argv[1:] or trials:
        part = trials[name]()
        write(part)
        sys.stdout.write(f"== {name}\n{part.text()}\n")
        faults += len(part.faults)
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
