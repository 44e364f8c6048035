"""Vocabularies in files: SKOS by rdflib, tables, and what a survey proposes."""
