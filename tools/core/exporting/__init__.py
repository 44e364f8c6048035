"""Copies that leave the library with what is known of them inside."""
