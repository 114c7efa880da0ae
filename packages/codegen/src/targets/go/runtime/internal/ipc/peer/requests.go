package peer

import (
	"context"
	"fmt"

	"simpleipc/internal/ipc/carried"
	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/printable"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

// longestName is how much is shown of a name that the other side made up.
const longestName = 200

func paramsOr(params *jsontree.Node, positional bool) *jsontree.Node {
	switch {
	case params != nil:
		return params
	case positional:
		return jsontree.EmptyArray
	default:
		return jsontree.EmptyObject
	}
}

// request handles a request: it queues its handler.
func (p *Peer) request(id wire.ID, name string, params *jsontree.Node, carries *extras, size int) {
	method := p.methods[name]
	p.mu.Lock()
	_, isRunning := p.requests[id]
	isStopping := p.isStopping
	isBusy := p.queued >= maxQueuedRequests || p.queuedBytes >= maxQueuedRequestBytes
	var request *Incoming
	if !isRunning && !isStopping && !isBusy && method != nil {
		params = paramsOr(params, method.Positional)
		request = &Incoming{Params: params, peer: p, id: id, name: name, method: method, size: size, extras: carries}
		p.requests[id] = request
		p.queued++
		p.queuedBytes += size
	}
	p.mu.Unlock()
	switch {
	case request != nil:
		p.tasks = append(p.tasks, task{request: request})
	case isRunning:
		p.refuse(wire.ID{}, ipc.CodeInvalidRequest, fmt.Sprintf("The id %s is that of a request still running", id), nil)
	case method == nil:
		p.reserved(id, name)
	case isStopping:
		p.refuse(id, ipc.CodeShuttingDown, "This peer is stopping and takes no new calls", nil)
	default:
		p.refuse(id, ipc.CodeBusy, "Too many requests wait here", nil)
	}
}

// started notes that a request is no longer queued.
func (p *Peer) started(request *Incoming) {
	p.mu.Lock()
	p.queued--
	p.queuedBytes -= request.size
	p.mu.Unlock()
}

// answered notes that a request is no longer open.
func (p *Peer) answered(request *Incoming, wasQueued bool) {
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

// reserved answers the requests that every peer knows.
func (p *Peer) reserved(id wire.ID, name string) {
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	switch {
	case name == "rpc.ping":
		wire.BeginResult(w, id)
		w.Null()
		wire.EndMessage(w)
	case name == "rpc.contract":
		wire.BeginResult(w, id)
		p.describeContract(w)
		wire.EndMessage(w)
	case name == "rpc.discover" && p.contract.OpenRPC != "":
		wire.BeginResult(w, id)
		w.Raw(p.contract.OpenRPC)
		wire.EndMessage(w)
	default:
		data := jsontree.Writer{}
		data.Raw(`{"method":`)
		data.Quoted(name)
		data.Raw(`}`)
		text := "There is no method '" + printable.Text(name, longestName) + "' here"
		wire.WriteError(w, id, ipc.CodeMethodNotFound, text, data.Out)
		p.violatedNow(text)
	}
	p.answerNow(w)
}

func (p *Peer) describeContract(w *jsontree.Writer) {
	w.Raw(`{"protocol":`)
	w.Int(ProtocolVersion)
	w.Raw(`,"name":`)
	w.Quoted(p.contract.Name)
	w.Raw(`,"version":`)
	w.Quoted(p.contract.Version)
	w.Raw(`,"hash":`)
	w.Quoted(p.contract.Hash)
	w.Raw(`,"runtime":"go/` + RuntimeVersion + `"}`)
}

// notified handles a notification.
func (p *Peer) notified(name string, params *jsontree.Node, carries *extras, size int) {
	if p.isCancel(name) {
		if request := p.openRequest(params.Find(p.contract.Foreign.CancelParam)); request != nil {
			request.cancel()
		}
		return
	}
	if call, report := p.foreignReport(name, params); call != nil {
		p.inOrder(size, func() { call.report(report) })
		return
	}
	if p.contract.Foreign == nil && len(name) > 2 && name[:2] == "$/" {
		p.protocolNotification(name, params, size)
		return
	}
	known := p.notifications[name]
	if known == nil {
		return
	}
	p.deliver(size, func(ctx context.Context) {
		if carries != nil {
			ctx = context.WithValue(ctx, carried.Key{}, carries)
		}
		p.guard(name, func() {
			err := known.Handle(ctx, paramsOr(params, known.Positional))
			if fault, ok := Find[*ipc.InvalidValueError](err); ok {
				p.violated(true, "the notification "+name+" was dropped, its params do not fit the contract: params"+fault.Sentence())
			}
		})
	})
}

func (p *Peer) protocolNotification(name string, params *jsontree.Node, size int) {
	switch name {
	case "$/cancelRequest":
		if request := p.openRequest(params.Find("id")); request != nil {
			request.cancel()
		}
	case "$/credit":
		if request := p.openRequest(params.Find("id")); request != nil {
			if items, _ := wire.IDOf(params.Find("items")).Number(); items > 0 {
				request.credit(items)
			}
		}
	case "$/items":
		call, values := p.openCall(wire.IDOf(params.Find("id"))), params.Find("values").Items()
		if call != nil && len(values) > 0 {
			p.inOrder(size, func() { call.arrived(values, size) })
		}
	case "$/progress":
		if call := p.openCall(wire.IDOf(params.Find("token"))); call != nil {
			value := params.Find("value")
			p.inOrder(size, func() { call.report(value) })
		}
	}
}

func (p *Peer) openRequest(id *jsontree.Node) *Incoming {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests[wire.IDOf(id)]
}

func (p *Peer) openCall(id wire.ID) *outgoing {
	number, isNumber := id.Number()
	if !isNumber {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[number]
}

// response settles a call. A late response is ignored.
func (p *Peer) response(message *jsontree.Node, size int) {
	number, isNumber := wire.IDOf(message.Find("id")).Number()
	if !isNumber {
		return
	}
	p.mu.Lock()
	call := p.calls[number]
	delete(p.calls, number)
	if call != nil {
		p.readUpTo = max(p.readUpTo, call.end)
	}
	p.mu.Unlock()
	if call == nil {
		return
	}
	call.answered.Store(true)
	failure := message.Find("error")
	result := message.Find("result")
	p.inOrder(size, func() {
		if failure != nil && failure.Kind != jsontree.Null {
			call.settle(nil, call.readError(failure))
		} else {
			call.settle(result, nil)
		}
	})
}
