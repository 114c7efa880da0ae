package ipc

import "context"

// Worker is a program that was started, together with everything in its process group.
type Worker interface {
	// Pid is the process id, also the number of the group.
	Pid() int
	// Done is closed when the program has ended and every call is settled.
	Done() <-chan struct{}
	// Report tells how the program ended, or how it is doing.
	Report() *ExitReport
	// SendLine sends a line that is no message.
	SendLine(text string) error
	// Ping asks for a sign of life, which a program gives even while all its handlers are busy.
	Ping(ctx context.Context) error
	// Stop ends the program: it answers its open requests, cancels the calls in flight, closes its input, then sends
	// SIGTERM and SIGKILL to its group, waiting after each. When it returns no process of the group is left.
	Stop() (*ExitReport, error)
	// Close stops the program, for those who do not want to know how it ended.
	Close() error
}
