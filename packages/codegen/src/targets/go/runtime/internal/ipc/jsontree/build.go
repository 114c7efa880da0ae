package jsontree

// An empty object and an empty array.
var (
	EmptyObject = &Node{Kind: Object, inside: &inside{}}
	EmptyArray  = &Node{Kind: Array, inside: &inside{}}
)

// TextNode returns a string.
func TextNode(text string) Node { return Node{Kind: String, Literal: text} }

// ArrayNode returns an array.
func ArrayNode(elements []Node) Node { return Node{Kind: Array, inside: &inside{values: elements}} }

// ObjectOf returns an object; the names must be distinct.
func ObjectOf(names []string, values []Node) *Node {
	return &Node{Kind: Object, inside: &inside{names: names, values: values}}
}

// ObjectNode returns an object of alternating names and values.
func ObjectNode(members ...any) *Node {
	var names []string
	var values []Node
	for i := 0; i < len(members); i += 2 {
		name, _ := members[i].(string)
		value, _ := members[i+1].(Node)
		names = append(names, name)
		values = append(values, value)
	}
	return ObjectOf(names, values)
}
