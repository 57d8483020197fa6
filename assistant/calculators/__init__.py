"""Twelve calculators: pure functions over typed inputs with units, from the guide's own rules."""
