package peer

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

func nest(ctx context.Context, call *Incoming) error {
	depth := numberOf(call)
	if depth == 0 {
		return answerNumber(call, 0)
	}
	below, err := ask(ctx, call.peer, "nest", depth-1)
	if err != nil {
		return err
	}
	return answerNumber(call, below+1)
}

func TestCallsNestAndManyAtOnce(t *testing.T) {
	both := map[string]func(context.Context, *Incoming) error{"nest": nest}
	host, child := peerWith(both), peerWith(both)
	pair(t, host, child)
	var group sync.WaitGroup
	for n := range int64(200) {
		group.Add(1)
		go func() {
			defer group.Done()
			if got, err := ask(context.Background(), host, "nest", n%40); got != n%40 || err != nil {
				t.Error(got, err)
			}
		}()
	}
	group.Wait()
}

func TestACancelledCallEndsAtOnceAndReachesTheHandler(t *testing.T) {
	told := make(chan error, 1)
	begun := make(chan struct{})
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"wait": func(ctx context.Context, call *Incoming) error {
			inner, cancel := context.WithCancel(ctx)
			defer cancel()
			close(begun)
			<-inner.Done()
			told <- ctx.Err()
			return call.AnswerNothing()
		},
	})
	host := peerWith(nil)
	pair(t, host, child)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-begun
		cancel()
	}()
	if _, err := ask(ctx, host, "wait", 0); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := <-told; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if child.IsBusy() {
		// The handler has told; its answer follows.
		if err := host.Ping(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADeadlineIsATimeout(t *testing.T) {
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"wait": func(ctx context.Context, _ *Incoming) error { <-ctx.Done(); return ctx.Err() },
	})
	host := peerWith(nil)
	pair(t, host, child)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := ask(ctx, host, "wait", 0)
	var failure *ipc.Error
	if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &failure) || failure.Kind != ipc.KindTimeout {
		t.Fatal(err)
	}
}

func TestAStreamThatIgnoresItsWindowIsEnded(t *testing.T) {
	host := peerWith(nil)
	pair(t, host, peerWith(map[string]func(context.Context, *Incoming) error{
		"flood": func(ctx context.Context, call *Incoming) error {
			call.mu.Lock()
			call.window = &wire.SendWindow{Unlimited: true}
			call.changed = make(chan struct{}, 1)
			call.mu.Unlock()
			for {
				if err := call.Item(func(w *jsontree.Writer) error { w.Quoted(strings.Repeat("x", 1000)); return nil }); err != nil {
					return err
				}
			}
		},
	}))
	host.options.MaxQueuedBytes = 100_000
	run := host.start(context.Background(), "flood", nil, nil, nil)
	var failure *ipc.Error
	if err := run.finish(nil); !errors.As(err, &failure) || failure.Kind != ipc.KindStreamOverflow {
		t.Fatal(err)
	}
}

func TestAStreamIsHeldBackByItsReader(t *testing.T) {
	sent := make(chan int64, 10_000)
	host := peerWith(nil)
	pair(t, host, peerWith(map[string]func(context.Context, *Incoming) error{
		"count": func(_ context.Context, call *Incoming) error {
			for n := range numberOf(call) {
				if err := call.Item(func(w *jsontree.Writer) error { return w.Integer(n) }); err != nil {
					return err
				}
				sent <- n
			}
			return answerNumber(call, numberOf(call))
		},
	}))
	integer := func(n *jsontree.Node) (int64, error) { return n.Integer() }
	stream := Open(context.Background(), host, "count", numberParam(10_000), nil, nil, integer, integer)
	for range wire.WindowItems {
		<-sent
	}
	if err := host.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(sent) != 0 {
		t.Fatalf("%d items beyond the window", len(sent))
	}
	next := int64(0)
	for stream.Next() {
		if stream.Item() != next {
			t.Fatalf("%d instead of %d", stream.Item(), next)
		}
		next++
	}
	if result, err := stream.Result(); next != 10_000 || result != 10_000 || err != nil {
		t.Fatal(next, result, err)
	}
}

func TestAStreamThatNobodyReadsEndsWithItsContext(t *testing.T) {
	begun, told := make(chan struct{}, 1), make(chan error, 1)
	host := peerWith(nil)
	pair(t, host, peerWith(map[string]func(context.Context, *Incoming) error{
		"wait": func(ctx context.Context, call *Incoming) error {
			begun <- struct{}{}
			if err := call.Item(func(w *jsontree.Writer) error { return w.Integer(1) }); err != nil {
				return err
			}
			<-ctx.Done()
			told <- ctx.Err()
			return ctx.Err()
		},
	}))
	integer := func(n *jsontree.Node) (int64, error) { return n.Integer() }
	for _, isTimeout := range []bool{false, true} {
		ctx, cancel := context.WithCancel(context.Background())
		if isTimeout {
			ctx, cancel = context.WithTimeout(context.Background(), time.Second)
		}
		stream := Open(ctx, host, "wait", nil, nil, nil, integer, integer)
		// A call that is cancelled before its handler begins never reaches it.
		<-begun
		if !isTimeout {
			cancel()
		}
		// Nobody reads, and the child is told nevertheless.
		if err := <-told; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if names := host.CallNames(); len(names) > 0 {
			t.Fatal(names)
		}
		for stream.Next() {
			_ = stream.Item()
		}
		want := map[bool]error{false: context.Canceled, true: context.DeadlineExceeded}[isTimeout]
		if _, err := stream.Result(); !errors.Is(err, want) {
			t.Fatal(err)
		}
		cancel()
	}
}

func TestAStreamThatHasEndedLeavesNothingWithItsContext(t *testing.T) {
	host := peerWith(nil)
	pair(t, host, peerWith(map[string]func(context.Context, *Incoming) error{
		"none": func(_ context.Context, call *Incoming) error { return answerNumber(call, 1) },
	}))
	integer := func(n *jsontree.Node) (int64, error) { return n.Integer() }
	ctx := &countingContext{Context: context.Background(), done: make(chan struct{})}
	for range 10 {
		if got, err := Open(ctx, host, "none", nil, nil, nil, integer, integer).Result(); got != 1 || err != nil {
			t.Fatal(got, err)
		}
	}
	if left := ctx.waiting.Load(); left != 0 {
		t.Fatalf("%d functions wait for the end of the context", left)
	}
}

// countingContext counts what waits for its end.
type countingContext struct {
	context.Context
	done    chan struct{}
	waiting atomic.Int64
}

func (c *countingContext) Done() <-chan struct{} { return c.done }

func (c *countingContext) AfterFunc(func()) func() bool {
	c.waiting.Add(1)
	return func() bool { c.waiting.Add(-1); return true }
}

func TestARequestOverTheLimitIsNotSent(t *testing.T) {
	host := peerWith(nil)
	pair(t, host, peerWith(nil))
	host.options.MaxMessageBytes = 1000
	_, err := ask(context.Background(), host, strings.Repeat("x", 1000), 1)
	var failure *ipc.Error
	if !errors.As(err, &failure) || failure.Kind != ipc.KindMessageTooLarge {
		t.Fatal(err)
	}
}
