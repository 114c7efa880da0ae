//go:build !linux

package child

// hasReader says whether somebody still reads what is written: a write that fails says no, and closes the output.
func (c *child) hasReader() bool {
	return c.peer.Probe()
}
