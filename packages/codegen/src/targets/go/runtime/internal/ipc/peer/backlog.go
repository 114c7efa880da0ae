package peer

import (
	"sync"
	"sync/atomic"
)

// backlog counts what has arrived and is not handled yet: notifications, plain lines, and everything after them. If
// there is too much, reading pauses until the other side's pipe is full and it has to wait.
type backlog struct {
	limit int64

	tasks atomic.Int64
	bytes atomic.Int64

	mu     sync.Mutex
	less   sync.Cond
	isOver bool
}

func newBacklog(limit int) *backlog {
	b := &backlog{limit: int64(limit)}
	b.less.L = &b.mu
	return b
}

func (b *backlog) isEmpty() bool { return b.tasks.Load() == 0 }

func (b *backlog) add(size int) {
	b.tasks.Add(1)
	b.bytes.Add(int64(size))
}

func (b *backlog) remove(size int) {
	b.tasks.Add(-1)
	left := b.bytes.Add(-int64(size))
	if left <= b.limit && left+int64(size) > b.limit {
		b.mu.Lock()
		b.less.Broadcast()
		b.mu.Unlock()
	}
}

// wait waits while there is too much.
func (b *backlog) wait() {
	if b.bytes.Load() <= b.limit {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.bytes.Load() > b.limit && !b.isOver {
		b.less.Wait()
	}
}

// end makes wait return from now on.
func (b *backlog) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.isOver = true
	b.less.Broadcast()
}
