"""Migrations, run by alembic; each file in versions/ is one step."""
