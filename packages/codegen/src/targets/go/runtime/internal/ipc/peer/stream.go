package peer

import (
	"context"
	"errors"
	"sync"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

// Open calls a streaming method. If that fails, the stream reports it. If result is nil, there is no result to read.
func Open[T, R any](
	ctx context.Context,
	p *Peer,
	name string,
	write func(w *jsontree.Writer) error,
	known map[int64]ErrorReader,
	progress func(value *jsontree.Node) error,
	item func(value *jsontree.Node) (T, error),
	result func(value *jsontree.Node) (R, error),
) ipc.Stream[T, R] {
	call := p.start(ctx, name, write, known, progress)
	call.watchContext()
	return &stream[T, R]{call: call, item: item, result: result}
}

// stream reads the items of a call.
type stream[T, R any] struct {
	call   *outgoing
	item   func(value *jsontree.Node) (T, error)
	result func(value *jsontree.Node) (R, error)

	current T
	isRead  bool

	mu      sync.Mutex
	failure error
}

// Next waits for the next item. It returns false if there is none; Result says why.
func (s *stream[T, R]) Next() bool {
	s.isRead = true
	var nothing T
	s.current = nothing
	for {
		isOver := s.call.hear()
		if value, ok := s.call.takeItem(); ok {
			return s.take(value)
		}
		if isOver {
			return false
		}
		s.call.giveCredit()
		s.call.wait()
	}
}

func (s *stream[T, R]) take(value *jsontree.Node) bool {
	if value == nil {
		value = &jsontree.Node{Kind: jsontree.Null}
	}
	item, err := s.item(value)
	if err == nil {
		s.current = item
		return true
	}
	var fault *ipc.InvalidValueError
	if errors.As(err, &fault) {
		err = misfit(ipc.KindInvalidItem, s.call.method, s.call.method+" sent an item that does not fit the contract: item", fault)
	}
	s.call.cancel(err)
	s.call.dropItems()
	s.mu.Lock()
	s.failure = err
	s.mu.Unlock()
	return false
}

// Item returns the item that the last call of Next has read.
func (s *stream[T, R]) Item() T { return s.current }

// Items returns an iterator over the items. Breaking out of the loop closes the stream.
func (s *stream[T, R]) Items() func(yield func(item T) bool) {
	return func(yield func(item T) bool) {
		for s.Next() {
			if !yield(s.current) {
				s.Close()
				return
			}
		}
	}
}

// Result waits for the result. Items that have not been read are dropped.
func (s *stream[T, R]) Result() (R, error) {
	var result R
	s.mu.Lock()
	failure := s.failure
	s.mu.Unlock()
	if failure != nil {
		return result, failure
	}
	s.call.dropItems()
	err := s.call.finish(func(value *jsontree.Node) (err error) {
		if s.result != nil {
			result, err = s.result(value)
		}
		return err
	})
	return result, err
}

// Close stops reading. If the call is still running, it is cancelled.
func (s *stream[T, R]) Close() {
	s.call.cancel(&ipc.Error{Kind: ipc.KindCancelled, Method: s.call.method, Message: s.call.method + " was cancelled"})
	s.call.dropItems()
}
