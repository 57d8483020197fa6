"""From retrieved passages to a checked answer."""
