"""What lasts: conversations, feedback and events, in SQLite or PostgreSQL."""
