"""The review queue as work: what comes next, what may be answered, and what an answer changes."""
