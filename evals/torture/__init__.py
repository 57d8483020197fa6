"""Try to break Rigwise: what was tried, and what was lost by it (nothing)."""
