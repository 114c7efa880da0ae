//go:build unix

package child

import (
	"os"
	"os/signal"
	"syscall"
)

// keepPipeErrors makes a write to a closed pipe fail instead of killing the program. The programs that this one starts
// still receive SIGPIPE.
func keepPipeErrors() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }
