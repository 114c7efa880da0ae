"""The child's side: a peer over this program's stdin and stdout."""
