"""The assignment of rows to columns with the greatest sum, and the one without a certain pair."""

_NEVER = 9.0
"""What a pair costs that may not be: more than all that its being left out can cost."""

_START = -1
"""Where a path begins: before its first column."""


class Assignment:
    """The column for each row so that the sum of scores is greatest; rows under `least` stay without.

    The Hungarian method over the matrix with one empty column for each row (cubic in its size).
    """

    def __init__(self, rows: list[list[float]], least: float) -> None:
        """Finds it; `chosen` has the column of each row that is given one."""
        self._rows, self._least = rows, least
        self._costs = [
            [-score if score >= least else _NEVER for score in row] + [-least] * len(rows) for row in rows
        ]
        self._column_of: list[int] = [0] * len(rows)
        if rows:
            row_at, row_price, column_price = _hungarian(self._costs)
            self._row_price, self._column_price = row_price[1:], column_price[1:]
            self._row_at = [row - 1 for row in row_at[1:]]
            for column, row in enumerate(self._row_at):
                if row >= 0:
                    self._column_of[row] = column
        self.chosen = self._told(self._column_of)

    def without(self, row: int) -> dict[int, int]:
        """The assignment of the greatest sum in which a row does not have the column it was given.

        What changes is one path: the row takes a column, whose row takes another, until one is taken that
        was free, or that the first row has left. The cheapest such path costs the square of the size.
        """
        columns, left, mover = list(self._column_of), self._column_of[row], row
        for column in self._path(row, left):
            if mover >= 0 and column >= 0:
                columns[mover] = column
            mover = self._row_at[column] if column >= 0 else -1
        return self._told(columns)

    def _told(self, columns: list[int]) -> dict[int, int]:
        """The columns of the rows that have one in earnest."""
        return {
            row: column
            for row, column in enumerate(columns)
            if column < len(self._rows[row]) and self._rows[row][column] >= self._least
        }

    def _path(self, row: int, left: int) -> list[int]:
        """The columns of the cheapest path from a row to the column it leaves.

        -1 stands where one column is taken that was free and another is given up for it. Dijkstra's method;
        with the prices of the assignment no step costs less than nothing.
        """
        size = len(self._column_price)
        cost, came_from = [float("inf")] * (size + 1), [_START] * (size + 1)
        open_columns = set(range(size + 1))  # the last one is the -1
        self._step(row, 0.0, _START, cost, came_from, open_columns)
        cost[left] = float("inf")
        while True:
            column = min(open_columns, key=cost.__getitem__)
            open_columns.remove(column)
            if column == left:
                break
            if column == size:
                self._give_up(cost, came_from, open_columns)
            elif self._row_at[column] >= 0:
                self._step(self._row_at[column], cost[column], column, cost, came_from, open_columns)
            elif size in open_columns and cost[column] < cost[size]:
                cost[size], came_from[size] = cost[column], column
        path = [column]
        while came_from[path[-1]] != _START:
            path.append(came_from[path[-1]])
        return [-1 if column == size else column for column in reversed(path)]

    def _step(
        self, row: int, so_far: float, at: int, cost: list[float], came_from: list[int], columns: set[int]
    ) -> None:
        """Notes the columns that a row can take more cheaply than was known."""
        prices, base = self._column_price, so_far - self._row_price[row]
        for column, own in enumerate(self._costs[row]):
            reached = base + own - prices[column]
            if reached < cost[column] and column in columns:
                cost[column], came_from[column] = reached, at

    def _give_up(self, cost: list[float], came_from: list[int], columns: set[int]) -> None:
        """Notes the columns that can be given up for one that was free."""
        size = len(self._column_price)
        for column, price in enumerate(self._column_price):
            if self._row_at[column] >= 0 and column in columns and cost[size] - price < cost[column]:
                cost[column], came_from[column] = cost[size] - price, size


def _hungarian(costs: list[list[float]]) -> tuple[list[int], list[float], list[float]]:
    """The row (from 1, 0 for none) of each column at least cost, and the prices of rows and of columns.

    Columns are at least as many as rows; each list begins with a place of its own that stands for nothing.
    """
    height, width = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (height + 1), [0.0] * (width + 1)
    row_at = [0] * (width + 1)
    for row in range(1, height + 1):
        came_from = _augment(costs, row, row_at, row_price, column_price)
        column = came_from[-1]
        while column:
            previous = came_from[column]
            row_at[column] = row_at[previous]
            column = previous
    return row_at, row_price, column_price


def _augment(
    costs: list[list[float]], row: int, row_at: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """The cheapest path from a new row to a free column: each column's predecessor, its end last."""
    width = len(column_price) - 1
    row_at[0] = row
    cheapest, came_from = [float("inf")] * (width + 1), [0] * (width + 2)
    seen: list[int] = []
    free = list(range(1, width + 1))
    column = 0
    while row_at[column]:
        seen.append(column)
        here = row_at[column]
        step, following = float("inf"), 0
        row_costs, paid = costs[here - 1], row_price[here]
        for j in free:
            cost = row_costs[j - 1] - paid - column_price[j]
            if cost < cheapest[j]:
                cheapest[j], came_from[j] = cost, column
            else:
                cost = cheapest[j]
            if cost < step:
                step, following = cost, j
        for j in seen:
            row_price[row_at[j]] += step
            column_price[j] -= step
        for j in free:
            cheapest[j] -= step
        free.remove(following)
        column = following
    came_from[-1] = column
    return came_from
