package ipc

import "context"

// Worker is a running program, together with everything in its process group.
type Worker interface {
	// Pid returns the process id, which is also the id of the process group.
	Pid() int
	// Done returns a channel that is closed when the program has exited and every call has returned.
	Done() <-chan struct{}
	// Report describes how the program exited, or its current state.
	Report() *ExitReport
	// SendLine sends a line that is not a message.
	SendLine(text string) error
	// Ping waits for a sign of life, which a program gives even while all its handlers are busy.
	Ping(ctx context.Context) error
	// Stop stops the program: it answers its open requests, cancels the calls in flight, closes its input, then sends
	// SIGTERM and finally SIGKILL to its group. When the context ends, SIGKILL is sent without waiting any longer. When
	// Stop returns, no process of the group is left.
	Stop(ctx context.Context) (*ExitReport, error)
	// Close stops the program, like Stop with a context that does not end, without returning the report.
	Close() error
}
