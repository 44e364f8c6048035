"""The terminal front door: commands that print for people, or JSON lines for programs."""
