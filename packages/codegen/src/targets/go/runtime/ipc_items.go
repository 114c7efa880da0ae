package simpleipc

import (
	"errors"
	"fmt"
)

// Item sends an item of a stream; it waits while the window is full. An error means that the item was not sent: the
// call is cancelled or answered, or the item does not fit.
func (in *incoming) Item(write func(w *writer) error) error {
	w := borrowWriter()
	defer returnWriter(w)
	w.raw(methodHead + `"$/item","params":{"id":`)
	in.id.write(w)
	w.raw(`,"value":`)
	if err := write(w); err != nil {
		return in.notSent(err)
	}
	w.raw("}}\n")
	if limit := in.peer.maxMessageBytes; len(w.bytes) > limit+1 {
		return tooLarge(fmt.Sprintf("An item of %s was not sent", in.name), len(w.bytes)-1, limit)
	}
	if err := in.sendInWindow(w.bytes); err != nil {
		return err
	}
	in.peer.output.nudge()
	in.peer.output.waitForRoom()
	return nil
}

func (in *incoming) notSent(err error) error {
	var fault *InvalidValueError
	if !errors.As(err, &fault) {
		return err
	}
	text := fmt.Sprintf("An item of %s was not sent: it does not fit the contract: item", in.name)
	return misfit(KindInvalidItem, text, fault)
}

func (in *incoming) sendInWindow(line []byte) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.window == nil {
		in.window = &sendWindow{unlimited: in.peer.hasInputEnded()}
		in.changed = make(chan struct{}, 1)
	}
	for !in.isOver() && !in.window.isOpen() {
		in.mu.Unlock()
		<-in.changed
		in.mu.Lock()
	}
	if in.isOver() {
		// The next one that waits has to learn it too.
		in.wake()
		return &Error{Kind: KindCancelled, Message: in.name + " was cancelled"}
	}
	in.window.sent(len(line) - 1)
	in.peer.output.append(line)
	if in.window.isOpen() {
		in.wake()
	}
	return nil
}

// Progress tells how far the call is. It never waits: a report that finds the way full is left out. An error means that
// the report does not fit the contract.
func (in *incoming) Progress(write func(w *writer) error) error {
	w := borrowWriter()
	defer returnWriter(w)
	w.raw(methodHead + `"$/progress","params":{"token":`)
	in.id.write(w)
	w.raw(`,"value":`)
	if err := write(w); err != nil {
		var fault *InvalidValueError
		if errors.As(err, &fault) {
			return fmt.Errorf("the progress of %s does not fit the contract: progress%s %s", in.name, fault.Path, fault.Message)
		}
		return err
	}
	w.raw("}}\n")
	if limit := in.peer.maxMessageBytes; len(w.bytes) > limit+1 {
		return tooLarge(fmt.Sprintf("A progress report of %s was not sent", in.name), len(w.bytes)-1, limit)
	}
	if in.peer.output.isFull() {
		return nil
	}
	in.mu.Lock()
	if !in.isOver() {
		in.peer.output.append(w.bytes)
	}
	in.mu.Unlock()
	in.peer.output.nudge()
	return nil
}

// credit says that so many items were consumed.
func (in *incoming) credit(items int64) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.window != nil {
		in.window.credit(items)
		in.wake()
	}
}

// openWindow lets items flow as fast as the output takes them.
func (in *incoming) openWindow() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.window != nil {
		in.window.unlimited = true
		in.wake()
	}
}

// wake lets a producer look again; in.mu is held.
func (in *incoming) wake() {
	if in.changed == nil {
		return
	}
	select {
	case in.changed <- struct{}{}:
	default:
	}
}
