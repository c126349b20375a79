"""The memory of whatever takes a base away or brings one back; a table of its own, for it takes long."""

from tests.bench.memory import ROWS as MEASURED_ALREADY
from tests.bench.memory import WORK, memory_row

ROWS = tuple(row for row in map(memory_row, WORK) if row.name not in {each.name for each in MEASURED_ALREADY})
