package ipc

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
type Stream[T, R any] interface {
	// Next waits for the next item. False means that there is none: Result says why.
	Next() bool
	// Item is what the last Next has read.
	Item() T
	// Items are the items for a range loop; leaving it early closes the stream.
	Items() func(yield func(item T) bool)
	// Result waits for the result. Items that were not read are dropped.
	Result() (R, error)
	// Close says that nobody reads any more: a call that is not over is cancelled.
	Close()
}
