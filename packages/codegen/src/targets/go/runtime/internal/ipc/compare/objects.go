package compare

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"simpleipc/internal/ipc/jsontree"
)

func (c *comparison) objects(sent, received *jsontree.Node, path string) {
	required, properties := textsOf(sent.Find("required")), sent.Find("properties")
	for _, name := range textsOf(received.Find("required")) {
		switch {
		case slices.Contains(required, name):
		case properties.Find(name) == nil:
			c.add(path+"/"+escapePointer(name), "is missing, but required")
		default:
			c.add(path+"/"+escapePointer(name), "may be absent, but is required")
		}
	}
	for _, name := range properties.MemberNames() {
		theirs := received.Find("properties").Find(name)
		if theirs == nil {
			theirs = unnamed(received, name)
		}
		if theirs == nil {
			c.add(path+"/"+escapePointer(name), "is not a known member, and others are refused")
		} else {
			c.schemas(properties.Find(name), theirs, path+"/"+escapePointer(name))
		}
	}
	mine, theirs := entriesOf(sent), entriesOf(received)
	switch {
	case mine == nil:
	case theirs == nil:
		if isFalse(received.Find("additionalProperties")) || received.Find("patternProperties") != nil {
			c.add(path, "is a map, where only known members are allowed")
		}
	case received.Find("patternProperties") != nil && !slices.Equal(patternsOf(sent), patternsOf(received)):
		c.add(path, "is a map whose names need not match the patterns of the other")
	default:
		c.schemas(mine, theirs, path+"/*")
	}
}

// unnamed returns the receiver's schema for a member that it does not name; nil if it rejects the member.
func unnamed(received *jsontree.Node, name string) *jsontree.Node {
	patterns := received.Find("patternProperties")
	for _, pattern := range patterns.MemberNames() {
		if found, err := regexp.MatchString(pattern, name); err == nil && found {
			return patterns.Find(pattern)
		}
	}
	others := received.Find("additionalProperties")
	switch {
	case patterns != nil, isFalse(others):
		return nil
	case others != nil && others.Kind == jsontree.Object:
		return others
	default:
		return jsontree.EmptyObject
	}
}

// entriesOf returns the schema of the entries of a map; nil if the schema allows known members only.
func entriesOf(schema *jsontree.Node) *jsontree.Node {
	patterns := schema.Find("patternProperties")
	switch names := patterns.MemberNames(); {
	case len(names) == 1:
		return patterns.Find(names[0])
	case len(names) > 1:
		return jsontree.ObjectNode("anyOf", jsontree.ArrayNode(patterns.MemberValues()))
	}
	if others := schema.Find("additionalProperties"); others != nil && others.Kind == jsontree.Object {
		return others
	}
	return nil
}

func patternsOf(schema *jsontree.Node) []string {
	names := slices.Clone(schema.Find("patternProperties").MemberNames())
	slices.Sort(names)
	return names
}

func isFalse(value *jsontree.Node) bool {
	return value != nil && value.Kind == jsontree.Boolean && value.Literal == "false"
}

func itoa(number int) string { return strconv.Itoa(number) }

// textsOf returns the strings of an array.
func textsOf(list *jsontree.Node) []string {
	var texts []string
	elements := list.Items()
	for i := range elements {
		texts = append(texts, textOf(&elements[i]))
	}
	return texts
}

// describe returns the kind of value that a schema describes.
func (c *comparison) describe(schema, document *jsontree.Node) string {
	schema = c.resolve(schema, document)
	if values := valuesOf(schema); values != nil {
		return joined(values, " | ")
	}
	if name := textOf(schema.Find("type")); name != "" {
		return name
	}
	branches := schema.Find("anyOf").Items()
	var words []string
	for i := range branches {
		if word := c.describe(&branches[i], document); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return "anything"
	}
	return strings.Join(words, " | ")
}
