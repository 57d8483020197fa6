"""Model mode: a chat model writes the answer; imported only where one is configured."""
