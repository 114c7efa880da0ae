package jsontree

// An object and an array that hold nothing.
var (
	EmptyObject = &Node{Kind: Object, inside: &inside{}}
	EmptyArray  = &Node{Kind: Array, inside: &inside{}}
)

// TextNode makes a string.
func TextNode(text string) Node { return Node{Kind: String, Literal: text} }

// ArrayNode makes an array.
func ArrayNode(elements []Node) Node { return Node{Kind: Array, inside: &inside{values: elements}} }

// ObjectOf makes an object of names that differ, and their values.
func ObjectOf(names []string, values []Node) *Node {
	return &Node{Kind: Object, inside: &inside{names: names, values: values}}
}

// ObjectNode makes an object of names and values by turns.
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
