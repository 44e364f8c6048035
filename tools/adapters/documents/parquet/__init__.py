"""Parquet files: columns and the first values, read without the engine of a data frame."""
