//go:build unix

package host

import (
	"context"
	"errors"
	"io"
	"sync"
	"testing"

	"simpleipc/ipc"
)

// Run with the race detector, this is about more than what it looks at.
func TestAStormOfCallsMeetsTheDeathOfItsProgram(t *testing.T) {
	for _, how := range []string{"exit", "kill", "stop"} {
		for range 3 {
			w := spawnSelf(t, func(o *ipc.SpawnOptions) {
				o.Stderr = io.Discard
				o.OnLine, o.OnStderr = func(string) {}, func(string) {}
			})
			if _, err := askFor(w, "double", 1); err != nil {
				t.Fatal(err)
			}
			var callers sync.WaitGroup
			for caller := range 8 {
				callers.Add(1)
				go func() {
					defer callers.Done()
					for n := int64(0); ; n++ {
						if err := callOnce(w, caller, n); err != nil {
							expectEnd(t, err)
							return
						}
						_ = w.Report()
					}
				}()
			}
			end(t, w, how)
			callers.Wait()
			<-w.Done()
		}
	}
}

// callOnce calls in one of the ways in which a program is called.
func callOnce(w *worker, caller int, n int64) error {
	switch caller % 4 {
	case 0:
		stream := begin(context.Background(), w, "count")
		for stream.Next() {
			_ = stream.Item()
		}
		_, err := stream.Result()
		return err
	case 1:
		return w.peer.Notify(context.Background(), "note", nil)
	case 2:
		return w.Ping(context.Background())
	default:
		_, err := askFor(w, "double", n)
		return err
	}
}

func end(t *testing.T, w *worker, how string) {
	switch how {
	case "exit":
		if _, err := askFor(w, "exit", 3); err == nil {
			t.Error("it has not exited")
		}
	case "kill":
		w.sendSignal(9)
	default:
		go func() { _, _ = w.Stop(context.Background()) }()
		if _, err := w.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

func expectEnd(t *testing.T, err error) {
	var failure *ipc.Error
	if !errors.As(err, &failure) || failure.Kind != ipc.KindWorkerExited && failure.Kind != ipc.KindStopped && failure.Code != ipc.CodeShuttingDown {
		t.Error(err)
	}
	_ = failure.Error()
}
