"""Why a decision was not taken, in words for the person who made it."""


class RefusedError(Exception):
    """Nothing was written; the message says why."""
