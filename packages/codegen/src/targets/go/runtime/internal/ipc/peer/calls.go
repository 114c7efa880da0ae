package peer

import (
	"bytes"
	"context"
	"errors"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

// Call calls a method of the other side and waits for its result. If write is nil, the method has no params; if read is
// nil, it has no result.
func (p *Peer) Call(
	ctx context.Context,
	name string,
	write func(w *jsontree.Writer) error,
	read func(result *jsontree.Node) error,
	known map[int64]ErrorReader,
	progress func(value *jsontree.Node) error,
) error {
	call := p.start(ctx, name, write, known, progress)
	call.dropItems()
	return call.finish(read)
}

// Notify sends a notification. The context says what it carries beside its params, as that of a call does.
func (p *Peer) Notify(ctx context.Context, name string, write func(w *jsontree.Writer) error) error {
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	if err := p.writeFor(ctx, w, wire.ID{}, name, write); err != nil {
		return err
	}
	if err := p.refuses(name, true); err != nil {
		return err
	}
	p.output.append(w.Out)
	p.output.nudge()
	p.output.waitForRoom()
	return nil
}

// SendLine sends a line that is not a message.
func (p *Peer) SendLine(text string) error {
	if err := p.refuses("The line", true); err != nil {
		return err
	}
	if p.options.Headers {
		return errors.New("a program whose messages have headers reads no lines")
	}
	p.output.append(append([]byte(text), '\n'))
	p.output.nudge()
	p.output.waitForRoom()
	return nil
}

// Ping waits for a sign of life, which the other side gives even while all its handlers are busy.
func (p *Peer) Ping(ctx context.Context) error {
	call := p.start(ctx, "rpc.ping", nil, nil, nil)
	return call.finish(nil)
}

// start sends a call. If that fails, the call is settled with the reason.
func (p *Peer) start(
	ctx context.Context,
	name string,
	write func(w *jsontree.Writer) error,
	known map[int64]ErrorReader,
	progress func(value *jsontree.Node) error,
) *outgoing {
	call := &outgoing{peer: p, ctx: ctx, method: name, known: known, progress: progress, signal: make(chan struct{}, 1)}
	if ctx.Err() != nil {
		call.settle(nil, call.abandoned())
		return call
	}
	p.mu.Lock()
	p.lastNumber++
	call.number = p.lastNumber
	p.mu.Unlock()
	if f := p.contract.Foreign; f != nil && f.Progress != "none" && progress != nil {
		write = f.withToken(call, write)
	}
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	if err := p.writeFor(ctx, w, wire.NumberID(call.number), name, write); err != nil {
		call.settle(nil, err)
		return call
	}
	p.mu.Lock()
	refusal := p.refusal
	isAlone, writes := len(p.calls) == 0, false
	if refusal == nil && (p.heldBytes > p.options.MaxQueuedBytes || p.output.isLong.Load() && p.output.size() > p.options.MaxQueuedBytes) {
		refusal = p.queueFull
	}
	switch {
	case refusal != nil:
	case p.holds(ctx, name):
		p.calls[call.number] = call
		call.isHeld = true
		p.held = append(p.held, heldCall{call, bytes.Clone(w.Out)})
		p.heldBytes += len(w.Out)
	default:
		p.calls[call.number] = call
		// Under the lock, so that calls arrive in the order of their numbers.
		call.end = p.output.append(w.Out)
		// The caller writes only what does not make it wait, whatever the other side does: its context may end.
		writes = isAlone && call.end-p.readUpTo <= roomOfPipe
	}
	p.mu.Unlock()
	switch {
	case refusal != nil:
		call.settle(nil, refusal(name))
	case writes:
		// There is nothing else to send with it.
		p.output.flush()
	default:
		p.output.nudge()
	}
	return call
}

// writeFor writes a request or notification, and checks whether it can be sent.
func (p *Peer) writeFor(
	ctx context.Context,
	w *jsontree.Writer,
	id wire.ID,
	name string,
	write func(w *jsontree.Writer) error,
) error {
	wire.BeginCall(w, id, name)
	if err := p.writeExtras(ctx, w, name); err != nil {
		return err
	}
	if err := wire.EndCall(w, write); err != nil {
		var fault *ipc.InvalidValueError
		if errors.As(err, &fault) {
			return misfit(ipc.KindInvalidParams, name, name+" was not sent: params", fault)
		}
		return err
	}
	if len(w.Out) > p.options.MaxMessageBytes+1 {
		return tooLarge(name, name+" was not sent", len(w.Out)-1, p.options.MaxMessageBytes)
	}
	return nil
}

// refuses returns an error if nothing more can be sent. A child may still send notifications when its input has ended.
func (p *Peer) refuses(name string, isToldOnly bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refusal == nil || isToldOnly && !p.options.IsHost {
		return nil
	}
	return p.refusal(name)
}

// abandon cancels the call on the other side.
func (p *Peer) abandon(call *outgoing) {
	p.mu.Lock()
	_, isOpen := p.calls[call.number]
	delete(p.calls, call.number)
	p.mu.Unlock()
	if isOpen {
		p.sendCancel(call)
	}
}

func (p *Peer) sendCancel(call *outgoing) {
	p.mu.Lock()
	isPointless := call.isHeld || p.inputEnded
	p.mu.Unlock()
	if isPointless {
		return
	}
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	if f := p.contract.Foreign; f == nil {
		wire.WriteCancel(w, call.number)
	} else if !f.writeCancel(w, call) {
		return
	}
	p.answerNow(w)
}

func (p *Peer) sendCredit(number int64, items int) {
	if items > 0 && p.contract.Foreign == nil && !p.hasInputEnded() {
		w := wire.BorrowWriter()
		defer wire.ReturnWriter(w)
		wire.WriteCredit(w, number, items)
		p.answerNow(w)
	}
}
