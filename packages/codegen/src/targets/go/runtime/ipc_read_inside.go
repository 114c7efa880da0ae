package simpleipc

import (
	"slices"
	"strings"
)

// Object checks that the value is an object with these members at least.
func (n *node) Object(required ...string) error {
	if n.kind != anObject {
		return wrongKind(anObject)
	}
	return n.Require(required...)
}

// Require checks that an object has these members.
func (n *node) Require(names ...string) error {
	for _, name := range names {
		if n.Find(name) == nil {
			return inMember(name, invalid("is missing"))
		}
	}
	return nil
}

// Members checks that the value is an object with so many members.
func (n *node) Members(rules ...rule) error {
	if n.kind != anObject {
		return wrongKind(anObject)
	}
	return checkCount(len(n.inside.names), rules...)
}

// Only checks that an object has no other members. Of several the least counts.
func (n *node) Only(known ...string) error {
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

// Tag checks that the value is an object with the member that tells its kind.
func (n *node) Tag(name string) (*node, error) {
	if err := n.Object(name); err != nil {
		return nil, err
	}
	return n.Find(name), nil
}

// Elements reads an array.
func (n *node) Elements(rules ...rule) ([]node, error) {
	if n.kind != anArray {
		return nil, wrongKind(anArray)
	}
	return n.inside.values, checkCount(len(n.inside.values), rules...)
}

// Tuple reads an array of so many elements.
func (n *node) Tuple(count int) ([]node, error) {
	if n.kind != anArray {
		return nil, wrongKind(anArray)
	}
	if len(n.inside.values) != count {
		return nil, invalid("must have exactly " + counted(float64(count), "element"))
	}
	return n.inside.values, nil
}

// Entries reads an object that serves as a map, in the order of its names.
func (n *node) Entries(rules ...rule) ([]entry, error) {
	if err := n.Members(rules...); err != nil {
		return nil, err
	}
	entries := make([]entry, len(n.inside.names))
	for i, name := range n.inside.names {
		entries[i] = entry{Name: strings.Clone(name), Value: &n.inside.values[i]}
	}
	order := func(a, b entry) int { return strings.Compare(a.Name, b.Name) }
	if !slices.IsSortedFunc(entries, order) {
		slices.SortFunc(entries, order)
	}
	return entries, nil
}

// Unique checks that an array has no two equal elements.
func (n *node) Unique() error {
	seen := make(map[string]struct{}, len(n.inside.values))
	var w writer
	for i := range n.inside.values {
		w.bytes = w.bytes[:0]
		w.sorted(&n.inside.values[i])
		if _, ok := seen[string(w.bytes)]; ok {
			return invalid(notUnique)
		}
		seen[string(w.bytes)] = struct{}{}
	}
	return nil
}

// Fits checks that an entry's name matches a pattern.
func (e entry) Fits(names *pattern) error {
	if names.fits(e.Name) {
		return nil
	}
	return inMember(e.Name, invalid("has a name that does not match the pattern "+names.source))
}
