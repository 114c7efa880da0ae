package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

// messageStart is how every message of this library begins, and most messages of others.
const messageStart = `{"jsonrpc":"2.0"`

const notAMessage = "This is JSON, but not a JSON-RPC 2.0 message"

// line handles a line: a message, or a plain line.
func (p *Peer) line(line []byte) {
	text := line
	if p.isFirstLine() {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	// The white space of JSON, and no other.
	text = bytes.Trim(text, " \t\r")
	if len(text) == 0 || text[0] != '{' {
		p.plain(line, text)
		return
	}
	value, err := jsontree.Parse(text)
	switch {
	case err != nil:
		p.unreadable(line, text, err)
	case isMessage(value, p.contract.Foreign != nil):
		p.message(value, len(line))
	default:
		p.plainJSON(line)
	}
}

func (p *Peer) isFirstLine() bool {
	wasFirst := !p.hasRead
	p.hasRead = true
	return wasFirst
}

// isMessage distinguishes a message from a plain line that happens to be a JSON object. Programs of others may leave out
// the version.
func isMessage(value *jsontree.Node, isLenient bool) bool {
	version := value.Find("jsonrpc")
	if version == nil && !isLenient || version != nil && (version.Kind != jsontree.String || version.Literal != "2.0") {
		return false
	}
	return value.Find("id") != nil || value.Find("method") != nil || value.Find("result") != nil || value.Find("error") != nil
}

// ---- plain lines

func (p *Peer) plain(line, text []byte) {
	switch {
	case p.options.IsHost && p.embedded(line):
	case p.takesLine(line):
	case len(text) > 0 && (text[0] == '{' || text[0] == '['):
		if _, err := jsontree.Parse(text); err != nil && !errors.Is(err, jsontree.ErrTooDeep) {
			p.reject(wire.ID{}, ipc.CodeParseError, "This is not JSON: "+err.Error(), nil)
			return
		}
		p.reject(wire.ID{}, ipc.CodeInvalidRequest, notAMessage, nil)
	default:
		text := fmt.Appendf(nil, "%s\n", line)
		// Not here: stderr may block.
		p.deliver(len(text), func(context.Context) { _, _ = os.Stderr.Write(text) })
	}
}

func (p *Peer) plainJSON(line []byte) {
	if !(p.options.IsHost && p.embedded(line)) && !p.takesLine(line) {
		p.reject(wire.ID{}, ipc.CodeInvalidRequest, notAMessage, nil)
	}
}

// takesLine passes a plain line to its handler, and reports whether there is one. A host handles all of them.
func (p *Peer) takesLine(line []byte) bool {
	if !p.options.IsHost && p.options.OnLine == nil {
		return false
	}
	text := strings.ToValidUTF8(jsontree.WellFormed(string(line)), "\ufffd")
	if p.options.OnPlainLine != nil {
		p.options.OnPlainLine(text)
	}
	if handler := p.options.OnLine; handler != nil {
		p.deliver(len(line), func(context.Context) { p.guard("OnLine", func() { handler(text) }) })
	}
	return true
}

// ---- messages that cannot be read

// skippedLine handles the head of a line over the size limit.
func (p *Peer) skippedLine(head []byte, size int) {
	limit := fmt.Sprintf("The message is larger than the limit of %d bytes", p.options.MaxMessageBytes)
	kind, id := wire.Peek(head)
	switch {
	case kind == wire.PeekRequest:
		p.reject(p.unlessRunning(id), ipc.CodeInvalidRequest, limit, []byte(`{"reason":"MESSAGE_TOO_LARGE"}`))
	case kind == wire.PeekResponse, kind == wire.PeekItem:
		p.lose(id, ipc.KindMessageTooLarge, fmt.Sprintf("with a message of %d bytes, the limit is %d (MaxMessageBytes)", size, p.options.MaxMessageBytes))
	case p.takesLine(fmt.Appendf(bytes.Clone(head[:min(len(head), 200)]), "… (%d bytes)", size)):
	default:
		p.reject(wire.ID{}, ipc.CodeInvalidRequest, limit, []byte(`{"reason":"MESSAGE_TOO_LARGE"}`))
	}
}

// unreadable handles a line that looks like a message and cannot be parsed.
func (p *Peer) unreadable(line, text []byte, why error) {
	if !bytes.HasPrefix(text, []byte(messageStart)) {
		p.plain(line, text)
		return
	}
	code := ipc.CodeParseError
	if errors.Is(why, jsontree.ErrTooDeep) {
		code = ipc.CodeInvalidRequest
	}
	reason := "The message cannot be read: " + why.Error()
	kind, id := wire.Peek(text)
	switch {
	case kind == wire.PeekRequest:
		p.reject(p.unlessRunning(id), code, reason, nil)
	case (kind == wire.PeekResponse || kind == wire.PeekItem) && p.isCutOff && p.options.IsHost:
		p.takesLine(line)
	case kind == wire.PeekResponse, kind == wire.PeekItem:
		p.lose(id, ipc.KindUnreadableMessage, "with a message that cannot be read: "+why.Error())
	case p.options.IsHost:
		p.plain(line, text)
	default:
		p.reject(wire.ID{}, code, reason, nil)
	}
}

// lose fails the call whose answer or item could not be parsed.
func (p *Peer) lose(id wire.ID, kind ipc.Kind, how string) {
	if call := p.openCall(id); call != nil {
		call.cancel(&ipc.Error{Kind: kind, Method: call.method, Message: call.method + " was answered " + how})
	}
}

func (p *Peer) unlessRunning(id wire.ID) wire.ID {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, isRunning := p.requests[id]; isRunning {
		return wire.ID{}
	}
	return id
}

// ---- messages

func (p *Peer) message(message *jsontree.Node, size int) {
	if !p.hasHeard.Load() {
		p.hasHeard.Store(true)
	}
	name := message.Find("method")
	if name == nil {
		p.response(message, size)
		return
	}
	params := message.Find("params")
	if params != nil && params.Kind == jsontree.Null {
		params = nil
	}
	rawID := message.Find("id")
	id := wire.IDOf(rawID)
	if fault := invalidPart(name, params, rawID != nil && id.IsNone()); fault != "" {
		p.reject(p.unlessRunning(id), ipc.CodeInvalidRequest, fault, nil)
		return
	}
	switch carries, ok := p.readExtras(message, size); {
	case !ok && rawID == nil:
		p.violatedNow(wrongMeta)
	case !ok:
		p.reject(p.unlessRunning(id), ipc.CodeInvalidRequest, wrongMeta, nil)
	case rawID == nil:
		p.notified(name.CloneText(), params, carries, size)
	default:
		p.request(id, name.CloneText(), params, carries, size)
	}
}

// invalidPart describes what is wrong with a request or notification; empty if nothing is.
func invalidPart(name, params *jsontree.Node, isBadID bool) string {
	switch {
	case name.Kind != jsontree.String:
		return "The method of a request must be a string"
	case params != nil && params.Kind != jsontree.Object && params.Kind != jsontree.Array:
		return "The params of a request must be an object or an array"
	case isBadID:
		return "The id of a request must be a string or an integer"
	default:
		return ""
	}
}

// reject answers what cannot be understood with an error, at once, and reports it.
func (p *Peer) reject(id wire.ID, code int64, message string, data []byte) {
	p.refuse(id, code, message, data)
	p.violatedNow(message)
}

// refuse answers with an error, at once.
func (p *Peer) refuse(id wire.ID, code int64, message string, data []byte) {
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	wire.WriteError(w, id, code, message, data)
	p.answerNow(w)
}

// answerNow sends an answer of the protocol itself; it never waits.
func (p *Peer) answerNow(w *jsontree.Writer) {
	p.output.append(w.Out)
	p.output.nudge()
	if p.options.OnDeaf != nil && p.output.isLong.Load() && p.output.size() > p.options.MaxQueuedBytes {
		p.deaf.Do(p.options.OnDeaf)
	}
}
