"""New assets from old ones, each with a parent, a recipe and a check of the output."""
