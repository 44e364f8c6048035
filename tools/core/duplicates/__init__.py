"""Finding what is in the library more than once."""
