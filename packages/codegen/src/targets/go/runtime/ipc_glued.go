package simpleipc

import (
	"bytes"
	"strings"
)

// glued looks for a message behind other text on the same line, such as a progress bar's. It counts only if this side
// can expect it; then the text in front is a plain line.
func (p *peer) glued(line []byte) bool {
	start := bytes.Index(line, []byte(messageStart))
	if start <= 0 {
		return false
	}
	message, err := parse(bytes.TrimRight(line[start:], " \t\r"))
	if err != nil || !isMessage(message) || !p.isExpected(message) {
		return false
	}
	p.takesLine(line[:start])
	p.message(message, len(line)-start)
	return true
}

func (p *peer) isExpected(message *node) bool {
	name, params := message.Find("method"), message.Find("params")
	id := message.Find("id")
	switch {
	case name == nil:
		return p.openCall(idOf(id)) != nil
	case name.kind != aString:
		return false
	case name.literal == "$/item":
		return p.openCall(idOf(params.Find("id"))) != nil
	case name.literal == "$/progress":
		return p.openCall(idOf(params.Find("token"))) != nil
	case id != nil && strings.HasPrefix(name.literal, "rpc."):
		return true
	case id != nil:
		return p.methods[name.literal] != nil
	default:
		return p.notifications[name.literal] != nil
	}
}
