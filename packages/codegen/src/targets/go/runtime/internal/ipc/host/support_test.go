//go:build unix

package host

import (
	"context"
	"os"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/peer"
	"simpleipc/ipc"
)

// integer reads an integer.
func integer(n *jsontree.Node) (int64, error) { return n.Integer() }

// begin calls a method that has no params.
func begin(ctx context.Context, w *worker, name string) ipc.Stream[int64, int64] {
	return peer.Open(ctx, w.peer, name, nil, nil, nil, integer, integer)
}

// askFor calls a method with one number, and gives the number that it answers.
func askFor(w *worker, name string, number int64) (result int64, err error) {
	return askWith(context.Background(), w, name, number)
}

func askWith(ctx context.Context, w *worker, name string, number int64) (result int64, err error) {
	return askPeer(ctx, w.peer, name, number)
}

func askPeer(ctx context.Context, p *peer.Peer, name string, number int64) (result int64, err error) {
	write := func(w *jsontree.Writer) error {
		w.Raw("[")
		w.Int(number)
		w.Raw("]")
		return nil
	}
	err = p.Call(ctx, name, write, func(n *jsontree.Node) (err error) {
		result, err = n.Integer()
		return err
	}, nil, nil)
	return result, err
}

// numberIn is the number that a call was made with.
func numberIn(call *peer.Incoming) (int64, error) {
	params, err := call.Params.Tuple(1)
	if err != nil {
		return 0, call.BadParams(err)
	}
	return params[0].Integer()
}

// childMethods are those of the child that the tests start.
var childMethods = map[string]*peer.Method{
	"double": {Handle: func(_ context.Context, call *peer.Incoming) error {
		number, err := numberIn(call)
		if err != nil {
			return err
		}
		call.Begin()
		return call.Answer(func(w *jsontree.Writer) error { return w.Integer(2 * number) })
	}},
	"wait": {Handle: func(ctx context.Context, call *peer.Incoming) error {
		call.Begin()
		<-ctx.Done()
		return ctx.Err()
	}},
	"count": {Handle: func(_ context.Context, call *peer.Incoming) error {
		call.Begin()
		for n := range int64(100) {
			if err := call.Item(func(w *jsontree.Writer) error { return w.Integer(n) }); err != nil {
				return err
			}
		}
		return call.Answer(func(w *jsontree.Writer) error { return w.Integer(100) })
	}},
	"nest": {Handle: nest},
	"exit": {Handle: func(_ context.Context, call *peer.Incoming) error {
		number, err := numberIn(call)
		if err != nil {
			return err
		}
		call.Begin()
		os.Exit(int(number))
		return nil
	}},
}

// nest answers a number by asking the other side for the one below it, down to 0.
func nest(ctx context.Context, call *peer.Incoming) error {
	number, err := numberIn(call)
	if err != nil {
		return err
	}
	call.Begin()
	below := int64(-1)
	if number > 0 {
		below, err = askPeer(ctx, peer.From(ctx), "nest", number-1)
	}
	if err != nil {
		return err
	}
	return call.Answer(func(w *jsontree.Writer) error { return w.Integer(below + 1) })
}
