"""The assistant in Slack: mentions, direct messages, threads and a slash command."""
