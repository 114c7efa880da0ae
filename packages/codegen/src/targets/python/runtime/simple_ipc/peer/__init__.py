"""The answering side of a connection, and what runs its handlers."""
