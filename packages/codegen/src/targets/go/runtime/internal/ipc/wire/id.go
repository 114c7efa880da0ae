package wire

import (
	"math"
	"strconv"

	"simpleipc/internal/ipc/jsontree"
)

type idKind uint8

const (
	noID idKind = iota
	numberID
	textID
)

// ID is the id of a request: a number or a string; "1" and 1 are different ids. The zero value is no id.
type ID struct {
	kind   idKind
	number int64
	text   string
}

// IDOf returns the id that a value is: a string, or an integer within ±(2^53 - 1).
func IDOf(value *jsontree.Node) ID {
	switch {
	case value == nil:
		return ID{}
	case value.Kind == jsontree.String:
		return ID{kind: textID, text: value.CloneText()}
	case value.Kind == jsontree.Number:
		if number, ok := safeInteger(value.Float64()); ok {
			return ID{kind: numberID, number: number}
		}
	}
	return ID{}
}

// NumberID returns the id of a request of this side.
func NumberID(number int64) ID { return ID{kind: numberID, number: number} }

// IsNone reports whether a message has no id, or an invalid one.
func (id ID) IsNone() bool { return id.kind == noID }

// Number returns the number; false if the id is not a number.
func (id ID) Number() (number int64, ok bool) { return id.number, id.kind == numberID }

func safeInteger(number float64) (int64, bool) {
	if number != math.Trunc(number) || math.Abs(number) > jsontree.MaxSafeInteger {
		return 0, false
	}
	return int64(number), true
}

// Write writes the id as JSON; null if there is none.
func (id ID) Write(w *jsontree.Writer) {
	switch id.kind {
	case numberID:
		w.Int(id.number)
	case textID:
		w.Quoted(id.text)
	default:
		w.Raw("null")
	}
}

// String formats the id for people.
func (id ID) String() string {
	if id.kind == textID {
		return strconv.Quote(id.text)
	}
	return strconv.FormatInt(id.number, 10)
}
