package simpleipc

// How much of a stream may be on its way, and when credit is given.
const (
	windowItems = 256
	windowBytes = 1024 * 1024
	creditItems = 128
	creditBytes = 512 * 1024
)

// sendWindow is what was sent of a stream and is not yet consumed, item by item.
type sendWindow struct {
	sizes     []int
	first     int
	bytes     int
	unlimited bool
}

func (w *sendWindow) isOpen() bool {
	return w.unlimited || len(w.sizes)-w.first < windowItems && w.bytes < windowBytes
}

func (w *sendWindow) sent(size int) {
	if w.unlimited {
		return
	}
	if w.first == len(w.sizes) {
		w.sizes, w.first = w.sizes[:0], 0
	} else if w.first >= windowItems {
		w.sizes = append(w.sizes[:0], w.sizes[w.first:]...)
		w.first = 0
	}
	w.sizes = append(w.sizes, size)
	w.bytes += size
}

// credit takes back the oldest items; more than are outstanding counts as all.
func (w *sendWindow) credit(items int64) {
	for ; items > 0 && w.first < len(w.sizes); items-- {
		w.bytes -= w.sizes[w.first]
		w.first++
	}
}

// receiveWindow is what was consumed of a stream and is not yet told.
type receiveWindow struct {
	items, bytes int
}

// consumed notes an item, and gives the number of items to tell of now; 0 is none.
func (w *receiveWindow) consumed(size int) int {
	w.add(size)
	if w.items < creditItems && w.bytes < creditBytes {
		return 0
	}
	return w.take()
}

// add notes an item.
func (w *receiveWindow) add(size int) {
	w.items++
	w.bytes += size
}

// take gives everything that was not yet told.
func (w *receiveWindow) take() int {
	items := w.items
	w.items, w.bytes = 0, 0
	return items
}
