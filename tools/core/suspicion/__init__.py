"""Noticing text in files that tries to give orders to whoever reads it by machine."""
