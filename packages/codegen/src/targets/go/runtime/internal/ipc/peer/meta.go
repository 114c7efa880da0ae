package peer

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"simpleipc/internal/ipc/carried"
	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

const wrongMeta = "The meta of a message must be an object of strings, of at most 8 KiB as JSON"

// extras is what a message has brought beside its params; nil: nothing.
type extras struct {
	meta map[string]string
	call int64 // that it serves; 0: none
}

// Meta returns what the message says of its caller; it must not be changed.
func (e *extras) Meta() map[string]string {
	if e == nil {
		return nil
	}
	return e.meta
}

// For returns the number of the call that the message serves.
func (e *extras) For() (call int64, ok bool) {
	if e == nil {
		return 0, false
	}
	return e.call, e.call != 0
}

// readExtras returns what a message carries; false if its meta is none. To programs of others the names mean something
// else, if anything.
func (p *Peer) readExtras(message *jsontree.Node, size int) (read *extras, ok bool) {
	if p.contract.Foreign != nil {
		return nil, true
	}
	meta, served := message.Find("meta"), message.Find("for")
	if meta == nil && served == nil {
		return nil, true
	}
	read = &extras{}
	if meta != nil {
		if read.meta, ok = wire.ReadMeta(meta, size); !ok {
			return nil, false
		}
	}
	if call := p.openCall(wire.IDOf(served)); call != nil {
		read.call = call.number
	}
	return read, true
}

// writeExtras writes what a call or notification carries.
func (p *Peer) writeExtras(ctx context.Context, w *jsontree.Writer, name string) error {
	if p.contract.Foreign != nil || strings.HasPrefix(name, "rpc.") {
		return nil
	}
	of := carried.Of(ctx)
	if meta := p.metaFor(ctx, of); len(meta) > 0 {
		if size := wire.WriteMeta(w, meta); size > wire.MostMetaBytes {
			return metaTooLarge(name, size)
		}
	}
	if request, ok := of.Message.(*Incoming); ok && request.peer == p {
		wire.WriteFor(w, request.id)
	}
	return nil
}

// metaFor returns what is passed on, what the option says, and what the caller adds; each replaces what is before it.
func (p *Peer) metaFor(ctx context.Context, of carried.Outgoing) map[string]string {
	if of.IsAlone {
		return of.Added
	}
	var passedOn, asked map[string]string
	if of.Message != nil {
		passedOn = of.Message.Meta()
	}
	if p.options.Meta != nil {
		asked = p.options.Meta(ctx)
	}
	if len(asked) == 0 && len(of.Added) == 0 {
		return passedOn
	}
	meta := make(map[string]string, len(passedOn)+len(asked)+len(of.Added))
	maps.Copy(meta, passedOn)
	maps.Copy(meta, asked)
	maps.Copy(meta, of.Added)
	return meta
}

func metaTooLarge(method string, size int) *ipc.Error {
	text := "%s was not sent: its meta has %d bytes as JSON, and %d are allowed: meta is for what tracers and logs need, send anything else as params"
	return &ipc.Error{Kind: ipc.KindMessageTooLarge, Method: method, Message: fmt.Sprintf(text, method, size, wire.MostMetaBytes)}
}
