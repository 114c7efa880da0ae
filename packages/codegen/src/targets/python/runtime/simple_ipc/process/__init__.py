"""A program and its process group: starting, stopping, how it ended."""
