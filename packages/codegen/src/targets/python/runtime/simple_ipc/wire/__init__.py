"""Lines, and the messages that they carry."""
