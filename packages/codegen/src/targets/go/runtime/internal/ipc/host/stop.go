package host

import (
	"fmt"
	"syscall"
	"time"

	"simpleipc/internal/ipc/process"
	"simpleipc/ipc"
)

const (
	defaultGrace = 2 * time.Second
	// killGrace is how long SIGKILL takes at most: after that the process is stuck in the kernel, or belongs to another
	// user.
	killGrace = 5 * time.Second
)

// Stop stops the program: it answers its open requests, cancels the calls in flight, closes its input, then sends
// SIGTERM and finally SIGKILL to its group. When it returns, no process of the group is left.
func (w *worker) Stop() (*ipc.ExitReport, error) {
	w.mu.Lock()
	w.isStopping = true
	w.mu.Unlock()
	w.peer.ShutDown()
	go func() {
		w.peer.FinishOutput()
		_ = w.stdin.Close()
	}()
	if !w.climb() {
		return nil, &ipc.Error{
			Kind:    ipc.KindStopFailed,
			Message: fmt.Sprintf("process %d is alive after SIGKILL: it waits inside the system, or belongs to another user", w.pid),
		}
	}
	<-w.closed
	_ = process.GroupGone(w.pid)
	return w.Report(), nil
}

// Close stops the program, like Stop, without returning the report.
func (w *worker) Close() error {
	_, err := w.Stop()
	return err
}

// climb takes the steps of the stop one after the other; it returns true when the program has exited.
func (w *worker) climb() bool {
	if w.exitsWithin(orGrace(w.options.InputGrace)) {
		return true
	}
	w.sendSignal(process.Terminate)
	if w.exitsWithin(orGrace(w.options.TermGrace)) {
		return true
	}
	w.sendSignal(process.Kill)
	return w.exitsWithin(killGrace)
}

func orGrace(grace time.Duration) time.Duration {
	if grace > 0 {
		return grace
	}
	return defaultGrace
}

// sendSignal sends a signal to the group, unless it is gone.
func (w *worker) sendSignal(signal syscall.Signal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.isGone {
		_ = process.SignalGroup(w.pid, signal)
	}
}
