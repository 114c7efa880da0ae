package compare

import (
	"math"
	"slices"
	"strings"

	"simpleipc/internal/ipc/jsontree"
)

// checkedFormats are the formats that are more than annotations.
var checkedFormats = []string{"date-time", "date", "time", "uuid", "email", "uri", "ipv4", "ipv6", "int64", "uint64"}

// annotations are keywords that do not constrain values.
var annotations = []string{"title", "description", "summary", "examples", "default", "$comment", "$id"}

func saysNothing(schema *jsontree.Node) bool {
	for _, name := range schema.MemberNames() {
		if !slices.Contains(annotations, name) {
			return false
		}
	}
	return true
}

func isOpen(schema *jsontree.Node) bool {
	open := schema.Find("x-open")
	return open != nil && open.Kind == jsontree.Boolean && open.Literal == "true"
}

// sameText reports whether two values are the same JSON.
func sameText(one, other *jsontree.Node) bool {
	var a, b jsontree.Writer
	a.Sorted(one)
	b.Sorted(other)
	return string(a.Out) == string(b.Out)
}

func hasReference(schema *jsontree.Node) bool {
	var w jsontree.Writer
	w.Node(schema)
	return strings.Contains(string(w.Out), `"$ref"`)
}

// valuesListed returns the values that a schema lists; nil if it lists none.
func valuesListed(schema *jsontree.Node) []jsontree.Node {
	if constant := schema.Find("const"); constant != nil {
		return []jsontree.Node{*constant}
	}
	return schema.Find("enum").Items()
}

// valuesOf returns the values of a schema that allows nothing else.
func valuesOf(schema *jsontree.Node) []jsontree.Node {
	if isOpen(schema) {
		return nil
	}
	return valuesListed(schema)
}

// values finds the listed values that the receiver does not accept.
func (c *comparison) values(sent, received *jsontree.Node, path string) {
	listed := valuesOf(sent)
	for i := range listed {
		if !c.accepts(received, &listed[i]) {
			c.add(path, "may be "+joined(listed[i:i+1], "")+", which is refused: "+c.describe(received, c.received)+" is wanted")
		}
	}
}

// accepts reports whether a schema accepts a listed value.
func (c *comparison) accepts(schema, value *jsontree.Node) bool {
	schema = c.resolve(schema, c.received)
	if saysNothing(schema) {
		return true
	}
	branches := schema.Find("anyOf").Items()
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
	exact := jsontree.ObjectNode("type", jsontree.TextNode(given), "minimum", *value, "maximum", *value)
	if given == "string" {
		length := jsontree.Node{Kind: jsontree.Number, Literal: itoa(len([]rune(value.Literal)))}
		exact = jsontree.ObjectNode("type", jsontree.TextNode(given), "minLength", length, "maxLength", length)
	}
	return len(stricterLimits(exact, schema)) == 0
}

func typeOf(value *jsontree.Node) string {
	switch value.Kind {
	case jsontree.String:
		return "string"
	case jsontree.Number:
		if value.Float64() == math.Trunc(value.Float64()) {
			return "integer"
		}
		return "number"
	case jsontree.Boolean:
		return "boolean"
	case jsontree.Array:
		return "array"
	case jsontree.Object:
		return "object"
	default:
		return "null"
	}
}

func joined(values []jsontree.Node, between string) string {
	texts := make([]string, len(values))
	for i := range values {
		var w jsontree.Writer
		w.Node(&values[i])
		texts[i] = string(w.Out)
	}
	return strings.Join(texts, between)
}

// stricterWords describes the constraints of the receiver that the sender may violate; both are of the same type.
func stricterWords(sent, received *jsontree.Node) []string {
	words := stricterLimits(sent, received)
	if wanted := received.Find("multipleOf"); wanted != nil {
		if given := sent.Find("multipleOf"); given == nil || math.Mod(given.Float64(), wanted.Float64()) != 0 {
			words = append(words, "need not be a multiple of "+wanted.Literal)
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

func isTrue(value *jsontree.Node) bool {
	return value != nil && value.Kind == jsontree.Boolean && value.Literal == "true"
}
