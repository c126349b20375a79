#!/usr/bin/env python
"""The command line of the knowledge base."""

import os
import sys


def main() -> None:
    """Runs the management command that the command line names.

    `extract` reads pages without any table, so it is run without loading Django, which would take longer
    than reading a page.
    """
    if sys.argv[1:2] == ["extract"]:
        from importers.extract_command import main as extract

        sys.exit(extract(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))  # says what is set wrongly; where in the code nobody needs to know


if __name__ == "__main__":
    main()
