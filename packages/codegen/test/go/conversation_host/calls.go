package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	c "generated/conversation"
	"generated/ipc"
)

// openCall is a call or stream that was begun.
type openCall struct {
	cancel   context.CancelFunc
	progress list
	done     chan struct{} // closed when the result of a call is there
	result   any
	failure  error

	// Of a stream only.
	next  func() (item any, ok bool)
	close func()
	end   func() (any, error)
}

func (d *driver) begin(given command) (*openCall, context.Context) {
	ctx, cancel := context.WithCancel(context.Background())
	if given.Timeout > 0 {
		ctx, cancel = context.WithTimeout(context.Background(), time.Duration(given.Timeout)*time.Millisecond)
	}
	open := &openCall{cancel: cancel, done: make(chan struct{})}
	d.open[given.As] = open
	return open, ctx
}

// call begins a call. The goroutine has begun when the answer goes out.
func (d *driver) call(given command) (func() answer, error) {
	open, ctx := d.begin(given)
	run, err := d.method(ctx, given, open)
	if err != nil {
		return nil, err
	}
	begun := make(chan struct{})
	go func() {
		defer close(open.done)
		close(begun)
		open.result, open.failure = run()
	}()
	<-begun
	return now(answer{}), nil
}

// calling is a method whose params are read.
func calling[P, R any](
	ctx context.Context,
	given command,
	method func(context.Context, P) (R, error),
) (func() (any, error), error) {
	params, err := read[P](given)
	return func() (any, error) { return method(ctx, params) }, err
}

// asking is a method without params.
func asking[R any](ctx context.Context, method func(context.Context) (R, error)) (func() (any, error), error) {
	return func() (any, error) { return method(ctx) }, nil
}

// without gives a method that has no result one.
func without[P any](method func(context.Context, P) error) func(context.Context, P) (any, error) {
	return func(ctx context.Context, params P) (any, error) { return nil, method(ctx, params) }
}

func (d *driver) method(ctx context.Context, given command, open *openCall) (func() (any, error), error) {
	client := d.client
	switch given.Method {
	case "add":
		return calling(ctx, given, func(ctx context.Context, params [2]float64) (float64, error) {
			return client.Add(ctx, c.AddParams{Item0: params[0], Item1: params[1]})
		})
	case "echo":
		return calling(ctx, given, client.Echo)
	case "nothing":
		return asking(ctx, func(ctx context.Context) (any, error) { return nil, client.Nothing(ctx) })
	case "fail":
		return calling(ctx, given, client.Fail)
	case "count":
		return calling(ctx, given, func(ctx context.Context, params c.CountParams) (int64, error) {
			return client.Count(ctx, params, ipc.CallOptions[int64]{OnProgress: func(n int64) { open.progress.add(n) }}).Result()
		})
	case "counted":
		return asking(ctx, client.Counted)
	case "fill":
		return calling(ctx, given, client.Fill)
	case "slow":
		return calling(ctx, given, client.Slow)
	case "nest":
		return calling(ctx, given, client.Nest)
	case "later":
		return calling(ctx, given, client.Later)
	case "noise":
		return asking(ctx, func(ctx context.Context) (any, error) { return nil, client.Noise(ctx) })
	case "say":
		return calling(ctx, given, without(client.Say))
	case "stubborn":
		return calling(ctx, given, client.Stubborn)
	case "quit":
		return calling(ctx, given, without(client.Quit))
	case "told":
		return asking(ctx, client.Told)
	case "sum":
		return calling(ctx, given, client.Sum)
	default:
		return nil, fmt.Errorf("there is no method %s", given.Method)
	}
}

func (d *driver) stream(given command) (func() answer, error) {
	open, ctx := d.begin(given)
	switch given.Method {
	case "count":
		params, err := read[c.CountParams](given)
		if err != nil {
			return nil, err
		}
		keep(open, d.client.Count(ctx, params, ipc.CallOptions[int64]{OnProgress: func(n int64) { open.progress.add(n) }}), func(item c.CountItem) any {
			return map[string]any{"n": item.N, "fill": item.Fill}
		})
	case "laterCount":
		params, err := read[c.LaterCountParams](given)
		if err != nil {
			return nil, err
		}
		keep(open, d.client.LaterCount(ctx, params), func(item int64) any { return item })
	default:
		return nil, fmt.Errorf("there is no stream %s", given.Method)
	}
	return now(answer{}), nil
}

// keep forgets the types of a stream.
func keep[T any](open *openCall, stream ipc.Stream[T, int64], wire func(T) any) {
	open.next = func() (any, bool) {
		if !stream.Next() {
			return nil, false
		}
		return wire(stream.Item()), true
	}
	open.close = stream.Close
	open.end = func() (any, error) { return stream.Result() }
}

// do begins a command about an open call.
func (o *openCall) do(given command) (func() answer, error) {
	switch {
	case given.Do == "cancel":
		o.cancel()
		return now(answer{}), nil
	case given.Do == "progress":
		return now(o.progress.answer()), nil
	case given.Do == "wait" && o.next == nil:
		return func() answer {
			<-o.done
			return outcome(o.result, o.failure)
		}, nil
	case given.Do == "wait":
		return func() answer { return outcome(o.end()) }, nil
	case o.next == nil:
		return nil, fmt.Errorf("%s is no stream", given.As)
	case given.Do == "break":
		o.close()
		return now(answer{}), nil
	default:
		return func() answer { return o.read(given.Items) }, nil
	}
}

// read reads so many items at most.
func (o *openCall) read(wanted int) answer {
	items := []any{}
	for len(items) < wanted {
		item, ok := o.next()
		if !ok {
			return o.ended(items)
		}
		items = append(items, item)
	}
	return answer{"items": items, "done": false}
}

func (o *openCall) ended(items []any) answer {
	result := answer{"items": items, "done": true}
	if _, err := o.end(); err != nil {
		result["error"] = failure(err)
	}
	return result
}

func outcome(result any, err error) answer {
	if err != nil {
		return answer{"error": failure(err)}
	}
	text, err := json.Marshal(result)
	if err != nil {
		return answer{"failed": err.Error()}
	}
	return answer{"result": json.RawMessage(text)}
}
