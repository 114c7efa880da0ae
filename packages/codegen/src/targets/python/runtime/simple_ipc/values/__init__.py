"""Reads and writes values, and says what is wrong with them."""
