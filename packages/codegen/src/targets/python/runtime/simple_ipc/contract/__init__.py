"""What generated code says of a contract's members, and comparing two contracts."""
