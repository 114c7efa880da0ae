package simpleipc

import (
	"math"
	"slices"
	"strings"
)

// checkedFormats are those that are more than an annotation.
var checkedFormats = []string{"date-time", "date", "time", "uuid", "email", "uri", "ipv4", "ipv6", "int64", "uint64"}

// annotations say nothing about a value.
var annotations = []string{"title", "description", "summary", "examples", "default", "$comment", "$id"}

func saysNothing(schema *node) bool {
	for _, name := range schema.names() {
		if !slices.Contains(annotations, name) {
			return false
		}
	}
	return true
}

func isOpen(schema *node) bool {
	open := schema.Find("x-open")
	return open != nil && open.kind == aBoolean && open.literal == "true"
}

// sameText says whether two values are the same JSON.
func sameText(one, other *node) bool {
	var a, b writer
	a.sorted(one)
	b.sorted(other)
	return string(a.bytes) == string(b.bytes)
}

func hasReference(schema *node) bool {
	var w writer
	w.node(schema)
	return strings.Contains(string(w.bytes), `"$ref"`)
}

// valuesListed gives the values that a schema lists; nil if it lists none.
func valuesListed(schema *node) []node {
	if constant := schema.Find("const"); constant != nil {
		return []node{*constant}
	}
	return schema.Find("enum").elements()
}

// valuesOf gives the values of a schema that is nothing but a list of them.
func valuesOf(schema *node) []node {
	if isOpen(schema) {
		return nil
	}
	return valuesListed(schema)
}

// values says which of the listed values the receiver does not accept.
func (c *comparison) values(sent, received *node, path string) {
	listed := valuesOf(sent)
	for i := range listed {
		if !c.accepts(received, &listed[i]) {
			c.add(path, "may be "+joined(listed[i:i+1], "")+", which is refused: "+c.describe(received, c.received)+" is wanted")
		}
	}
}

// accepts says whether a schema accepts a value that stands in a list.
func (c *comparison) accepts(schema, value *node) bool {
	schema = c.resolve(schema, c.received)
	if saysNothing(schema) {
		return true
	}
	branches := schema.Find("anyOf").elements()
	for i := range branches {
		if c.accepts(&branches[i], value) {
			return true
		}
	}
	known := valuesListed(schema)
	for i := range known {
		if sameText(&known[i], value) || isOpen(schema) && typeOf(&known[i]) == typeOf(value) {
			return true
		}
	}
	if branches != nil || known != nil {
		return false
	}
	wanted, given := textOf(schema.Find("type")), typeOf(value)
	if wanted != given && !(wanted == "number" && given == "integer") {
		return false
	}
	exact := objectNode("type", textNode(given), "minimum", *value, "maximum", *value)
	if given == "string" {
		length := node{kind: aNumber, literal: itoa(len([]rune(value.literal)))}
		exact = objectNode("type", textNode(given), "minLength", length, "maxLength", length)
	}
	return len(stricterLimits(exact, schema)) == 0
}

func typeOf(value *node) string {
	switch value.kind {
	case aString:
		return "string"
	case aNumber:
		if value.number() == math.Trunc(value.number()) {
			return "integer"
		}
		return "number"
	case aBoolean:
		return "boolean"
	case anArray:
		return "array"
	case anObject:
		return "object"
	default:
		return "null"
	}
}

func joined(values []node, between string) string {
	texts := make([]string, len(values))
	for i := range values {
		var w writer
		w.node(&values[i])
		texts[i] = string(w.bytes)
	}
	return strings.Join(texts, between)
}

// stricterWords gives the rules about a value itself that the receiver has and the sender does not keep; both are of one
// type.
func stricterWords(sent, received *node) []string {
	words := stricterLimits(sent, received)
	if wanted := received.Find("multipleOf"); wanted != nil {
		if given := sent.Find("multipleOf"); given == nil || math.Mod(given.number(), wanted.number()) != 0 {
			words = append(words, "need not be a multiple of "+wanted.literal)
		}
	}
	for _, keyword := range []string{"pattern", "format"} {
		wanted := textOf(received.Find(keyword))
		if wanted != "" && wanted != textOf(sent.Find(keyword)) && (keyword == "pattern" || slices.Contains(checkedFormats, wanted)) {
			words = append(words, "need not "+map[string]string{"pattern": "match the pattern ", "format": "be a valid "}[keyword]+wanted)
		}
	}
	if wanted := textOf(received.Find("contentEncoding")); wanted != "" && wanted != textOf(sent.Find("contentEncoding")) {
		words = append(words, "need not be base64")
	}
	if isTrue(received.Find("uniqueItems")) && !isTrue(sent.Find("uniqueItems")) {
		words = append(words, "may have equal elements")
	}
	if listed := valuesOf(received); listed != nil {
		words = append(words, "may be any "+textOf(sent.Find("type"))+", where ["+joined(listed, ",")+"] is all that is accepted")
	}
	return words
}

func isTrue(value *node) bool {
	return value != nil && value.kind == aBoolean && value.literal == "true"
}
