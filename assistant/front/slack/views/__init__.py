"""What Slack shows, as Block Kit: pure functions of typed values."""
