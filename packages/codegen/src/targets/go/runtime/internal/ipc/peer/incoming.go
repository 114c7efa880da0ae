package peer

import (
	"context"
	"sync"
	"time"

	"simpleipc/internal/ipc/carried"
	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

type requestState uint8

const (
	isQueued requestState = iota
	isRunning
	isAnswered
)

// Incoming is a request of the other side, from its arrival to its answer. It is also the context of its handler,
// because most handlers need no more than that; what few of them use is created on demand.
type Incoming struct {
	// Params is never nil: if absent, it is an empty object or array.
	Params *jsontree.Node

	peer   *Peer
	id     wire.ID
	name   string
	method *Method
	size   int
	turn   *requestTurn // until the handler begins
	*extras

	mu        sync.Mutex
	state     requestState
	cancelled bool
	window    *wire.SendWindow
	changed   chan struct{} // wakes a producer that waits for credit
	done      chan struct{}
	after     map[*func()]struct{}
}

type peerKey struct{}

// From returns the peer for the context of a handler.
func From(ctx context.Context) *Peer {
	peer, ok := ctx.Value(peerKey{}).(*Peer)
	if !ok {
		panic("simple-ipc: this context is not that of a handler, nor made from one")
	}
	return peer
}

// ---- the handler's context

// Deadline returns none: the caller cancels the call when it no longer waits.
func (in *Incoming) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }

// Done returns a channel that is closed when the call is cancelled or answered.
func (in *Incoming) Done() <-chan struct{} {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.done == nil {
		in.done = make(chan struct{})
		if in.isOver() {
			close(in.done)
		}
	}
	return in.done
}

// Err returns context.Canceled when the call is cancelled or answered.
func (in *Incoming) Err() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.isOver() {
		return context.Canceled
	}
	return nil
}

// Value returns the peer and the message for their keys, and for others what the context of Spawn or Serve has.
func (in *Incoming) Value(key any) any {
	switch key {
	case peerKey{}:
		return in.peer
	case carried.Key{}:
		return in
	default:
		return in.peer.ctx.Value(key)
	}
}

// AfterFunc saves contexts that are derived from this one a goroutine.
func (in *Incoming) AfterFunc(f func()) (stop func() bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.isOver() {
		go f()
		return func() bool { return false }
	}
	if in.after == nil {
		in.after = map[*func()]struct{}{}
	}
	in.after[&f] = struct{}{}
	return func() bool {
		in.mu.Lock()
		defer in.mu.Unlock()
		_, isWaiting := in.after[&f]
		delete(in.after, &f)
		return isWaiting
	}
}

func (in *Incoming) isOver() bool { return in.cancelled || in.state == isAnswered }

// tell wakes those who wait for the end of the context; in.mu is held.
func (in *Incoming) tell() {
	if in.done != nil {
		select {
		case <-in.done:
		default:
			close(in.done)
		}
	}
	for f := range in.after {
		go (*f)()
	}
	in.after = nil
	in.wake()
}

// ---- the goroutine that reads

// cancel notes that the caller no longer waits.
func (in *Incoming) cancel() {
	in.mu.Lock()
	if in.isOver() {
		in.mu.Unlock()
		return
	}
	in.cancelled = true
	wasQueued := in.state == isQueued
	if wasQueued {
		in.state = isAnswered
	}
	in.tell()
	in.mu.Unlock()
	if wasQueued {
		if in.isAnsweredIfCancelled() {
			in.peer.refuse(in.id, ipc.CodeRequestCancelled, wasCancelled, nil)
		}
		in.peer.answered(in, true)
	}
}

// shutDown answers at once, because this side is stopping.
func (in *Incoming) shutDown() {
	in.mu.Lock()
	wasQueued, wasAnswered := in.state == isQueued, in.state == isAnswered
	in.cancelled = true
	in.state = isAnswered
	in.tell()
	in.mu.Unlock()
	if !wasAnswered {
		in.peer.refuse(in.id, ipc.CodeShuttingDown, "This peer is stopping", nil)
		in.peer.answered(in, wasQueued)
	}
}

// isAnsweredIfCancelled reports whether the caller expects an answer although it has cancelled the call.
func (in *Incoming) isAnsweredIfCancelled() bool {
	foreign := in.peer.contract.Foreign
	return foreign == nil || foreign.AnswersCancelled
}

const wasCancelled = "The call was cancelled"

// ---- the handler's goroutine

// begin notes that the handler starts; it returns false if the call was cancelled before.
func (in *Incoming) begin() bool {
	in.mu.Lock()
	isWanted := in.state == isQueued
	if isWanted {
		in.state = isRunning
	}
	in.mu.Unlock()
	if isWanted {
		in.peer.running.Add(1)
		in.peer.started(in)
	}
	return isWanted
}

// Begin is called right before the user's handler: from now on later handlers may start.
func (in *Incoming) Begin() {
	if turn := in.turn; turn != nil {
		in.turn = nil
		turn.pass()
	}
}

// run calls the handler, and returns when the answer has been queued.
func (in *Incoming) run() {
	defer in.peer.running.Add(-1)
	hasAnswered := false
	defer func() {
		if !hasAnswered {
			in.ended(recover())
		}
	}()
	if err := in.method.Handle(in, in); err != nil {
		in.fail(err)
	}
	hasAnswered = true
}

// ended answers when the handler has panicked or, if there is no value, ended its goroutine.
func (in *Incoming) ended(value any) {
	hasAnswered := false
	defer func() {
		if !hasAnswered {
			// The value's own methods have ended the goroutine.
			_ = recover()
			in.answerError(ipc.CodeInternalError, "the handler of "+in.name+" failed", nil)
		}
		if value == nil || !hasAnswered {
			// The goroutine does not return to pass the turn on, or to write.
			in.Begin()
			in.peer.output.nudge()
		}
	}()
	in.fail(panicked(value))
	hasAnswered = true
}
