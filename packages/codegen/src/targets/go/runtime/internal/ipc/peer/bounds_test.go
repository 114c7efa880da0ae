package peer

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

// deaf connects a peer with a side that does not read until it is released.
func deaf(t *testing.T, p *Peer) (release func()) {
	t.Helper()
	gate := make(chan struct{})
	var isOpen atomic.Bool
	release = func() {
		if !isOpen.Swap(true) {
			close(gate)
		}
	}
	p.Connect(func([]byte) error { <-gate; return nil }, func() {})
	t.Cleanup(func() { release(); p.CloseOutput() })
	return release
}

func TestRequestsOfASideThatDoesNotReadAreAnsweredOnlySoFar(t *testing.T) {
	text := strings.Repeat("x", 10_000)
	var answered atomic.Int64
	host := peerWith(map[string]func(context.Context, *Incoming) error{
		"text": func(_ context.Context, call *Incoming) error {
			answered.Add(1)
			return call.Answer(func(w *jsontree.Writer) error { return w.Text(text) })
		},
	})
	host.options.IsHost = true
	release := deaf(t, host)
	before := runtime.NumGoroutine()
	for n := range 5000 {
		host.Receive(fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%d,"method":"text"}`+"\n", n))
	}
	for !host.output.isFull() {
		runtime.Gosched()
	}
	// What would go on has had its chance.
	time.Sleep(50 * time.Millisecond)
	if size, more := host.output.size(), runtime.NumGoroutine()-before; size > 2*fullBytes || more > 50 || answered.Load() > 400 {
		t.Fatal(size, more, answered.Load())
	}
	release()
	for host.IsBusy() {
		time.Sleep(time.Millisecond)
	}
	if answered.Load() != 5000 {
		t.Fatal(answered.Load())
	}
}

func TestAFloodOfWhatIsAnsweredAtOnceIsTold(t *testing.T) {
	host := New(Contract{}, Handlers{}, Options{IsHost: true, MaxQueuedBytes: 100_000})
	var told atomic.Int64
	host.options.OnDeaf = func() { told.Add(1) }
	deaf(t, host)
	for n := 0; told.Load() == 0; n++ {
		host.Receive(fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%d,"method":"rpc.ping"}`+"\n", n))
		if n > 100_000 {
			t.Fatal("nobody is told")
		}
	}
	host.Receive([]byte(`{"jsonrpc":"2.0","id":1,"method":"none"}` + "\n"))
	if told.Load() != 1 {
		t.Fatal(told.Load())
	}
}

func TestAChildReadsNoMoreFromAHostThatDoesNotReadItsAnswers(t *testing.T) {
	child := New(Contract{}, Handlers{}, Options{MaxQueuedBytes: 100_000})
	release := deaf(t, child)
	var read atomic.Int64
	over := make(chan struct{})
	go func() {
		defer close(over)
		for n := range 10_000 {
			child.Receive(fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%d,"method":"none"}`+"\n", n))
			read.Add(1)
		}
	}()
	for child.output.size() < 100_000 {
		runtime.Gosched()
	}
	time.Sleep(20 * time.Millisecond)
	if size := child.output.size(); size > 101_000 || read.Load() == 10_000 {
		t.Fatal(size, read.Load())
	}
	release()
	<-over
}

var isFull = regexp.MustCompile(`^any was not sent: 10\d{4} bytes wait for the other side already, the limit is 100000 \(MaxQueuedBytes\); make fewer calls at once, or raise it$`)

func TestCallsToASideThatDoesNotReadFailWhenTheQueueIsFull(t *testing.T) {
	for _, holds := range []bool{false, true} {
		host := New(Contract{}, Handlers{}, Options{IsHost: true, HoldsCalls: holds, MaxQueuedBytes: 100_000})
		deaf(t, host)
		for n := 0; ; n++ {
			call := host.start(context.Background(), "any", padded(n), nil, nil)
			call.mu.Lock()
			failure := call.failure
			call.mu.Unlock()
			if failure == nil && n < 10_000 {
				continue
			}
			var full *ipc.Error
			if !errors.As(failure, &full) || full.Kind != ipc.KindQueueFull || !isFull.MatchString(full.Message) {
				t.Fatal(n, failure)
			}
			break
		}
	}
}

// padded has params longer than what a caller writes itself.
func padded(n int) func(w *jsontree.Writer) error {
	return func(w *jsontree.Writer) error {
		w.Quoted(strings.Repeat("x", 5000) + fmt.Sprint(n))
		return nil
	}
}

func TestACallToASideThatDoesNotReadEndsWithItsContext(t *testing.T) {
	host := New(Contract{}, Handlers{}, Options{IsHost: true})
	deaf(t, host)
	long := func(w *jsontree.Writer) error { w.Quoted(strings.Repeat("x", 100_000)); return nil }
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if err := host.Call(ctx, "any", long, nil, nil, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}
