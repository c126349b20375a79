"""Pages handed in over HTTP: what may be sent, and what is answered."""
