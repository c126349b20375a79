"""Taking a whole list away: as JSON Lines, CSV, XLSX or GeoJSON, streamed."""
