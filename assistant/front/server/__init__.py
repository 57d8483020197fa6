"""The server: the page, the HTTP API and Slack in one process, with its guards."""
