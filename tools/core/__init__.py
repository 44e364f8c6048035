"""The pure domain of digital assets; it imports the standard library only."""
