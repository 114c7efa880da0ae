package peer

import (
	"fmt"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
)

// Foreign says what a program keeps to that others have written. It is asked for no contract, and sent no notification of
// this protocol.
type Foreign struct {
	// CancelMethod is the notification that cancels a call, whose one param is the id; empty if none does.
	CancelMethod, CancelParam string
	// AnswersCancelled reports whether a request that the program has cancelled is answered.
	AnswersCancelled bool
	// Progress is how progress is reported: lsp, mcp or none.
	Progress string
}

// The names by which progress is asked for and reported.
const (
	lspToken    = "workDoneToken"
	mcpMeta     = "_meta"
	mcpToken    = "progressToken"
	mcpProgress = "notifications/progress"
	mcpCancel   = "notifications/cancelled"
)

// writeCancel writes what cancels a call, and reports whether anything does.
func (f *Foreign) writeCancel(w *jsontree.Writer, call *outgoing) bool {
	// The Model Context Protocol forbids cancelling the first request.
	if f.CancelMethod == "" || f.CancelMethod == mcpCancel && call.method == "initialize" {
		return false
	}
	wire.BeginCall(w, wire.ID{}, f.CancelMethod)
	err := wire.EndCall(w, func(w *jsontree.Writer) error {
		if err := w.Object(); err != nil {
			return err
		}
		w.Name(f.CancelParam)
		w.Int(call.number)
		w.End('}')
		return nil
	})
	return err == nil
}

// isCancel reports whether a notification of the program cancels one of its requests.
func (p *Peer) isCancel(name string) bool {
	f := p.contract.Foreign
	return f != nil && f.CancelMethod != "" && name == f.CancelMethod
}

// withToken returns a function that writes the params with a token under which progress is reported, and gives it to the
// call; params that have a token keep it.
func (f *Foreign) withToken(call *outgoing, write func(w *jsontree.Writer) error) func(w *jsontree.Writer) error {
	return func(w *jsontree.Writer) error {
		var own jsontree.Writer
		if write != nil {
			if err := write(&own); err != nil {
				return err
			}
		}
		params := jsontree.EmptyObject
		if len(own.Out) > 0 {
			parsed, err := jsontree.Parse(own.Out)
			if err != nil {
				return err
			}
			params = parsed
		}
		if params.Kind == jsontree.Object {
			params = f.giveToken(call, params)
		}
		w.Node(params)
		return nil
	}
}

func (f *Foreign) giveToken(call *outgoing, params *jsontree.Node) *jsontree.Node {
	made := jsontree.TextNode(fmt.Sprintf("simple-ipc-%d", call.number))
	name, holder := lspToken, params
	if f.Progress == "mcp" {
		name, holder = mcpToken, params.Find(mcpMeta)
	}
	if found := holder.Find(name); found != nil && !found.IsNull() {
		call.token = wire.IDOf(found)
		return params
	}
	call.token = wire.IDOf(&made)
	holder = with(holder, name, made)
	if f.Progress == "mcp" {
		return with(params, mcpMeta, *holder)
	}
	return holder
}

// with returns an object with one more member, or with another value of one.
func with(object *jsontree.Node, name string, value jsontree.Node) *jsontree.Node {
	var names []string
	var values []jsontree.Node
	for i, each := range object.MemberNames() {
		if each != name {
			names, values = append(names, each), append(values, object.MemberValues()[i])
		}
	}
	return jsontree.ObjectOf(append(names, name), append(values, value))
}

// foreignReport returns the call whose progress a notification of the program reports, and the report.
func (p *Peer) foreignReport(name string, params *jsontree.Node) (call *outgoing, report *jsontree.Node) {
	f := p.contract.Foreign
	var token *jsontree.Node
	switch {
	case f == nil:
		return nil, nil
	case f.Progress == "lsp" && name == "$/progress":
		token, report = params.Find("token"), params.Find("value")
	case f.Progress == "mcp" && name == mcpProgress:
		token, report = params.Find(mcpToken), params
	}
	if token == nil {
		return nil, nil
	}
	id := wire.IDOf(token)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, call := range p.calls {
		if call.token == id {
			return call, report
		}
	}
	return nil, nil
}
