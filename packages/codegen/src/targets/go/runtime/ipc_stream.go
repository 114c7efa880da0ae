package simpleipc

import (
	"errors"
	"sync"
)

// Stream is the items of a call and its result. Read it in one of two ways:
//
//	for stream.Next() {
//		use(stream.Item())
//	}
//	result, err := stream.Result()
//
// or, with Go 1.23 and later,
//
//	for item := range stream.Items() {
//		use(item)
//	}
//	result, err := stream.Result()
//
// Whoever wants no items calls Result at once. Whoever stops reading early calls Close, or cancels the context; leaving
// the second kind of loop does so by itself. Only one goroutine at a time may read.
type Stream[T, R any] struct {
	call   *outgoing
	item   func(value *node) (T, error)
	result func(value *node) (R, error)

	current T
	isRead  bool

	mu      sync.Mutex
	failure error
}

// Next waits for the next item. False means that there is none: Result says why.
func (s *Stream[T, R]) Next() bool {
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

func (s *Stream[T, R]) take(value *node) bool {
	if value == nil {
		value = &node{kind: aNull}
	}
	item, err := s.item(value)
	if err == nil {
		s.current = item
		return true
	}
	var fault *InvalidValueError
	if errors.As(err, &fault) {
		err = misfit(KindInvalidItem, s.call.method+" sent an item that does not fit the contract: item", fault)
	}
	s.call.cancel(err)
	s.call.dropItems()
	s.mu.Lock()
	s.failure = err
	s.mu.Unlock()
	return false
}

// Item is what the last Next has read.
func (s *Stream[T, R]) Item() T { return s.current }

// Items are the items for a range loop; leaving it early closes the stream.
func (s *Stream[T, R]) Items() func(yield func(item T) bool) {
	return func(yield func(item T) bool) {
		for s.Next() {
			if !yield(s.current) {
				s.Close()
				return
			}
		}
	}
}

// Result waits for the result. Items that were not read are dropped.
func (s *Stream[T, R]) Result() (R, error) {
	var result R
	s.mu.Lock()
	failure := s.failure
	s.mu.Unlock()
	if failure != nil {
		return result, failure
	}
	s.call.dropItems()
	err := s.call.finish(func(value *node) (err error) {
		if s.result != nil {
			result, err = s.result(value)
		}
		return err
	})
	return result, err
}

// Close says that nobody reads any more: a call that is not over is cancelled.
func (s *Stream[T, R]) Close() {
	s.call.cancel(&Error{Kind: KindCancelled, Message: s.call.method + " was cancelled"})
	s.call.dropItems()
}
