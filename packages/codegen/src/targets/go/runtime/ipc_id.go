package simpleipc

import (
	"math"
	"strconv"
)

const maxSafeInteger = 1<<53 - 1

type idKind uint8

const (
	noID idKind = iota
	numberID
	textID
)

// messageID is the id of a request: a number or a text; "1" and 1 are two ids. The zero value is none.
type messageID struct {
	kind   idKind
	number int64
	text   string
}

// idOf gives the id that a value is: a text, or a number whose value is an integer within ±(2^53 - 1).
func idOf(value *node) messageID {
	switch {
	case value == nil:
		return messageID{}
	case value.kind == aString:
		return messageID{kind: textID, text: value.text()}
	case value.kind == aNumber:
		if number, ok := safeInteger(value.number()); ok {
			return messageID{kind: numberID, number: number}
		}
	}
	return messageID{}
}

func safeInteger(number float64) (int64, bool) {
	if number != math.Trunc(number) || math.Abs(number) > maxSafeInteger {
		return 0, false
	}
	return int64(number), true
}

// write appends the id as JSON; null if it is none.
func (id messageID) write(w *writer) {
	switch id.kind {
	case numberID:
		w.int(id.number)
	case textID:
		w.quoted(id.text)
	default:
		w.raw("null")
	}
}

func (id messageID) String() string {
	if id.kind == textID {
		return strconv.Quote(id.text)
	}
	return strconv.FormatInt(id.number, 10)
}
