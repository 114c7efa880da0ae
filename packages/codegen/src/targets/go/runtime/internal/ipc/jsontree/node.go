// Package jsontree reads JSON into a tree and writes it. Its nodes and its writer are what codecs are made of: they check
// values by the rules of a contract, and say what is wrong in the words that every language uses.
package jsontree

import (
	"strconv"
	"strings"
)

// Kind is what JSON calls a value; an integer is a number without a fraction.
type Kind uint8

// The kinds of JSON.
const (
	Null Kind = iota
	Boolean
	Integer
	Number
	String
	Array
	Object
)

// Node is a value that was parsed. Its texts share the memory of the whole
// message, so whoever keeps one makes a copy.
type Node struct {
	Kind Kind
	// A string's contents, a number as it was written, true or false.
	Literal string
	inside  *inside
}

// inside is what an array or object holds.
type inside struct {
	names  []string
	values []Node
	// Where a member is, for large objects only.
	index map[string]int
	// Where to look first: members mostly come in the order in which they are
	// asked for.
	next int
}

// Entry is a member of an object that serves as a map.
type Entry struct {
	Name  string
	Value *Node
}

// Find gives the member of an object, or nil if there is none.
func (n *Node) Find(name string) *Node {
	if n == nil || n.Kind != Object {
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

// Items gives what an array holds.
func (n *Node) Items() []Node {
	if n == nil || n.Kind != Array {
		return nil
	}
	return n.inside.values
}

// MemberNames gives the names of an object's members.
func (n *Node) MemberNames() []string {
	if n == nil || n.Kind != Object {
		return nil
	}
	return n.inside.names
}

// MemberValues gives the values of an object's members, in the order of their names.
func (n *Node) MemberValues() []Node {
	if n == nil || n.Kind != Object {
		return nil
	}
	return n.inside.values
}

// CloneText gives a copy of a string.
func (n *Node) CloneText() string {
	return strings.Clone(n.Literal)
}

// Float64 gives a number's value, the nearest double; the parser has refused
// those that overflow. There is no -0.
func (n *Node) Float64() float64 {
	if whole, ok := shortInteger(n.Literal); ok {
		return float64(whole)
	}
	value, _ := strconv.ParseFloat(n.Literal, 64)
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
