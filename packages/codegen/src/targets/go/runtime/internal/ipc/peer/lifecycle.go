package peer

// EndOfLines passes on an unterminated last line: nothing more can be read. If it is the beginning of an answer, its
// call fails with the reason for the end.
func (p *Peer) EndOfLines() {
	p.isCutOff = true
	p.splitter.End()
	p.isCutOff = false
	p.handOver()
}

// EndOfInput notes that the other side sends nothing more: no credit, no answers. Open calls fail for the first reason,
// after everything that was received is handled; later calls are rejected for the second one.
func (p *Peer) EndOfInput(unanswered, unsent func(method string) error) {
	p.EndOfLines()
	p.mu.Lock()
	p.inputEnded = true
	if !p.isStopping {
		p.refusal = unsent
	}
	open := p.calls
	p.calls = map[int64]*outgoing{}
	p.mu.Unlock()
	for _, call := range open {
		p.inOrder(0, func() { call.settle(nil, unanswered(call.method)) })
	}
	for _, request := range p.openRequests() {
		request.openWindow()
	}
	p.inOrder(0, p.lookForEnd)
	p.handOver()
}

func (p *Peer) hasInputEnded() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inputEnded
}

// isEnding reports whether the other side sends nothing more, or this side is stopping.
func (p *Peer) isEnding() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inputEnded || p.isStopping
}

// refuseCalls rejects every later call, unless they are rejected already, and returns the open ones.
func (p *Peer) refuseCalls(refusal func(method string) error) map[int64]*outgoing {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refusal == nil {
		p.refusal = refusal
	}
	open := p.calls
	p.calls = map[int64]*outgoing{}
	return open
}

// CancelEverything cancels the contexts of all handlers: nobody waits for their answers.
func (p *Peer) CancelEverything() {
	p.end()
	p.undelivered.end()
	for _, request := range p.openRequests() {
		request.cancel()
	}
}

// IsBusy reports whether anything from the other side has not been answered or handled yet.
func (p *Peer) IsBusy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.requests) > 0 || !p.undelivered.isEmpty()
}

// IsRunning reports whether a handler has not returned, although its call may be answered.
func (p *Peer) IsRunning() bool { return p.running.Load() > 0 || p.IsBusy() }

// lookForEnd calls OnIdle if the input has ended and nothing is left to do.
func (p *Peer) lookForEnd() {
	p.mu.Lock()
	isOver := p.inputEnded && len(p.requests) == 0 && p.undelivered.isEmpty()
	p.mu.Unlock()
	if isOver && p.options.OnIdle != nil {
		p.options.OnIdle()
	}
}

// ShutDown settles everything that is open: requests of the other side are answered, calls of this side are cancelled.
func (p *Peer) ShutDown() {
	p.mu.Lock()
	wasStopping := p.isStopping
	p.isStopping = true
	p.mu.Unlock()
	if wasStopping {
		return
	}
	p.undelivered.end()
	for _, request := range p.openRequests() {
		request.shutDown()
	}
	for _, call := range p.refuseCalls(notRunning) {
		p.sendCancel(call)
		call.settle(nil, stopped(call.method))
	}
}

// FailNow fails every open call at once, and every later one.
func (p *Peer) FailNow(refusal func(method string) error) {
	for _, call := range p.refuseCalls(refusal) {
		call.settle(nil, refusal(call.method))
	}
}

// End cancels the context of the handlers of notifications: the connection is closed.
func (p *Peer) End() { p.end() }
