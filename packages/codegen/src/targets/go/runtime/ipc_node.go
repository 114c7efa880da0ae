package simpleipc

import (
	"strconv"
	"strings"
)

// kind is what JSON calls a value; an integer is a number without a fraction.
type kind uint8

const (
	aNull kind = iota
	aBoolean
	anInteger
	aNumber
	aString
	anArray
	anObject
)

// node is a value that was parsed. Its texts share the memory of the whole
// message, so whoever keeps one makes a copy.
type node struct {
	kind kind
	// A string's contents, a number as it was written, true or false.
	literal string
	inside  *inside
}

// inside is what an array or object holds.
type inside struct {
	names  []string
	values []node
	// Where a member is, for large objects only.
	index map[string]int
	// Where to look first: members mostly come in the order in which they are
	// asked for.
	next int
}

// entry is a member of an object that serves as a map.
type entry struct {
	Name  string
	Value *node
}

// Find gives the member of an object, or nil if there is none.
func (n *node) Find(name string) *node {
	if n == nil || n.kind != anObject {
		return nil
	}
	in := n.inside
	if in.index != nil {
		if i, ok := in.index[name]; ok {
			return &in.values[i]
		}
		return nil
	}
	count := len(in.names)
	for i, at := 0, in.next; i < count; i, at = i+1, at+1 {
		if at >= count {
			at = 0
		}
		if in.names[at] == name {
			in.next = at + 1
			return &in.values[at]
		}
	}
	return nil
}

// elements gives what an array holds.
func (n *node) elements() []node {
	if n == nil || n.kind != anArray {
		return nil
	}
	return n.inside.values
}

// names gives the names of an object's members.
func (n *node) names() []string {
	if n == nil || n.kind != anObject {
		return nil
	}
	return n.inside.names
}

// text gives a copy of a string.
func (n *node) text() string {
	return strings.Clone(n.literal)
}

// number gives a number's value, the nearest double; the parser has refused
// those that overflow. There is no -0.
func (n *node) number() float64 {
	if whole, ok := shortInteger(n.literal); ok {
		return float64(whole)
	}
	value, _ := strconv.ParseFloat(n.literal, 64)
	return value + 0
}

// shortInteger reads what nearly every number is: an integer of up to 15 digits.
func shortInteger(literal string) (value int64, ok bool) {
	digits := literal
	negative := digits[0] == '-'
	if negative {
		digits = digits[1:]
	}
	if len(digits) > 15 {
		return 0, false
	}
	for i := range len(digits) {
		digit := digits[i] - '0'
		if digit > 9 {
			return 0, false
		}
		value = value*10 + int64(digit)
	}
	if negative {
		value = -value
	}
	return value, true
}
