"""Measurements, each against a bound or a peer."""
