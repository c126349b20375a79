"""Walks through everything with the real OpenRefine and writes what was seen into docs/integration.md."""

import os
import re
import sys
import tempfile
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "integration.md"
SEEN = re.compile(r"(<!-- openrefine -->\n).*(<!-- /openrefine -->)", re.DOTALL)


def main() -> int:
    """Nought where every step was as it should be; one also where OpenRefine or a browser is missing."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/kb.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
        import django

        django.setup()
        from django.core.management import call_command

        from tests.bench.servers import granian
        from tests.browser import chromium
        from tests.openrefine.commands import running
        from tests.openrefine.walk import Walk, taken
        from tests.world import build_world

        call_command("migrate", verbosity=0)
        build_world()
        browser = chromium.start(Path(folder) / "profile", language="en-US")
        chromium.resize(browser, 1400)
        try:
            with granian("kb.wsgi:application") as server, running(Path(folder) / "projects") as refine:
                service = f"http://127.0.0.1:{server.port}/api/v1/reconcile/organisations/"
                version = refine.read("get-version")["version"]
                found = taken(Walk(refine, browser, service))
        finally:
            browser.quit()
    lines = [f"| {name} | {said} | {'✓' if good else '不符'} |" for name, said, good in found]
    table = "\n".join([f"OpenRefine {version}：", "", "| 做什么 | 看到什么 | |", "|---|---|---|", *lines, ""])
    sys.stdout.write(table)
    DOCUMENT.write_text(
        SEEN.sub(rf"\g<1>{table}\g<2>", DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8"
    )
    return 0 if all(good for _name, _said, good in found) else 1


if __name__ == "__main__":
    sys.exit(main())
