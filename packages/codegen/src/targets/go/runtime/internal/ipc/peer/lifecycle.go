package peer

// EndOfLines hands on what was begun of a last line: nothing more can be read.
func (p *Peer) EndOfLines() {
	p.splitter.End()
	p.handOver()
}

// EndOfInput says that the other side sends nothing more: no credit, no answers. Open calls fail for the first reason,
// behind everything that was received; those to come are refused for the second.
func (p *Peer) EndOfInput(unanswered, unsent func(method string) error) {
	p.splitter.End()
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

// refuseCalls refuses every later call, unless that is so already, and gives the open ones.
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

// CancelEverything ends the contexts of all handlers: nobody waits for their answers.
func (p *Peer) CancelEverything() {
	p.end()
	p.undelivered.end()
	for _, request := range p.openRequests() {
		request.cancel()
	}
}

// IsBusy says whether anything of the other side is not answered or handled yet.
func (p *Peer) IsBusy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.requests) > 0 || !p.undelivered.isEmpty()
}

// lookForEnd tells when the input has ended and nothing is left to do.
func (p *Peer) lookForEnd() {
	p.mu.Lock()
	isOver := p.inputEnded && len(p.requests) == 0 && p.undelivered.isEmpty()
	p.mu.Unlock()
	if isOver && p.options.OnIdle != nil {
		p.options.OnIdle()
	}
}

// ShutDown settles everything that is open: the other side's requests are answered, our calls are cancelled.
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

// End ends the contexts of the handlers of notifications: the connection is over.
func (p *Peer) End() { p.end() }
