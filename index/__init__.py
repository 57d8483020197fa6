"""Passages to vectors and words and back: build, load, search."""
