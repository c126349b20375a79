"""From the lines of a page to its articles: blocks, headlines, bodies, columns, furniture."""
