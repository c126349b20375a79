#!/usr/bin/env python
"""The command line of the knowledge base."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Runs the management command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
