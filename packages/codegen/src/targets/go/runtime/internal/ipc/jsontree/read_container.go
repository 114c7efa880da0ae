package jsontree

import (
	"slices"
	"strconv"
	"strings"
)

// Object checks that the value is an object that has at least these members.
func (n *Node) Object(required ...string) error {
	if n.Kind != Object {
		return wrongKind(n.got(), Object)
	}
	return n.Require(required...)
}

// Require checks that an object has these members.
func (n *Node) Require(names ...string) error {
	for _, name := range names {
		if n.Find(name) == nil {
			return inMember(name, invalid("is missing"))
		}
	}
	return nil
}

// Members checks that the value is an object, and the number of its members.
func (n *Node) Members(rules ...Rule) error {
	if n.Kind != Object {
		return wrongKind(n.got(), Object)
	}
	return checkCount(len(n.inside.names), rules...)
}

// Only checks that an object has no other members. The error is about the first one in sorted order.
func (n *Node) Only(known ...string) error {
	least, found := "", false
	for _, name := range n.inside.names {
		if !slices.Contains(known, name) && (!found || name < least) {
			least, found = name, true
		}
	}
	if !found {
		return nil
	}
	return inMember(least, invalid("is not a known member"))
}

// Tag checks that the value is an object that has the member by which variants are distinguished, and returns that
// member.
func (n *Node) Tag(name string) (*Node, error) {
	if err := n.Object(name); err != nil {
		return nil, err
	}
	return n.Find(name), nil
}

// Elements reads an array.
func (n *Node) Elements(rules ...Rule) ([]Node, error) {
	if n.Kind != Array {
		return nil, wrongKind(n.got(), Array)
	}
	return n.inside.values, checkCount(len(n.inside.values), rules...)
}

// Tuple reads an array of this many elements.
func (n *Node) Tuple(count int) ([]Node, error) {
	if n.Kind != Array {
		return nil, wrongKind(n.got(), Array)
	}
	if len(n.inside.values) != count {
		return nil, instead("must have exactly "+counted(float64(count), "element"), strconv.Itoa(len(n.inside.values)))
	}
	return n.inside.values, nil
}

// Entries reads an object that is used as a map, sorted by name.
func (n *Node) Entries(rules ...Rule) ([]Entry, error) {
	if err := n.Members(rules...); err != nil {
		return nil, err
	}
	entries := make([]Entry, len(n.inside.names))
	for i, name := range n.inside.names {
		entries[i] = Entry{Name: strings.Clone(name), Value: &n.inside.values[i]}
	}
	order := func(a, b Entry) int { return strings.Compare(a.Name, b.Name) }
	if !slices.IsSortedFunc(entries, order) {
		slices.SortFunc(entries, order)
	}
	return entries, nil
}

// Unique checks that an array has no two equal elements.
func (n *Node) Unique() error {
	seen := make(map[string]struct{}, len(n.inside.values))
	var w Writer
	for i := range n.inside.values {
		w.Out = w.Out[:0]
		w.Sorted(&n.inside.values[i])
		if _, ok := seen[string(w.Out)]; ok {
			return invalid(notUnique)
		}
		seen[string(w.Out)] = struct{}{}
	}
	return nil
}

// Fits checks that the name of an entry matches a pattern.
func (e Entry) Fits(names *Pattern) error {
	if names.fits(e.Name) {
		return nil
	}
	return inMember(e.Name, invalid("has a name that does not match the pattern "+names.Source))
}
