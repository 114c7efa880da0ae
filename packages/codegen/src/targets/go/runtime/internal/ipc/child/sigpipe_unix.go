//go:build unix

package child

import (
	"os"
	"os/signal"
	"syscall"
)

// keepPipeErrors makes a write that nobody reads an error instead of the end of the program, without making the programs
// that this one starts deaf to SIGPIPE.
func keepPipeErrors() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }
