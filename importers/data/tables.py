"""The rows of this folder's tables, as they stand in the files."""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent


def rows(table: str, columns: int) -> Iterator[tuple[str, ...]]:
    """Rows of `table`.tsv as tuples of `columns` fields; absent fields at a row's end are empty.

    Lines that begin with # are notes. Raises ValueError, naming file and line, where a row has more
    fields than the table's heading gives it.
    """
    path = _FOLDER / f"{table}.tsv"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) > columns:
            raise ValueError(f"{path.name}:{number}: {len(fields)} fields, expected at most {columns}")
        yield (*fields, *("",) * (columns - len(fields)))
