package peer

import (
	"context"
	"sync"
	"testing"

	"simpleipc/internal/ipc/jsontree"
)

// pair connects two peers in memory; each reads in a goroutine of its own.
func pair(t *testing.T, host, child *Peer) {
	t.Helper()
	host.options.IsHost = true
	connectTo(t, host, child)
	connectTo(t, child, host)
}

func connectTo(t *testing.T, from, to *Peer) {
	lines := make(chan []byte, 1024)
	var once sync.Once
	over := make(chan struct{})
	from.Connect(func(bytes []byte) error {
		select {
		case lines <- append([]byte(nil), bytes...):
		case <-over:
		}
		return nil
	}, func() {})
	ready := make(chan struct{})
	go func() {
		<-ready
		for {
			select {
			case chunk := <-lines:
				to.Receive(chunk)
			case <-over:
				return
			}
		}
	}()
	t.Cleanup(func() {
		once.Do(func() { close(over) })
		from.output.close()
	})
	// Both have their outputs before anything is read.
	connected[from] = ready
	if other, ok := connected[to]; ok {
		close(ready)
		close(other)
	}
}

var connected = map[*Peer]chan struct{}{}

// peerWith is a peer that answers some methods.
func peerWith(methods map[string]func(ctx context.Context, call *Incoming) error) *Peer {
	known := map[string]*Method{}
	for name, handle := range methods {
		known[name] = answering(handle)
	}
	return New(Contract{Name: "test"}, Handlers{Methods: known, Notifications: map[string]*Notification{}}, Options{})
}

// answering is a method as the contract's file has it.
func answering(handle func(ctx context.Context, call *Incoming) error) *Method {
	return &Method{Handle: func(ctx context.Context, call *Incoming) error {
		call.Begin()
		return handle(ctx, call)
	}}
}

// ask calls a method with one number, and gives the number that it answers.
func ask(ctx context.Context, p *Peer, name string, number int64) (result int64, err error) {
	err = p.Call(ctx, name, numberParam(number), func(n *jsontree.Node) (err error) {
		result, err = n.Integer()
		return err
	}, nil, nil)
	return result, err
}

func numberParam(number int64) func(w *jsontree.Writer) error {
	return func(w *jsontree.Writer) error {
		w.Raw(`{"number":`)
		w.Int(number)
		w.Raw("}")
		return nil
	}
}

func numberOf(call *Incoming) int64 {
	number, err := call.Params.Find("number").Integer()
	if err != nil {
		panic(err)
	}
	return number
}

func answerNumber(call *Incoming, number int64) error {
	return call.Answer(func(w *jsontree.Writer) error { return w.Integer(number) })
}
