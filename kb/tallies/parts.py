"""Tables that are added up: on PostgreSQL each statement appends parts, and one in a while folds them.

Writers must not wait for one another at the rows of frequent sorts, so nobody updates a row. Every few
hundred statements one of them folds the parts of each sort into one; who reads adds up what there is.
"""

from dataclasses import dataclass

TURNS = 256
"""Statements between two folds."""

_FOLD = """
CREATE SEQUENCE {table}_turns;
CREATE FUNCTION {function}() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('{table}_turns') % {turns} = 0
        AND current_setting('transaction_isolation') = 'read committed'
        AND pg_try_advisory_xact_lock({lock})
    THEN
        WITH gone AS (DELETE FROM {table} RETURNING *)
        INSERT INTO {table} ({columns}) SELECT {sort}, {sums} FROM gone GROUP BY {sort} HAVING {any};
    END IF;
END $$
"""

_FOLDED = "WITH parts ({columns}) AS ({rows}) SELECT {sort}, {sums} FROM parts GROUP BY {sort} HAVING {any}"


@dataclass(frozen=True, slots=True)
class Parts:
    """A table of parts: the columns that tell their sorts, those that are added up, and who folds."""

    table: str
    sort: tuple[str, ...]
    amounts: tuple[str, ...]
    function: str
    """The function that folds on PostgreSQL."""
    lock: int
    """The number of the advisory lock of who folds."""

    @property
    def columns(self) -> str:
        """The columns of a part, in SQL."""
        return ", ".join((*self.sort, *self.amounts))

    def _words(self) -> dict[str, str]:
        return {
            "sort": ", ".join(self.sort),
            "sums": ", ".join(f"sum({name}) AS {name}" for name in self.amounts),
            "any": " OR ".join(f"sum({name}) <> 0" for name in self.amounts),
        }

    def folded(self, rows: str) -> str:
        """One row for each sort that does not come to nothing, of a query that gives parts."""
        return _FOLDED.format(columns=self.columns, rows=rows, **self._words())

    def fold(self) -> str:
        """What makes the function that folds, on PostgreSQL."""
        return _FOLD.format(
            table=self.table, columns=self.columns, function=self.function, lock=self.lock, turns=TURNS,
            **self._words(),
        )  # fmt: skip

    def append(self, rows: str) -> str:
        """What a trigger on PostgreSQL does with the parts that a statement adds."""
        added = self.folded(rows)
        return f"INSERT INTO {self.table} ({self.columns}) {added};\n    PERFORM {self.function}()"
