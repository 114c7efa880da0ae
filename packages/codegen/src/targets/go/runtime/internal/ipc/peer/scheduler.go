package peer

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// scheduler runs tasks in the order of their arrival. One goroutine at a time has the turn: it takes the next task and
// starts it. The handler of a notification keeps the turn until it returns. When the handler of a request begins, the
// turn is offered to another goroutine, which takes it unless the handler has returned before. So short handlers run
// one after the other on the same goroutine, and a handler that takes long or blocks delays no other.
type scheduler struct {
	output *output

	mu     sync.Mutex
	queue  []task
	first  int
	inTask bool // whoever has the turn runs a notification's handler

	count    atomic.Int64 // how much is queued
	taken    atomic.Bool  // somebody has the turn, or it is on offer
	promised atomic.Bool  // the turn is offered in a moment
	offered  atomic.Bool  // the turn is there to be taken
	waiting  atomic.Bool  // a goroutine was started to take it
}

// task is a request to start, or a function to run.
type task struct {
	request *Incoming
	run     func(turn *turn)
	isQuick bool // run neither waits nor takes long
}

// turn lets the handler of a notification that has to wait pass the turn on.
type turn struct {
	scheduler *scheduler
	passed    atomic.Bool
}

type turnKey struct{}

// passTurn lets others run while the handler with this context waits.
func passTurn(ctx context.Context) {
	if turn, ok := ctx.Value(turnKey{}).(*turn); ok && !turn.passed.Swap(true) {
		turn.scheduler.setInTask(false)
		turn.scheduler.offer()
	}
}

// put adds tasks.
func (s *scheduler) put(tasks []task) {
	s.mu.Lock()
	if s.first > len(s.queue)/2 {
		s.queue, s.first = append(s.queue[:0], s.queue[s.first:]...), 0
	}
	s.queue = append(s.queue, tasks...)
	s.count.Add(int64(len(tasks)))
	s.mu.Unlock()
	if s.taken.CompareAndSwap(false, true) {
		go s.work()
	}
}

// work runs tasks while this goroutine has the turn.
func (s *scheduler) work() {
	for {
		next, hasMore := s.next()
		switch {
		case next.run != nil:
			if !s.runTask(next) {
				return
			}
		case next.request == nil:
			s.output.flush()
			return
		default:
			queued := s.output.size()
			if queued >= fullBytes {
				// Whoever does not read the answers gets no more of them.
				s.output.waitForRoom()
			}
			if next.request.begin() && !s.runRequest(next.request, !hasMore && queued == 0) {
				return
			}
		}
	}
}

// runRequest calls the handler of a request, and reports whether this goroutine still has the turn. After the last
// request, the turn is free.
func (s *scheduler) runRequest(request *Incoming, isLast bool) (isOurs bool) {
	if !isLast {
		s.prepare()
	}
	request.turn = &requestTurn{scheduler: s, isLast: isLast}
	request.run()
	s.promised.Store(false)
	if request.turn != nil {
		// The handler was not called: the params do not match the contract.
		request.turn = nil
		return true
	}
	if !isLast && s.offered.CompareAndSwap(true, false) {
		return true
	}
	s.flushIfFree()
	return false
}

// requestTurn passes the turn on when the handler of a request begins.
type requestTurn struct {
	scheduler *scheduler
	isLast    bool
}

func (r *requestTurn) pass() {
	if r.isLast {
		r.scheduler.free()
	} else {
		r.scheduler.offer()
	}
}

// next returns the first task; if there is none, the turn becomes free.
func (s *scheduler) next() (next task, hasMore bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inTask = false
	if s.first == len(s.queue) {
		s.taken.Store(false)
		s.queue, s.first = s.queue[:0], 0
		if cap(s.queue) > maxKeptTasks {
			s.queue = nil
		}
		return task{}, false
	}
	next = s.queue[s.first]
	s.queue[s.first] = task{}
	s.first++
	s.count.Add(-1)
	s.inTask = next.run != nil && !next.isQuick
	return next, s.first < len(s.queue)
}

const maxKeptTasks = 4096

// free returns the turn up, unless there are more tasks. It takes no lock: as with prepare, nothing may come between this
// and the beginning of the handler.
func (s *scheduler) free() {
	s.taken.Store(false)
	if s.count.Load() > 0 && s.taken.CompareAndSwap(false, true) {
		s.offer()
	}
}

// prepare starts the goroutine that takes the turn when it is offered. It does so in advance, because starting a
// goroutine can yield the processor, and nothing may come between the offer and the beginning of the handler.
func (s *scheduler) prepare() {
	s.promised.Store(true)
	s.needStandIn()
}

// offer lets another goroutine take the turn.
func (s *scheduler) offer() {
	s.offered.Store(true)
	s.needStandIn()
}

func (s *scheduler) needStandIn() {
	if s.waiting.CompareAndSwap(false, true) {
		go s.standIn()
	}
}

const (
	patientLooks = 50
	lookAgain    = 50 * time.Microsecond
)

// standIn waits while the turn is promised, and takes it when it is offered.
func (s *scheduler) standIn() {
	for isWaiting := true; isWaiting; {
		for looks := 0; s.promised.Load() && !s.offered.Load(); looks++ {
			if looks < patientLooks {
				runtime.Gosched()
			} else {
				time.Sleep(lookAgain)
			}
		}
		s.waiting.Store(false)
		if s.offered.CompareAndSwap(true, false) {
			s.work()
			return
		}
		// A promise made just now relies on this goroutine.
		isWaiting = s.promised.Load() && s.waiting.CompareAndSwap(false, true)
	}
}

// flushIfFree writes the answers, unless the goroutine that has the turn will.
func (s *scheduler) flushIfFree() {
	s.mu.Lock()
	isLeft := s.taken.Load() && !s.inTask
	s.mu.Unlock()
	if !isLeft {
		s.output.flush()
	}
}

func (s *scheduler) setInTask(inTask bool) {
	s.mu.Lock()
	s.inTask = inTask
	s.mu.Unlock()
}

// runTask runs a function, and reports whether this goroutine still has the turn.
func (s *scheduler) runTask(next task) (isOurs bool) {
	if !next.isQuick && s.output.hasPending() {
		s.output.nudge()
	}
	turn := &turn{scheduler: s}
	hasEnded := false
	defer func() {
		// The handler has ended this goroutine: another one continues.
		if !hasEnded && !turn.passed.Swap(true) {
			s.offer()
		}
	}()
	next.run(turn)
	hasEnded = true
	return !turn.passed.Swap(true) || s.offered.CompareAndSwap(true, false)
}
