"""Calls as their callers see them."""
