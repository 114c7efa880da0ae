package compare

import (
	"math"
	"strings"

	"simpleipc/internal/ipc/jsontree"
)

// What comparing with a contract that another program describes may cost.
const (
	maxParts = 10_000
	maxSteps = 1_000_000
)

// incomparable is the panic of a comparison that is given up, and says why.
type incomparable string

// pair are two schemas that are compared.
type pair [2]*jsontree.Node

// state is what a comparison and its trials share.
type state struct {
	steps int
	costs map[*jsontree.Node]int
	above map[*jsontree.Node]struct{}
	// The pairs that are being compared further up, by their depth: a recursive type is compatible if the rest of it is.
	open map[pair]int
	// The depth of the highest of these that what is being compared now rests on.
	assumed int
	// Pairs that were found to be compatible.
	fitting map[pair]struct{}
}

func newState() *state {
	return &state{
		costs:   map[*jsontree.Node]int{},
		above:   map[*jsontree.Node]struct{}{},
		open:    map[pair]int{},
		assumed: math.MaxInt,
		fitting: map[pair]struct{}{},
	}
}

func (s *state) spend(steps int) {
	if s.steps += steps; s.steps > maxSteps {
		panic(incomparable("describes a contract whose types are too entangled to be compared"))
	}
}

// cost is that of a look at a value of a schema: the alternatives of its unions and the parts of its intersections, with
// those inside them, through references. Members and elements do not count.
func (s *state) cost(schema, document *jsontree.Node) int {
	if known, isKnown := s.costs[schema]; isKnown {
		return known
	}
	if _, isAbove := s.above[schema]; isAbove {
		panic(incomparable("describes a type that refers to itself without a member between"))
	}
	s.above[schema] = struct{}{}
	cost := 1
	add := func(part *jsontree.Node) {
		if cost += s.cost(part, document); cost > maxParts {
			panic(incomparable("describes a type that has too many alternatives"))
		}
	}
	if target := resolveOnce(schema, document); target != nil {
		add(target)
	} else {
		for _, key := range []string{"anyOf", "allOf"} {
			parts := schema.Find(key).Items()
			for i := range parts {
				add(&parts[i])
			}
		}
	}
	delete(s.above, schema)
	s.costs[schema] = cost
	return cost
}

// checkTypes panics for types that no value can be looked at by.
func (s *state) checkTypes(document *jsontree.Node) {
	types := document.Find("components").Find("schemas")
	for _, name := range types.MemberNames() {
		s.cost(types.Find(name), document)
	}
}

// resolveOnce returns what a reference leads to; nil for a schema that is none, or leads nowhere.
func resolveOnce(schema, document *jsontree.Node) *jsontree.Node {
	reference, isReference := strings.CutPrefix(textOf(schema.Find("$ref")), typesPointer)
	if !isReference {
		return nil
	}
	name := strings.NewReplacer("~1", "/", "~0", "~").Replace(reference)
	return document.Find("components").Find("schemas").Find(name)
}
