"""Filter sets: what each resource can be asked for."""
