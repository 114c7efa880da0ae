package peer

import (
	"context"
)

// phase is how far the start of the other side has come, which calls wait for.
type phase uint8

const (
	isReady     phase = iota
	isVerifying       // its contract is not known yet
	isStarting        // the user's code prepares it
)

// heldCall is a call that waits for the start.
type heldCall struct {
	call *outgoing
	line []byte
}

// holds reports whether a call has to wait; p.mu is held. Whoever prepares the other side waits for nothing then, nor do
// the handlers that it calls meanwhile.
func (p *Peer) holds(ctx context.Context, name string) bool {
	switch p.phase {
	case isVerifying:
		return name != "rpc.contract" && name != "rpc.discover"
	case isStarting:
		return ctx.Value(peerKey{}) != p
	default:
		return false
	}
}

// BeginStart is called when the contract is verified. It returns the context for the user's code that prepares the other
// side.
func (p *Peer) BeginStart() context.Context {
	p.release(isStarting)
	return p.ctx
}

// SendHeld sends the calls that have waited, in order, except those that were cancelled.
func (p *Peer) SendHeld() { p.release(isReady) }

func (p *Peer) release(next phase) {
	p.mu.Lock()
	p.phase = next
	held := p.held
	p.held, p.heldBytes = nil, 0
	for _, each := range held {
		if p.holds(each.call.ctx, each.call.method) {
			p.held = append(p.held, each)
			p.heldBytes += len(each.line)
			continue
		}
		each.call.isHeld = false
		if p.calls[each.call.number] == each.call {
			each.call.end = p.output.append(each.line)
		}
	}
	p.mu.Unlock()
	p.output.nudge()
}

// HeldCalls returns how many calls wait for the start.
func (p *Peer) HeldCalls() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	count := 0
	for _, each := range p.held {
		if p.calls[each.call.number] == each.call {
			count++
		}
	}
	return count
}
