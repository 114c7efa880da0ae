package peer

// EndOfLines hands on what was begun of a last line: nothing more can be read.
func (p *Peer) EndOfLines() {
	p.splitter.End()
	p.handOver()
}

// EndOfInput says that the other side sends nothing more: no credit, no answers.
func (p *Peer) EndOfInput(refusal func(method string) error) {
	p.splitter.End()
	p.mu.Lock()
	p.inputEnded = true
	p.mu.Unlock()
	p.failCalls(refusal)
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

// failCalls fails every open call, behind everything that was received, and every later one. Only the goroutine that
// reads calls it, or whoever comes after that has ended.
func (p *Peer) failCalls(refusal func(method string) error) {
	for _, call := range p.refuseCalls(refusal) {
		p.inOrder(0, func() { call.settle(nil, refusal(call.method)) })
	}
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

// RefuseNew says why no call can be made from now on.
func (p *Peer) RefuseNew(refusal func(method string) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isStopping {
		return
	}
	p.refusal = refusal
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
