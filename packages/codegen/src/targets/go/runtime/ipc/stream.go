package ipc

// Stream reads the items of a call and its result. There are two ways to read it:
//
//	for stream.Next() {
//		use(stream.Item())
//	}
//	result, err := stream.Result()
//
// or, since Go 1.23,
//
//	for item := range stream.Items() {
//		use(item)
//	}
//	result, err := stream.Result()
//
// To skip the items, call Result at once. To stop reading early, call Close or cancel the context; breaking out of a
// range loop over Items does so too. Only one goroutine at a time may read a stream.
type Stream[T, R any] interface {
	// Next waits for the next item. It returns false if there is none; Result says why.
	Next() bool
	// Item returns the item that the last call of Next has read.
	Item() T
	// Items returns an iterator over the items. Breaking out of the loop closes the stream.
	Items() func(yield func(item T) bool)
	// Result waits for the result. Items that have not been read are dropped.
	Result() (R, error)
	// Close stops reading. If the call is still running, it is cancelled.
	Close()
}
