package compare

import (
	"math"

	"simpleipc/internal/ipc/jsontree"
)

// limit is a bound of a number, and whether the bound itself is excluded.
type limit struct {
	at       float64
	excluded bool
}

// stricterLimits returns the limits of the receiver that the sender may violate.
func stricterLimits(sent, received *jsontree.Node) []string {
	var words []string
	if theirs := bound(received, "minimum", "exclusiveMinimum", -1); isBeyond(theirs, bound(sent, "minimum", "exclusiveMinimum", -1), 1) {
		words = append(words, "may be less than is accepted ("+jsontree.NumberText(theirs.at)+")")
	}
	if theirs := bound(received, "maximum", "exclusiveMaximum", 1); isBeyond(theirs, bound(sent, "maximum", "exclusiveMaximum", 1), -1) {
		words = append(words, "may be more than is accepted ("+jsontree.NumberText(theirs.at)+")")
	}
	words = append(words, counts(sent, received, "Length", "characters")...)
	// The length of a tuple is part of its shape.
	if items := received.Find("items"); items == nil || items.Kind != jsontree.Array {
		words = append(words, counts(sent, received, "Items", "elements")...)
	}
	return append(words, counts(sent, received, "Properties", "members")...)
}

func counts(sent, received *jsontree.Node, what, of string) []string {
	var words []string
	if least := numberOr(received.Find("min"+what), 0); numberOr(sent.Find("min"+what), 0) < least && !isTuple(sent, what) {
		words = append(words, "may have fewer than "+jsontree.NumberText(least)+" "+of)
	}
	most := numberOr(received.Find("max"+what), math.Inf(1))
	longest := numberOr(sent.Find("max"+what), math.Inf(1))
	if isTuple(sent, what) {
		longest = float64(len(sent.Find("items").Items()))
	}
	if longest > most {
		words = append(words, "may have more than "+jsontree.NumberText(most)+" "+of)
	}
	return words
}

// isTuple reports whether the sender's shape fixes the number of elements.
func isTuple(schema *jsontree.Node, what string) bool {
	items := schema.Find("items")
	return what == "Items" && items != nil && items.Kind == jsontree.Array
}

// bound returns the narrower of two bounds; sign is -1 for lower bounds, 1 for upper ones.
func bound(schema *jsontree.Node, inclusive, exclusive string, sign float64) limit {
	none := math.Inf(int(sign))
	within, without := numberOr(schema.Find(inclusive), none), numberOr(schema.Find(exclusive), none)
	if without != none && sign*(within-without) >= 0 {
		return limit{without, true}
	}
	return limit{within, false}
}

// isBeyond reports whether one limit excludes what the other one allows; sign is 1 for lower limits, -1 for upper ones.
func isBeyond(one, other limit, sign float64) bool {
	if one.at == other.at {
		return one.excluded && !other.excluded
	}
	return sign*(one.at-other.at) > 0
}

func numberOr(value *jsontree.Node, otherwise float64) float64 {
	if value == nil || value.Kind != jsontree.Number {
		return otherwise
	}
	return value.Float64()
}
