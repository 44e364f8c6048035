"""The history of the catalogue's schema."""
