package simpleipc

import (
	"encoding/json"
	"regexp"
)

type peekKind uint8

const (
	peekNothing peekKind = iota
	peekRequest
	peekResponse
	peekItem
)

var (
	peekScalar = regexp.MustCompile(`^\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)`)
	peekColon  = regexp.MustCompile(`^\s*:`)
	peekComma  = regexp.MustCompile(`^\s*,`)
	peekAfter  = regexp.MustCompile(`^\s*[,}]`)
	peekParams = regexp.MustCompile(`^\s*"\$/item"\s*,\s*"params"\s*:\s*\{\s*"id"\s*:`)
)

// peek looks for the id in the head of a message that cannot be read. Only an "id" before "method", "result" or "error"
// counts; for an item, the one that begins its params.
func peek(line []byte) (peekKind, messageID) {
	text := line[:min(len(line), headBytes)]
	start := 0
	for start < len(text) && text[start] != '{' {
		start++
	}
	text = text[min(start+1, len(text)):]
	var id messageID
	for {
		key, rest := takeScalar(text)
		colon := peekColon.Find(rest)
		if key == nil || key.kind != aString || colon == nil {
			return peekNothing, messageID{}
		}
		text = rest[len(colon):]
		switch key.text() {
		case "method":
			if id.kind != noID {
				return peekRequest, id
			}
			return peekItemID(text)
		case "result", "error":
			if id.kind == noID {
				return peekNothing, id
			}
			return peekResponse, id
		}
		value, rest := takeScalar(text)
		comma := peekComma.Find(rest)
		if value == nil || comma == nil {
			return peekNothing, messageID{}
		}
		if key.text() == "id" {
			id = idOf(value)
		}
		text = rest[len(comma):]
	}
}

func peekItemID(text []byte) (peekKind, messageID) {
	params := peekParams.Find(text)
	if params == nil {
		return peekNothing, messageID{}
	}
	value, rest := takeScalar(text[len(params):])
	if id := idOf(value); id.kind != noID && peekAfter.Match(rest) {
		return peekItem, id
	}
	return peekNothing, messageID{}
}

// takeScalar reads a text, number, boolean or null in front; nil if something else stands there.
func takeScalar(text []byte) (*node, []byte) {
	found := peekScalar.FindSubmatch(text)
	if found == nil || !json.Valid(found[1]) {
		return nil, nil
	}
	value, err := parse(found[1])
	if err != nil {
		return nil, nil
	}
	return value, text[len(found[0]):]
}
