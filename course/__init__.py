"""One primary source, read closely: the course package."""
