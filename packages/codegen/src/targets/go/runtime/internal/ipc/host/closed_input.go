package host

import (
	"fmt"

	"simpleipc/ipc"
)

// watchInput waits until nobody reads the program's input any more. The system reports that as an event that wakes whoever
// waits to read from the pipe's end that is written to, which nothing else does. Where it does not, the next write fails.
// It closes waits when it is sure to notice: what happened before the wait began is forgotten.
func (w *worker) watchInput(waits chan<- struct{}) {
	conn, err := w.stdin.SyscallConn()
	if err != nil {
		close(waits)
		return
	}
	isWaiting := false
	err = conn.Read(func(uintptr) bool {
		if isWaiting {
			return true
		}
		isWaiting = true
		close(waits)
		return false
	})
	if !isWaiting {
		close(waits)
	}
	// An error means that this side has closed it, or that the system cannot wait for it.
	if err == nil {
		w.noteClosedInput()
	}
}

// noteClosedInput is called when nothing can be written any more.
func (w *worker) noteClosedInput() {
	w.noInput.Do(func() {
		_ = w.stdin.Close()
		close(w.inputClosed)
	})
}

// failWithoutInput fails the calls of a program that reads no more but is still running, and stops it.
func (w *worker) failWithoutInput() {
	select {
	case <-w.exited:
		return
	case <-w.inputClosed:
	}
	if !w.exitsWithin(outputGrace) {
		w.peer.FailNow(w.stillRunning("it closed its stdin but is still running: "))
		_ = w.Close()
	}
}

// endDeaf stops a program that goes on asking and does not read the answers.
func (w *worker) endDeaf() {
	report, queued := w.Report(), w.peer.QueuedBytes()
	w.giveUp(func(method string) error {
		text := fmt.Sprintf("%s was not answered: the program goes on asking and does not read: %d bytes wait for it, the limit is %d (MaxQueuedBytes), and was stopped\n%s",
			method, queued, w.peer.MaxQueuedBytes(), report)
		return &ipc.Error{Kind: ipc.KindQueueFull, Method: method, Message: text, Exit: report}
	})
}
