//go:build !race

// The race detector's own work stands between a handler's call and its first statement.

package peer

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
)

func TestHandlersStartInTheOrderOfArrival(t *testing.T) {
	// The collector and other processors may stop a handler between its call and its first statement.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	const count = 1000
	var started atomic.Int64
	var late atomic.Int64
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"note": func(_ context.Context, call *Incoming) error {
			if number, _ := call.id.Number(); started.Add(1) != number {
				late.Add(1)
			}
			return call.AnswerNothing()
		},
	})
	host := peerWith(nil)
	pair(t, host, child)
	calls := make([]*outgoing, count)
	for i := range calls {
		calls[i] = host.start(context.Background(), "note", nil, nil, nil)
	}
	for _, call := range calls {
		if err := call.finish(nil); err != nil {
			t.Fatal(err)
		}
	}
	if late.Load() != 0 {
		t.Fatalf("%d of %d handlers started out of turn", late.Load(), count)
	}
}
