package peer

import (
	"errors"
	"fmt"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

// Item sends an item of a stream; it waits while the window is full. It returns an error if the item was not sent: the
// call was cancelled or answered, or the item does not match the contract.
func (in *Incoming) Item(write func(w *jsontree.Writer) error) error {
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	if err := write(w); err != nil {
		return in.notSent(err)
	}
	alone := wire.BorrowWriter()
	defer wire.ReturnWriter(alone)
	wire.BeginItems(alone, in.id)
	size := len(alone.Out) + len(w.Out) + len(wire.EndItems) - 1
	if limit := in.peer.options.MaxMessageBytes; size > limit {
		return tooLarge(in.name, fmt.Sprintf("An item of %s was not sent", in.name), size, limit)
	}
	if err := in.sendInWindow(alone.Out, w.Out); err != nil {
		return err
	}
	in.peer.output.nudge()
	in.peer.output.waitForRoom()
	return nil
}

func (in *Incoming) notSent(err error) error {
	var fault *ipc.InvalidValueError
	if !errors.As(err, &fault) {
		return err
	}
	text := fmt.Sprintf("An item of %s was not sent: it does not fit the contract: item", in.name)
	return misfit(ipc.KindInvalidItem, in.name, text, fault)
}

func (in *Incoming) sendInWindow(head, value []byte) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.window == nil {
		in.window = &wire.SendWindow{Unlimited: in.peer.hasInputEnded()}
		in.changed = make(chan struct{}, 1)
	}
	for !in.isOver() && !in.window.IsOpen() {
		in.mu.Unlock()
		<-in.changed
		in.mu.Lock()
	}
	if in.isOver() {
		// The next goroutine that waits must notice it too.
		in.wake()
		return &ipc.Error{Kind: ipc.KindCancelled, Method: in.name, Message: in.name + " was cancelled"}
	}
	in.window.Sent(len(value))
	in.peer.output.appendItem(in, head, value)
	if in.window.IsOpen() {
		in.wake()
	}
	return nil
}

// Progress sends a progress report. It never waits: reports are dropped while the output is full. It returns an error
// if the report does not match the contract.
func (in *Incoming) Progress(write func(w *jsontree.Writer) error) error {
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	wire.BeginProgress(w, in.id)
	if err := write(w); err != nil {
		var fault *ipc.InvalidValueError
		if errors.As(err, &fault) {
			return misfit(ipc.KindInvalidItem, in.name, fmt.Sprintf("A progress report of %s was not sent: it does not fit the contract: progress", in.name), fault)
		}
		return err
	}
	wire.EndParams(w)
	if limit := in.peer.options.MaxMessageBytes; len(w.Out) > limit+1 {
		return tooLarge(in.name, fmt.Sprintf("A progress report of %s was not sent", in.name), len(w.Out)-1, limit)
	}
	if in.peer.output.isFull() {
		return nil
	}
	in.mu.Lock()
	if !in.isOver() {
		in.peer.output.append(w.Out)
	}
	in.mu.Unlock()
	in.peer.output.nudge()
	return nil
}

// credit notes that items were consumed.
func (in *Incoming) credit(items int64) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.window != nil {
		in.window.Credit(items)
		in.wake()
	}
}

// openWindow lets items flow as fast as the output accepts them.
func (in *Incoming) openWindow() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.window != nil {
		in.window.Unlimited = true
		in.wake()
	}
}

// wake makes a producer check the window again; in.mu is held.
func (in *Incoming) wake() {
	if in.changed == nil {
		return
	}
	select {
	case in.changed <- struct{}{}:
	default:
	}
}
