package wire

// How much of a stream may be on its way, and when credit is given.
const (
	WindowItems = 256
	windowBytes = 1024 * 1024
	creditItems = 128
	creditBytes = 512 * 1024
)

// SendWindow is what was sent of a stream and is not yet consumed, item by item.
type SendWindow struct {
	sizes     []int
	first     int
	bytes     int
	Unlimited bool
}

// IsOpen says whether another item may be sent.
func (w *SendWindow) IsOpen() bool {
	return w.Unlimited || len(w.sizes)-w.first < WindowItems && w.bytes < windowBytes
}

// Sent notes an item.
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

// Credit takes back the oldest items; more than are outstanding counts as all.
func (w *SendWindow) Credit(items int64) {
	for ; items > 0 && w.first < len(w.sizes); items-- {
		w.bytes -= w.sizes[w.first]
		w.first++
	}
}

// ReceiveWindow is what was consumed of a stream and is not yet told.
type ReceiveWindow struct {
	items, bytes int
}

// Consumed notes an item, and gives the number of items to tell of now; 0 is none.
func (w *ReceiveWindow) Consumed(size int) int {
	w.Add(size)
	if w.items < creditItems && w.bytes < creditBytes {
		return 0
	}
	return w.Take()
}

// Add notes an item.
func (w *ReceiveWindow) Add(size int) {
	w.items++
	w.bytes += size
}

// Take gives everything that was not yet told.
func (w *ReceiveWindow) Take() int {
	items := w.items
	w.items, w.bytes = 0, 0
	return items
}
