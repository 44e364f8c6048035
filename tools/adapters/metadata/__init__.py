"""Metadata written into files that leave, by exiftool where it is installed."""
