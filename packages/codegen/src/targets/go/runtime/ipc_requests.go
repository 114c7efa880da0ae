package simpleipc

import (
	"context"
	"errors"
	"fmt"
	"os"
)

func paramsOr(params *node, positional bool) *node {
	switch {
	case params != nil:
		return params
	case positional:
		return emptyArray
	default:
		return emptyObject
	}
}

// request takes a request: its handler starts in its turn.
func (p *peer) request(id messageID, name string, params *node, size int) {
	method := p.methods[name]
	p.mu.Lock()
	_, isRunning := p.requests[id]
	isStopping := p.isStopping
	isBusy := p.queued >= maxQueuedRequests || p.queuedBytes >= maxQueuedRequestBytes
	var request *incoming
	if !isRunning && !isStopping && !isBusy && method != nil {
		params = paramsOr(params, method.positional)
		request = &incoming{Params: params, peer: p, id: id, name: name, method: method, size: size}
		p.requests[id] = request
		p.queued++
		p.queuedBytes += size
	}
	p.mu.Unlock()
	switch {
	case request != nil:
		p.tasks = append(p.tasks, task{request: request})
	case isRunning:
		p.refuse(messageID{}, CodeInvalidRequest, fmt.Sprintf("The id %s is that of a request still running", id), nil)
	case method == nil:
		p.reserved(id, name)
	case isStopping:
		p.refuse(id, CodeShuttingDown, "This peer is stopping and takes no new calls", nil)
	default:
		p.refuse(id, CodeBusy, "Too many requests wait here", nil)
	}
}

// started notes that a request is no longer queued.
func (p *peer) started(request *incoming) {
	p.mu.Lock()
	p.queued--
	p.queuedBytes -= request.size
	p.mu.Unlock()
}

// answered notes that a request is no longer open.
func (p *peer) answered(request *incoming, wasQueued bool) {
	p.mu.Lock()
	if p.requests[request.id] == request {
		delete(p.requests, request.id)
	}
	if wasQueued {
		p.queued--
		p.queuedBytes -= request.size
	}
	hasEnded := p.inputEnded
	p.mu.Unlock()
	if hasEnded {
		p.lookForEnd()
	}
}

// reserved answers what every peer knows.
func (p *peer) reserved(id messageID, name string) {
	w := borrowWriter()
	defer returnWriter(w)
	switch {
	case name == "rpc.ping":
		beginResult(w, id)
		w.raw("null")
		endMessage(w)
	case name == "rpc.contract":
		beginResult(w, id)
		p.describeContract(w)
		endMessage(w)
	case name == "rpc.discover" && p.contract.openrpc != "":
		beginResult(w, id)
		w.raw(p.contract.openrpc)
		endMessage(w)
	default:
		data := writer{}
		data.raw(`{"method":`)
		data.quoted(name)
		data.raw(`}`)
		writeError(w, id, CodeMethodNotFound, "There is no method ‘"+name+"’ here", data.bytes)
	}
	p.answerNow(w)
}

func (p *peer) describeContract(w *writer) {
	w.raw(`{"protocol":`)
	w.int(protocolVersion)
	w.raw(`,"name":`)
	w.quoted(p.contract.name)
	w.raw(`,"version":`)
	w.quoted(p.contract.version)
	w.raw(`,"hash":`)
	w.quoted(p.contract.hash)
	w.raw(`,"runtime":"go/` + runtimeVersion + `"}`)
}

// notified takes a notification.
func (p *peer) notified(name string, params *node, size int) {
	if len(name) > 2 && name[:2] == "$/" {
		p.protocolNotification(name, params, size)
		return
	}
	known := p.notifications[name]
	if known == nil {
		return
	}
	p.deliver(size, func(ctx context.Context) {
		defer p.survive("the handler of " + name)
		err := known.handle(ctx, paramsOr(params, known.positional))
		var fault *InvalidValueError
		if errors.As(err, &fault) {
			fmt.Fprintf(os.Stderr, "simple-ipc: the notification %s was dropped: params%s %s\n", name, fault.Path, fault.Message)
		}
	})
}

func (p *peer) protocolNotification(name string, params *node, size int) {
	switch name {
	case "$/cancelRequest":
		if request := p.openRequest(params.Find("id")); request != nil {
			request.cancel()
		}
	case "$/credit":
		if request := p.openRequest(params.Find("id")); request != nil {
			if items := idOf(params.Find("items")); items.kind == numberID && items.number > 0 {
				request.credit(items.number)
			}
		}
	case "$/item":
		if call := p.openCall(idOf(params.Find("id"))); call != nil {
			value := params.Find("value")
			p.inOrder(size, func() { call.item(value, size) })
		}
	case "$/progress":
		if call := p.openCall(idOf(params.Find("token"))); call != nil {
			value := params.Find("value")
			p.inOrder(size, func() { call.report(value) })
		}
	}
}

func (p *peer) openRequest(id *node) *incoming {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests[idOf(id)]
}

func (p *peer) openCall(id messageID) *outgoing {
	if id.kind != numberID {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[id.number]
}

// response settles a call. A late one is dropped.
func (p *peer) response(message *node, size int) {
	id := idOf(message.Find("id"))
	if id.kind != numberID {
		return
	}
	p.mu.Lock()
	call := p.calls[id.number]
	delete(p.calls, id.number)
	p.mu.Unlock()
	if call == nil {
		return
	}
	failure := message.Find("error")
	result := message.Find("result")
	p.inOrder(size, func() {
		if failure != nil && failure.kind != aNull {
			call.settle(nil, call.readError(failure))
		} else {
			call.settle(result, nil)
		}
	})
}
