package wire

import (
	"encoding/json"
	"regexp"

	"simpleipc/internal/ipc/jsontree"
)

// PeekKind is the kind of message whose id was found.
type PeekKind uint8

// The kinds of messages whose id Peek finds.
const (
	PeekNothing PeekKind = iota
	PeekRequest
	PeekResponse
	PeekItem
)

var (
	peekScalar = regexp.MustCompile(`^[ \t\n\r]*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)`)
	peekColon  = regexp.MustCompile(`^[ \t\n\r]*:`)
	peekComma  = regexp.MustCompile(`^[ \t\n\r]*,`)
	peekAfter  = regexp.MustCompile(`^[ \t\n\r]*[,}]`)
	peekParams = regexp.MustCompile(`^[ \t\n\r]*"\$/items"[ \t\n\r]*,[ \t\n\r]*"params"[ \t\n\r]*:[ \t\n\r]*\{[ \t\n\r]*"id"[ \t\n\r]*:`)
)

// Peek looks for the id in the head of a message that cannot be parsed. Only an "id" before "method", "result" or
// "error" counts; for an item, the one at the beginning of its params.
func Peek(line []byte) (PeekKind, ID) {
	text := line[:min(len(line), headBytes)]
	start := 0
	for start < len(text) && text[start] != '{' {
		start++
	}
	text = text[min(start+1, len(text)):]
	var id ID
	for {
		key, rest := takeScalar(text)
		colon := peekColon.Find(rest)
		if key == nil || key.Kind != jsontree.String || colon == nil {
			return PeekNothing, ID{}
		}
		text = rest[len(colon):]
		switch key.CloneText() {
		case "method":
			if !id.IsNone() {
				return PeekRequest, id
			}
			return peekItemID(text)
		case "result", "error":
			if id.IsNone() {
				return PeekNothing, id
			}
			return PeekResponse, id
		}
		value, rest := takeScalar(text)
		comma := peekComma.Find(rest)
		if value == nil || comma == nil {
			return PeekNothing, ID{}
		}
		if key.CloneText() == "id" {
			id = IDOf(value)
		}
		text = rest[len(comma):]
	}
}

func peekItemID(text []byte) (PeekKind, ID) {
	params := peekParams.Find(text)
	if params == nil {
		return PeekNothing, ID{}
	}
	value, rest := takeScalar(text[len(params):])
	if id := IDOf(value); !id.IsNone() && peekAfter.Match(rest) {
		return PeekItem, id
	}
	return PeekNothing, ID{}
}

// takeScalar parses a leading string, number, boolean or null; nil if there is none.
func takeScalar(text []byte) (*jsontree.Node, []byte) {
	found := peekScalar.FindSubmatch(text)
	if found == nil || !json.Valid(found[1]) {
		return nil, nil
	}
	value, err := jsontree.Parse(found[1])
	if err != nil {
		return nil, nil
	}
	return value, text[len(found[0]):]
}
