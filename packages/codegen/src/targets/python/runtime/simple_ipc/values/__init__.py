"""Reads, checks and writes values."""
