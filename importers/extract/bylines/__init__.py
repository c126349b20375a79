"""Who is credited with an article, wherever the page prints it."""
