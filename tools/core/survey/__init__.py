"""A look at files before any of them is taken in: read-only, and nothing is kept."""
