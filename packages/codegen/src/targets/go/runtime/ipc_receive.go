package simpleipc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
)

// messageStart is how every message of ours begins, and most of others.
const messageStart = `{"jsonrpc":"2.0"`

const isNoMessage = "This is JSON, but no message of JSON-RPC 2.0"

// line sorts a line: a message, or a plain line.
func (p *peer) line(line []byte) {
	text := bytes.Trim(line, " \t\r")
	if p.isFirstLine() {
		text = bytes.Trim(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r")
	}
	if len(text) == 0 || text[0] != '{' {
		p.plain(line, text)
		return
	}
	value, err := parse(text)
	switch {
	case err != nil:
		p.unreadable(line, text, err)
	case isMessage(value):
		p.message(value, len(line))
	default:
		p.plainJSON(line)
	}
}

func (p *peer) isFirstLine() bool {
	wasFirst := !p.hasRead
	p.hasRead = true
	return wasFirst
}

// isMessage tells a message from a plain line that happens to be a JSON object.
func isMessage(value *node) bool {
	version := value.Find("jsonrpc")
	if version == nil || version.kind != aString || version.literal != "2.0" {
		return false
	}
	return value.Find("id") != nil || value.Find("method") != nil || value.Find("result") != nil || value.Find("error") != nil
}

// ---- plain lines

func (p *peer) plain(line, text []byte) {
	switch {
	case p.isHost && p.glued(line):
	case p.takesLine(line):
	case len(text) > 0 && (text[0] == '{' || text[0] == '['):
		if _, err := parse(text); err != nil && !errors.Is(err, errTooDeep) {
			p.refuse(messageID{}, CodeParseError, "This is not JSON: "+err.Error(), nil)
			return
		}
		p.refuse(messageID{}, CodeInvalidRequest, isNoMessage, nil)
	default:
		text := fmt.Appendf(nil, "%s\n", line)
		// Not here: nobody may be reading stderr just now.
		p.deliver(len(text), func(context.Context) { _, _ = os.Stderr.Write(text) })
	}
}

func (p *peer) plainJSON(line []byte) {
	if !(p.isHost && p.glued(line)) && !p.takesLine(line) {
		p.refuse(messageID{}, CodeInvalidRequest, isNoMessage, nil)
	}
}

// takesLine hands a plain line to whoever wants it. A host takes them all.
func (p *peer) takesLine(line []byte) bool {
	if !p.isHost && p.onLine == nil {
		return false
	}
	text := strings.ToValidUTF8(wellFormed(string(line)), "\ufffd")
	if p.onPlainLine != nil {
		p.onPlainLine(text)
	}
	if handler := p.onLine; handler != nil {
		p.deliver(len(line), func(context.Context) {
			defer p.survive("the handler of plain lines")
			handler(text)
		})
	}
	return true
}

// ---- messages that cannot be read

// skippedLine takes the head of a line over the size limit.
func (p *peer) skippedLine(head []byte, size int) {
	limit := fmt.Sprintf("The message is larger than the limit of %d bytes", p.maxMessageBytes)
	kind, id := peek(head)
	switch {
	case kind == peekRequest:
		p.refuse(p.unlessRunning(id), CodeInvalidRequest, limit, []byte(`{"reason":"MESSAGE_TOO_LARGE"}`))
	case kind == peekResponse, kind == peekItem:
		p.lose(id, KindMessageTooLarge, fmt.Sprintf("with a message of %d bytes, the limit is %d (MaxMessageBytes)", size, p.maxMessageBytes))
	case p.takesLine(fmt.Appendf(bytes.Clone(head[:min(len(head), 200)]), "… (%d bytes)", size)):
	default:
		p.refuse(messageID{}, CodeInvalidRequest, limit, []byte(`{"reason":"MESSAGE_TOO_LARGE"}`))
	}
}

// unreadable takes a line that looks like a message and cannot be read.
func (p *peer) unreadable(line, text []byte, why error) {
	if !bytes.HasPrefix(text, []byte(messageStart)) {
		p.plain(line, text)
		return
	}
	code := CodeParseError
	if errors.Is(why, errTooDeep) {
		code = CodeInvalidRequest
	}
	reason := "The message cannot be read: " + why.Error()
	kind, id := peek(text)
	switch {
	case kind == peekRequest:
		p.refuse(p.unlessRunning(id), code, reason, nil)
	case kind == peekResponse, kind == peekItem:
		p.lose(id, KindUnreadableMessage, "with a message that cannot be read: "+why.Error())
	case p.isHost:
		p.plain(line, text)
	default:
		p.refuse(messageID{}, code, reason, nil)
	}
}

// lose fails the one call whose answer or item could not be read.
func (p *peer) lose(id messageID, kind Kind, how string) {
	if call := p.openCall(id); call != nil {
		call.cancel(&Error{Kind: kind, Message: call.method + " was answered " + how})
	}
}

func (p *peer) unlessRunning(id messageID) messageID {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, isRunning := p.requests[id]; isRunning {
		return messageID{}
	}
	return id
}

// ---- messages

func (p *peer) message(message *node, size int) {
	name := message.Find("method")
	if name == nil {
		p.response(message, size)
		return
	}
	params := message.Find("params")
	if params != nil && params.kind == aNull {
		params = nil
	}
	rawID := message.Find("id")
	id := idOf(rawID)
	isBad := name.kind != aString || params != nil && params.kind != anObject && params.kind != anArray
	switch {
	case isBad || rawID != nil && id.kind == noID:
		p.refuse(p.unlessRunning(id), CodeInvalidRequest, "The method, the params or the id is none", nil)
	case rawID == nil:
		p.notified(name.text(), params, size)
	default:
		p.request(id, name.text(), params, size)
	}
}

// refuse answers with an error, at once.
func (p *peer) refuse(id messageID, code int64, message string, data []byte) {
	w := borrowWriter()
	defer returnWriter(w)
	writeError(w, id, code, message, data)
	p.answerNow(w)
}

// answerNow sends what the protocol itself answers; it never waits.
func (p *peer) answerNow(w *writer) {
	p.output.append(w.bytes)
	p.output.nudge()
}

// survive keeps a handler that panics from ending the program.
func (p *peer) survive(what string) {
	if failure := recover(); failure != nil {
		fmt.Fprintf(os.Stderr, "simple-ipc: %s panicked: %v\n", what, failure)
	}
}
