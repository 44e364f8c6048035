"""Edits of pictures: understood from words, carried out, and checked on what came out."""
