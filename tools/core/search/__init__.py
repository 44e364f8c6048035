"""Finding assets by what people say, with a reason and a band for each hit."""
