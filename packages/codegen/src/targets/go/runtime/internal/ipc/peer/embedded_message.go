package peer

import (
	"bytes"
	"strings"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
)

// embedded looks for a message after other text on the same line, such as a progress bar. It counts only if this side
// expects it; then the text before it is a plain line.
func (p *Peer) embedded(line []byte) bool {
	start := bytes.Index(line, []byte(messageStart))
	if start <= 0 {
		return false
	}
	message, err := jsontree.Parse(bytes.TrimRight(line[start:], " \t\r"))
	if err != nil || !isMessage(message, false) || !p.isExpected(message) {
		return false
	}
	p.takesLine(line[:start])
	p.message(message, len(line)-start)
	return true
}

func (p *Peer) isExpected(message *jsontree.Node) bool {
	name, params := message.Find("method"), message.Find("params")
	id := message.Find("id")
	switch {
	case name == nil:
		return p.openCall(wire.IDOf(id)) != nil
	case name.Kind != jsontree.String:
		return false
	case name.Literal == "$/items":
		return p.openCall(wire.IDOf(params.Find("id"))) != nil
	case name.Literal == "$/progress":
		return p.openCall(wire.IDOf(params.Find("token"))) != nil
	case id != nil && strings.HasPrefix(name.Literal, "rpc."):
		return true
	case id != nil:
		return p.methods[name.Literal] != nil
	default:
		return p.notifications[name.Literal] != nil
	}
}
