package simpleipc

// An object and an array that hold nothing.
var (
	emptyObject = &node{kind: anObject, inside: &inside{}}
	emptyArray  = &node{kind: anArray, inside: &inside{}}
)

func textNode(text string) node { return node{kind: aString, literal: text} }

func arrayNode(elements []node) node { return node{kind: anArray, inside: &inside{values: elements}} }

// objectNode makes an object of names and values by turns.
func objectNode(members ...any) *node {
	made := &inside{}
	for i := 0; i < len(members); i += 2 {
		name, _ := members[i].(string)
		value, _ := members[i+1].(node)
		made.names = append(made.names, name)
		made.values = append(made.values, value)
	}
	return &node{kind: anObject, inside: made}
}
