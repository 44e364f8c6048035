"""Verified model files: what they are, whose bytes they are, and how they get here."""
