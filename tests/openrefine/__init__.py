"""An afternoon with OpenRefine: `python -m tests.openrefine` drives the real one against our services."""
