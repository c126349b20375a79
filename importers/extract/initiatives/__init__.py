"""Named undertakings: quoted or not, their kinds, organisers, places and beginnings."""
