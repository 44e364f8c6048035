"""The words of a house: concepts in several languages, broader and narrower."""
