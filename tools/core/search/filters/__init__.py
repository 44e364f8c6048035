"""Hard filters in plain words: read out of a query, worded for a person, explained when empty."""
