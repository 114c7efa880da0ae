package simpleipc

import (
	"context"
	"sync"
	"testing"
)

// pair connects two peers in memory; each reads in a goroutine of its own.
func pair(t *testing.T, host, child *peer) {
	t.Helper()
	host.isHost = true
	connectTo(t, host, child)
	connectTo(t, child, host)
}

func connectTo(t *testing.T, from, to *peer) {
	lines := make(chan []byte, 1024)
	from.maxMessageBytes, from.maxQueuedBytes = defaultMaxMessageBytes, defaultMaxQueuedBytes
	var once sync.Once
	over := make(chan struct{})
	from.connect(func(bytes []byte) error {
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
				to.receive(chunk)
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

var connected = map[*peer]chan struct{}{}

// peerWith is a peer that answers some methods.
func peerWith(methods map[string]func(ctx context.Context, call *incoming) error) *peer {
	known := map[string]*method{}
	for name, handle := range methods {
		known[name] = answering(handle)
	}
	return newPeer(contractInfo{name: "test"}, known, map[string]*notification{})
}

// answering is a method as the contract's file has it.
func answering(handle func(ctx context.Context, call *incoming) error) *method {
	return &method{handle: func(ctx context.Context, call *incoming) error {
		call.Begin()
		return handle(ctx, call)
	}}
}

// ask calls a method with one number, and gives the number that it answers.
func ask(ctx context.Context, p *peer, name string, number int64) (result int64, err error) {
	err = p.Call(ctx, name, numberParam(number), func(n *node) (err error) {
		result, err = n.Integer()
		return err
	}, nil, nil)
	return result, err
}

func numberParam(number int64) func(w *writer) error {
	return func(w *writer) error {
		w.raw(`{"number":`)
		w.int(number)
		w.raw("}")
		return nil
	}
}

func numberOf(call *incoming) int64 {
	number, err := call.Params.Find("number").Integer()
	if err != nil {
		panic(err)
	}
	return number
}

func answerNumber(call *incoming, number int64) error {
	return call.Answer(func(w *writer) error { return w.Integer(number) })
}
