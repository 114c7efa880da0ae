// Package jsontree parses JSON into a tree and writes it. Codecs are made of its nodes and its writer, which check
// values against the constraints of a contract, with the same error messages in every language.
package jsontree

import (
	"strconv"
	"strings"
)

// Kind is the kind of a JSON value; an integer is a number without a fraction.
type Kind uint8

// The kinds of JSON values.
const (
	Null Kind = iota
	Boolean
	Integer
	Number
	String
	Array
	Object
)

// Node is a parsed value. Its strings share the memory of the whole message, so copy those that are kept.
type Node struct {
	Kind Kind
	// The contents of a string, a number as it was written, true or false.
	Literal string
	inside  *inside
}

// inside is the contents of an array or object.
type inside struct {
	names  []string
	values []Node
	// The positions of members, for large objects only.
	index map[string]int
	// Where to look first: members mostly come in the order in which they are read.
	next int
}

// Entry is a member of an object that is used as a map.
type Entry struct {
	Name  string
	Value *Node
}

// Find returns the member of an object, or nil if there is none.
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

// Items returns the elements of an array.
func (n *Node) Items() []Node {
	if n == nil || n.Kind != Array {
		return nil
	}
	return n.inside.values
}

// MemberNames returns the names of an object's members.
func (n *Node) MemberNames() []string {
	if n == nil || n.Kind != Object {
		return nil
	}
	return n.inside.names
}

// MemberValues returns the values of an object's members, in the order of their names.
func (n *Node) MemberValues() []Node {
	if n == nil || n.Kind != Object {
		return nil
	}
	return n.inside.values
}

// CloneText returns a copy of a string.
func (n *Node) CloneText() string {
	return strings.Clone(n.Literal)
}

// Float64 returns the nearest float64 of a number; the parser has rejected those that overflow. There is no -0.
func (n *Node) Float64() float64 {
	if whole, ok := shortInteger(n.Literal); ok {
		return float64(whole)
	}
	value, _ := strconv.ParseFloat(n.Literal, 64)
	return value + 0
}

// shortInteger parses what nearly every number is: an integer of up to 15 digits.
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
