"""The terminal: the rigwise command."""
