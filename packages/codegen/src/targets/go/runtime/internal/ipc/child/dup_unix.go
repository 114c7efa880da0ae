//go:build unix && !linux

package child

import (
	"syscall"
	"time"
)

func redirect(from, to int) error { return syscall.Dup2(from, to) }

// waitFor waits briefly for a descriptor that another process has made non-blocking.
func waitFor(int, bool) { time.Sleep(time.Millisecond) }
