"""The source as typed data: text, sections, comments, cards and what changed between them."""
