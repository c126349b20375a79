"""A large archive made from the real pages: their sentences, other names, other numbers; always the same."""
