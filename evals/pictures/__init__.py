"""Labelled pictures that ordinary packages carry; their captions are asked for, never indexed."""
