package peer

import "context"

// handOver passes the tasks of one chunk to the scheduler.
func (p *Peer) handOver() {
	if len(p.tasks) > 0 {
		p.scheduler.put(p.tasks)
		clear(p.tasks)
		p.tasks = p.tasks[:0]
	}
}

// deliver queues a notification or a plain line for its handler.
func (p *Peer) deliver(size int, handle func(ctx context.Context)) {
	p.undelivered.add(size)
	p.tasks = append(p.tasks, task{run: func(turn *turn) {
		defer p.delivered(size)
		handle(context.WithValue(p.ctx, turnKey{}, turn))
	}})
}

// inOrder runs something quick now, or after the notifications that came before.
func (p *Peer) inOrder(size int, run func()) {
	if p.undelivered.isEmpty() {
		run()
		return
	}
	p.undelivered.add(size)
	p.tasks = append(p.tasks, task{isQuick: true, run: func(*turn) {
		defer p.delivered(size)
		run()
	}})
}

func (p *Peer) delivered(size int) {
	p.undelivered.remove(size)
	if p.undelivered.isEmpty() && p.hasInputEnded() {
		p.lookForEnd()
	}
}
