package host

import (
	"context"
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
// SIGTERM and finally SIGKILL to its group. When the context ends, SIGKILL is sent without waiting any longer. When Stop
// returns, no process of the group is left.
func (w *worker) Stop(ctx context.Context) (*ipc.ExitReport, error) {
	w.mu.Lock()
	w.isStopping = true
	w.mu.Unlock()
	w.peer.ShutDown()
	go func() {
		w.peer.FinishOutput()
		_ = w.stdin.Close()
	}()
	if !w.climb(ctx) {
		return nil, &ipc.Error{
			Kind:    ipc.KindStopFailed,
			Message: fmt.Sprintf("process %d is alive after SIGKILL: it waits inside the system, or belongs to another user", w.pid),
		}
	}
	<-w.closed
	_ = process.GroupGone(w.pid)
	return w.Report(), nil
}

// Close stops the program, like Stop with a context that does not end, without returning the report.
func (w *worker) Close() error {
	_, err := w.Stop(context.Background())
	return err
}

// stopWith stops the program when the context ends.
func (w *worker) stopWith(ctx context.Context) {
	select {
	case <-ctx.Done():
		_ = w.Close()
	case <-w.closed:
	}
}

// climb takes the steps of the stop one after the other; it returns true when the program has exited. When the context
// ends, the last step is next.
func (w *worker) climb(ctx context.Context) bool {
	if w.exitsDuring(ctx, orGrace(w.options.InputGrace)) {
		return true
	}
	if ctx.Err() == nil {
		w.sendSignal(process.Terminate)
		if w.exitsDuring(ctx, orGrace(w.options.TermGrace)) {
			return true
		}
	}
	w.sendSignal(process.Kill)
	return w.exitsWithin(killGrace)
}

// exitsDuring waits for the exit, for this long and while the context lasts.
func (w *worker) exitsDuring(ctx context.Context, grace time.Duration) bool {
	limited, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	select {
	case <-w.exited:
		return true
	case <-limited.Done():
		return false
	}
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
