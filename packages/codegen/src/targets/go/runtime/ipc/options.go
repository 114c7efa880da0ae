package ipc

import (
	"io"
	"time"
)

// SpawnOptions change how a program is started and driven. The zero value is the usual way.
type SpawnOptions struct {
	// Dir is the working directory; empty is that of this program.
	Dir string
	// Env is the environment, as name=value; nil is that of this program.
	Env []string
	// OnLine gets the lines of the program that are no messages, one at a time and in order with everything else.
	OnLine func(line string)
	// OnStderr gets each line of the program's stderr.
	OnStderr func(line string)
	// Stderr is where the program's stderr is passed on to; nil is this program's stderr, io.Discard is nowhere. Its
	// last lines are kept in any case, for the report of an early end.
	Stderr io.Writer
	// InputGrace is how long a program has to end after its input was closed, before SIGTERM; 0 is 2 s.
	InputGrace time.Duration
	// TermGrace is how long it has after SIGTERM, before SIGKILL; 0 is 2 s.
	TermGrace time.Duration
	// StartTimeout is how long the program may take to say which contract it has; 0 is for ever. After 5 s a line on
	// stderr says what is waited for.
	StartTimeout time.Duration
	// SkipVerification is for programs that do not answer requests they do not know: they are not asked for their
	// contract.
	SkipVerification bool
	// MaxMessageBytes is the longest message that is taken or sent; 0 is 64 MiB.
	MaxMessageBytes int
	// MaxQueuedBytes is how much of one stream may wait unread, and how much of the program's notifications and lines may
	// wait for their handlers before it has to wait; 0 is 64 MiB.
	MaxQueuedBytes int
	// Debug prints the stack of a handler that panics to stderr.
	Debug bool
}

// ServeOptions change how a child answers. The zero value is the usual way.
type ServeOptions struct {
	// OnLine gets the lines of the host that are no messages, one at a time and in order with everything else. Without
	// it they are answered with an error if they look like JSON, and copied to stderr if not.
	OnLine func(line string)
	// MaxMessageBytes is the longest message that is taken or sent; 0 is 64 MiB.
	MaxMessageBytes int
	// MaxQueuedBytes is how much of one stream of the host may wait unread, and how much of its notifications and lines
	// may wait for their handlers before it has to wait; 0 is 64 MiB.
	MaxQueuedBytes int
	// Debug prints the stack of a handler that panics to stderr.
	Debug bool
}
