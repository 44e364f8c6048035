"""Text and pictures in one space of a chosen model: placed, asked, and changed for another."""
