package ipc

import (
	"context"
	"io"
	"time"
)

// Framing is how messages are told apart on a stream.
type Framing string

const (
	// Lines has one message in each line.
	Lines Framing = "lines"
	// Headers has a Content-Length before each message, as language servers do.
	Headers Framing = "headers"
)

// SpawnOptions configure how a program is started and run. Spawn takes at most one; the zero value is what it uses
// without.
type SpawnOptions struct {
	// Dir is the working directory; if empty, that of this program.
	Dir string
	// Env is the environment, as name=value; if nil, that of this program.
	Env []string
	// Framing is how messages are told apart: Lines, or Headers as language servers have them. Default: lines.
	Framing Framing
	// OnLine is called with each line of the program's stdout that is not a message, one at a time and in order with its
	// messages.
	OnLine func(line string)
	// OnStderr is called with each line of the program's stderr.
	OnStderr func(line string)
	// Stderr receives the program's stderr; if nil, this program's stderr does. Use io.Discard to discard it. The last
	// lines are kept in any case, for the exit report.
	Stderr io.Writer
	// InputGrace is how long the program has to exit after its input is closed, before SIGTERM. Default: 2 s.
	InputGrace time.Duration
	// TermGrace is how long it has to exit after SIGTERM, before SIGKILL. Default: 2 s.
	TermGrace time.Duration
	// StartTimeout is how long the program may take to report its contract. Default: no limit, but after 5 s a line on
	// stderr says what is being waited for.
	StartTimeout time.Duration
	// SkipVerification skips asking the program for its contract. It is for programs that do not answer unknown requests;
	// those of a contract that is foreign are never asked.
	SkipVerification bool
	// OnStart is called when the program has reported its contract, before any other call is sent: to load a model, or to
	// greet a language server. Its context, and that of a handler, is what its own calls are made with: ChildFrom(ctx)
	// has the client. Calls with other contexts wait until it has returned. If it returns an error, the start has failed:
	// those calls fail with that error inside, and the program is stopped.
	OnStart func(ctx context.Context) error
	// MaxMessageBytes is the size of the largest message that is accepted or sent. Default: 64 MiB.
	MaxMessageBytes int
	// MaxQueuedBytes limits the unread items of one stream. It also limits the program's notifications and lines that wait
	// for their handlers: reading pauses until there are fewer. And it limits what waits for a program that does not read:
	// further calls fail with KindQueueFull, and a program that goes on asking is stopped. Default: 64 MiB.
	MaxQueuedBytes int
	// OnError is called with each failure of a handler or callback, a *HandlerError: a panic, or an error that the contract
	// does not declare. It may be called from several goroutines at once. If nil, the failure is written to stderr, with
	// its stack.
	OnError func(err error)
	// OnProtocolError is called with each protocol violation of the program, in one sentence. If nil, values that do not match
	// the contract are reported on stderr.
	OnProtocolError func(message string)
	// Meta is asked at each call and notification what it tells the program of its caller, for tracers and logs: at most 8 KiB as
	// JSON. It is sent beside the params, with what a handler's call passes on. The context is that of the call; of a
	// notification, the one from which its client was made. See WithMeta. Nothing is sent to programs of a contract that is
	// foreign.
	Meta func(ctx context.Context) map[string]string
	// Debug sends the stacks of failing handlers to their callers, as data.stack of the error, and lets no StartTimeout expire. It
	// is on if the environment has SIMPLE_IPC_DEBUG=1.
	Debug bool
}

// ServeOptions configure how a child serves its host. Serve takes at most one; the zero value is what it uses without.
type ServeOptions struct {
	// OnStart is called before the first message is handled; HostFrom(ctx) has the host. Nothing is read before it returns:
	// calls whose answers are waited for belong in a goroutine. If it returns an error, Serve returns that.
	OnStart func(ctx context.Context) error
	// OnLine is called with each line of the host that is not a message, one at a time and in order with its messages.
	// If nil, such lines are answered with an error if they look like JSON, and copied to stderr otherwise.
	OnLine func(line string)
	// MaxMessageBytes is the size of the largest message that is accepted or sent. Default: 64 MiB.
	MaxMessageBytes int
	// MaxQueuedBytes limits the unread items of one stream of the host. It also limits its notifications and lines that
	// wait for their handlers, and the answers to a host that does not read: reading pauses until there are fewer.
	// Further calls of such a host fail with KindQueueFull. Default: 64 MiB.
	MaxQueuedBytes int
	// OnError is called with each failure of a handler or callback, a *HandlerError: a panic, or an error that the contract
	// does not declare. It may be called from several goroutines at once. If nil, the failure is written to stderr, with
	// its stack.
	OnError func(err error)
	// OnProtocolError is called with each protocol violation of the host, in one sentence. If nil, values that do not match
	// the contract are reported on stderr.
	OnProtocolError func(message string)
	// Meta is asked at each call and notification what it tells the host of its caller, for tracers and logs: at most 8 KiB as
	// JSON. It is sent beside the params, with what a handler's call passes on. The context is that of the call; of a
	// notification, the one from which its client was made. See WithMeta.
	Meta func(ctx context.Context) map[string]string
	// Debug sends the stacks of failing handlers to their callers, as data.stack of the error. It
	// is on if the environment has SIMPLE_IPC_DEBUG=1.
	Debug bool
}

// CallOptions configure one call of a method that reports progress of type P.
type CallOptions[P any] struct {
	// OnProgress is called with each progress report, while the call, or the stream that it returned, is waited for.
	OnProgress func(progress P)
}
