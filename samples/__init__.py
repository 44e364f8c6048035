"""The sample library, and the scripts that made our own part of it."""
