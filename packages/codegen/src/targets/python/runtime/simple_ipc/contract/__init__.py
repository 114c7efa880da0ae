"""The members of a contract, and comparing two contracts."""
