"""Lines, and the messages in them."""
