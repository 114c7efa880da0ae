package peer

import (
	"context"
	"fmt"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

// issues returns the data of an error about an invalid value.
func issues(fault *ipc.InvalidValueError) []byte {
	w := jsontree.Writer{}
	w.Raw(`{"issues":[{"path":`)
	w.Quoted(fault.Path)
	w.Raw(`,"message":`)
	w.Quoted(fault.Message)
	w.Raw(`}]}`)
	return w.Out
}

// misfit returns the error for a value that does not match the contract.
func misfit(kind ipc.Kind, method, text string, fault *ipc.InvalidValueError) *ipc.Error {
	return &ipc.Error{Kind: kind, Method: method, Message: text + fault.Sentence(), Data: issues(fault), Cause: fault}
}

// abandoned returns the error of a call whose context has ended.
func (c *outgoing) abandoned() *ipc.Error {
	cause := context.Cause(c.ctx)
	if c.ctx.Err() != context.DeadlineExceeded {
		return &ipc.Error{Kind: ipc.KindCancelled, Method: c.method, Message: c.method + " was cancelled", Cause: cause}
	}
	failure := &ipc.Error{Kind: ipc.KindTimeout, Method: c.method, Message: c.method + " was not answered in time; it was cancelled", Cause: cause}
	p := c.peer
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case c.number == 0:
		failure.Message = c.method + " was not sent: its time had run out before"
	case c.isHeld && p.phase == isStarting:
		failure.Message = c.method + " was not answered in time: it was not sent, because OnStart has not returned"
	case c.isHeld:
		failure.Message = c.method + " was not answered in time: it was not sent, because the other side has not said which contract it has"
	}
	if !p.hasHeard.Load() && p.options.OnSilence != nil && c.number != 0 {
		failure.Exit = p.options.OnSilence()
		failure.Message += "; it has sent no message yet: " + failure.Exit.String()
	}
	return failure
}

func tooLarge(method, what string, bytes, limit int) *ipc.Error {
	text := fmt.Sprintf("%s: its message has %d bytes, the limit is %d (MaxMessageBytes)", what, bytes, limit)
	return &ipc.Error{Kind: ipc.KindMessageTooLarge, Method: method, Message: text}
}

func stopped(method string) error {
	return &ipc.Error{Kind: ipc.KindStopped, Method: method, Message: method + " was not answered: the client was stopped"}
}

func notRunning(method string) error {
	return &ipc.Error{Kind: ipc.KindStopped, Method: method, Message: method + " was not sent: the client is stopped"}
}

// queueFull returns the error of a call for which there is no room.
func (p *Peer) queueFull(method string) error {
	text := fmt.Sprintf("%s was not sent: %d bytes wait for the other side already, the limit is %d (MaxQueuedBytes); make fewer calls at once, or raise it",
		method, p.QueuedBytes(), p.options.MaxQueuedBytes)
	return &ipc.Error{Kind: ipc.KindQueueFull, Method: method, Message: text}
}
