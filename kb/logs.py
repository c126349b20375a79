"""What every log line bears, and the form of the lines: for people, or one JSON object a line."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter

FIELDS = "%(levelname)s %(name)s %(message)s %(request_id)s %(who)s %(import_id)s"
RENAMED = {"levelname": "level", "name": "logger"}

_import_id: ContextVar[str] = ContextVar("import_id", default="-")


@contextmanager
def import_known_as(number: str) -> Iterator[None]:
    """Lets every log line inside bear the number of an import."""
    token = _import_id.set(number)
    try:
        yield
    finally:
        _import_id.reset(token)


class AddImportId(logging.Filter):
    """Puts the number of the present import into each log line as `import_id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line pass."""
        record.import_id = _import_id.get()
        return True


class JsonLines(JsonFormatter):
    """A line as a JSON object: time, level, logger, message, request_id, who, import_id, and `extra`."""

    def __init__(self) -> None:
        super().__init__(
            FIELDS, rename_fields=RENAMED, timestamp="time", json_ensure_ascii=False, exc_info_as_array=True
        )

    def process_log_record(self, log_record: dict[str, object]) -> dict[str, object]:
        """Leaves out what is not known of a line, and the request itself, which is no text."""
        return {key: value for key, value in log_record.items() if value != "-" and key != "request"}


def logging_settings(level: str, *, as_json: bool) -> dict[str, object]:
    """Django's LOGGING: all lines on standard error; those of the requests (`kb.access`) are INFO."""
    line = "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request": {"()": "api.request_id.AddRequestId"},
            "import": {"()": "kb.logs.AddImportId"},
        },
        "formatters": {"line": {"format": line}, "json": {"()": "kb.logs.JsonLines"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["request", "import"],
                "formatter": "json" if as_json else "line",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django": {"handlers": [], "propagate": True}},
    }
