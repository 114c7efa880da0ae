package peer

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"

	"simpleipc/internal/ipc/jsontree"
)

func TestAHandlerThatWaitsHoldsUpNobody(t *testing.T) {
	release := make(chan struct{})
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"wait": func(_ context.Context, call *Incoming) error {
			<-release
			return call.AnswerNothing()
		},
		"now": func(_ context.Context, call *Incoming) error { return answerNumber(call, numberOf(call)) },
	})
	host := peerWith(nil)
	pair(t, host, child)
	var waiting []*outgoing
	for range 1000 {
		waiting = append(waiting, host.start(context.Background(), "wait", nil, nil, nil))
	}
	for n := range int64(100) {
		if got, err := ask(context.Background(), host, "now", n); got != n || err != nil {
			t.Fatal(got, err)
		}
	}
	close(release)
	for _, call := range waiting {
		if err := call.finish(nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestANotificationIsHandledBeforeWhatComesAfterIt(t *testing.T) {
	var handled atomic.Int64
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"handled": func(_ context.Context, call *Incoming) error { return answerNumber(call, handled.Load()) },
	})
	child.notifications["tell"] = &Notification{Handle: func(context.Context, *jsontree.Node) error {
		handled.Add(1)
		return nil
	}}
	host := peerWith(nil)
	pair(t, host, child)
	for n := range int64(500) {
		if err := host.Notify(context.Background(), "tell", nil); err != nil {
			t.Fatal(err)
		}
		if n%10 == 0 {
			if got, err := ask(context.Background(), host, "handled", 0); got != n+1 || err != nil {
				t.Fatalf("%d of %d were handled: %v", got, n+1, err)
			}
		}
	}
}

func TestANotificationsHandlerMayCallAndWait(t *testing.T) {
	done := make(chan int64)
	child := peerWith(nil)
	child.notifications["ask"] = &Notification{Handle: func(ctx context.Context, _ *jsontree.Node) error {
		got, err := ask(ctx, From(ctx), "double", 21)
		if err != nil {
			t.Error(err)
		}
		done <- got
		return nil
	}}
	host := peerWith(map[string]func(context.Context, *Incoming) error{
		"double": func(_ context.Context, call *Incoming) error {
			// More notifications arrive in front of the answer.
			for range 10 {
				if err := call.peer.Notify(context.Background(), "noise", nil); err != nil {
					t.Error(err)
				}
			}
			return answerNumber(call, 2*numberOf(call))
		},
	})
	child.notifications["noise"] = &Notification{Handle: func(context.Context, *jsontree.Node) error { return nil }}
	pair(t, host, child)
	for range 100 {
		if err := host.Notify(context.Background(), "ask", nil); err != nil {
			t.Fatal(err)
		}
		if got := <-done; got != 42 {
			t.Fatal(got)
		}
	}
}

func TestAHandlerThatPanicsOrEndsItsGoroutineIsAnswered(t *testing.T) {
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"panic": func(context.Context, *Incoming) error { panic("on purpose") },
		"ends":  func(context.Context, *Incoming) error { runtime.Goexit(); return nil },
	})
	host := peerWith(nil)
	pair(t, host, child)
	for name, want := range map[string]string{
		"panic": "panic: on purpose (-32603)",
		"ends":  "the handler ended its goroutine (runtime.Goexit) (-32603)",
	} {
		if _, err := ask(context.Background(), host, name, 0); err == nil || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := host.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
}
