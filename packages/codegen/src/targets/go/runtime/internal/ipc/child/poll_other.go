//go:build !linux

package child

// hasReader reports whether anybody still reads the output: if not, a write fails and closes the output.
func (c *child) hasReader() bool {
	return c.peer.Probe()
}
