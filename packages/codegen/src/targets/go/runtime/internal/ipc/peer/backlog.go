package peer

import (
	"sync"
	"sync/atomic"
)

// backlog counts what arrived and is not handled yet: notifications, plain lines, and everything behind them. A side that
// tells more than can be borne has to wait: the reading pauses, so that its pipe fills.
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

// wait returns when it is not too much.
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

// end says that from now on nobody waits.
func (b *backlog) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.isOver = true
	b.less.Broadcast()
}
