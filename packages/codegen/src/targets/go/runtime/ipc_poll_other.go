//go:build !linux

package simpleipc

// hasReader says whether somebody still reads what is written: a write that fails says no, and closes the output.
func (c *child) hasReader() bool {
	w := borrowWriter()
	defer returnWriter(w)
	w.raw(methodHead + `"$/draining"}` + "\n")
	c.peer.output.append(w.bytes)
	c.peer.output.flush()
	return !c.peer.output.isClosed()
}
