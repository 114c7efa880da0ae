package wire

// How much of a stream may be in flight, and when credit is sent.
const (
	WindowItems = 4096
	windowBytes = 1024 * 1024
	creditItems = 2048
	creditBytes = 512 * 1024
)

// SendWindow holds the sizes of the items that were sent and not yet consumed.
type SendWindow struct {
	sizes     []int
	first     int
	bytes     int
	Unlimited bool
}

// IsOpen reports whether another item may be sent.
func (w *SendWindow) IsOpen() bool {
	return w.Unlimited || len(w.sizes)-w.first < WindowItems && w.bytes < windowBytes
}

// Sent adds an item.
func (w *SendWindow) Sent(size int) {
	if w.Unlimited {
		return
	}
	if w.first == len(w.sizes) {
		w.sizes, w.first = w.sizes[:0], 0
	} else if w.first >= WindowItems {
		w.sizes = append(w.sizes[:0], w.sizes[w.first:]...)
		w.first = 0
	}
	w.sizes = append(w.sizes, size)
	w.bytes += size
}

// Credit removes the oldest items; more than are outstanding counts as all.
func (w *SendWindow) Credit(items int64) {
	for ; items > 0 && w.first < len(w.sizes); items-- {
		w.bytes -= w.sizes[w.first]
		w.first++
	}
}

// ReceiveWindow counts the items that were consumed and not yet credited.
type ReceiveWindow struct {
	items, bytes int
}

// Consumed adds an item, and returns the number of items to credit now; 0 if none.
func (w *ReceiveWindow) Consumed(size int) int {
	w.Add(size)
	if w.items < creditItems && w.bytes < creditBytes {
		return 0
	}
	return w.Take()
}

// Add adds an item.
func (w *ReceiveWindow) Add(size int) {
	w.items++
	w.bytes += size
}

// Take returns the number of items that were not yet credited.
func (w *ReceiveWindow) Take() int {
	items := w.items
	w.items, w.bytes = 0, 0
	return items
}
