package jsontree

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
)

// At returns an error of a member as one of the object.
func (n *Node) At(name string, err error) error {
	return inMember(name, err)
}

// AtIndex returns an error of an element as one of the array.
func (n *Node) AtIndex(index int, err error) error {
	return inElement(index, err)
}

// Refuse returns an error of the value itself.
func (n *Node) Refuse(message string) error {
	return instead(message, n.got())
}

// OrNull returns the value, or null if it is absent.
func (n *Node) OrNull() *Node {
	if n == nil {
		return &Node{}
	}
	return n
}

// Nothing checks the params of a member that declares none: an object or an empty array.
func (n *Node) Nothing() error {
	if n.Kind != Object && (n.Kind != Array || len(n.inside.values) > 0) {
		return wrongKind(n.got(), Object)
	}
	return nil
}

// IsNull reports whether the value is null.
func (n *Node) IsNull() bool {
	return n.Kind == Null
}

// OneOf checks that the value is of one of the kinds. It does not check whether a number is an integer.
func (n *Node) OneOf(kinds ...Kind) error {
	if slices.Contains(kinds, n.Kind) || n.Kind == Number && slices.Contains(kinds, Integer) {
		return nil
	}
	return wrongKind(n.got(), kinds...)
}

// WrongKind returns the error for a value that is of none of the kinds.
func (n *Node) WrongKind(kinds ...Kind) error {
	return wrongKind(n.got(), kinds...)
}

// Null reads null.
func (n *Node) Null() error {
	return n.OneOf(Null)
}

// Constant checks that the value is this string, number or boolean, or null for nil.
func (n *Node) Constant(kind Kind, wanted any) error {
	err := n.OneOf(kind)
	if kind == Integer {
		_, err = n.Integer()
	}
	if err != nil || n.Is(wanted) {
		return err
	}
	var w Writer
	if err := w.Any(wanted); err != nil {
		return err
	}
	return instead("must be "+string(w.Out), n.got())
}

// Is reports whether the value is this string, number or boolean, or null for nil.
func (n *Node) Is(value any) bool {
	switch value := value.(type) {
	case string:
		return n.Kind == String && n.Literal == value
	case bool:
		return n.Kind == Boolean && (n.Literal == "true") == value
	case int:
		return n.Kind == Number && n.Float64() == float64(value)
	case float64:
		return n.Kind == Number && n.Float64() == value
	default:
		return n.Kind == Null
	}
}

// JSON returns the value as JSON text.
func (n *Node) JSON() []byte {
	var w Writer
	w.Node(n)
	return w.Out
}

// Boolean reads true or false.
func (n *Node) Boolean() (bool, error) {
	if n.Kind != Boolean {
		return false, wrongKind(n.got(), Boolean)
	}
	return n.Literal == "true", nil
}

// MaxSafeInteger is the largest integer n such that a float64 represents n and n+1 exactly.
const MaxSafeInteger = 1<<53 - 1

// Integer reads an integer that a float64 represents exactly; 1.0 is one.
func (n *Node) Integer(rules ...Rule) (int64, error) {
	if n.Kind != Number {
		return 0, wrongKind(n.got(), Integer)
	}
	value := n.Float64()
	if value != math.Trunc(value) {
		return 0, wrongKind(n.got(), Integer)
	}
	if math.Abs(value) > MaxSafeInteger {
		return 0, instead(notSafe, n.got())
	}
	return int64(value), checkNumber(value, rules)
}

// Number reads a double.
func (n *Node) Number(rules ...Rule) (float64, error) {
	if n.Kind != Number {
		return 0, wrongKind(n.got(), Number)
	}
	value := n.Float64()
	if math.IsInf(value, 0) {
		return 0, instead(notFinite, n.got())
	}
	return value, checkNumber(value, rules)
}

// Text reads a string.
func (n *Node) Text(rules ...Rule) (string, error) {
	if n.Kind != String {
		return "", wrongKind(n.got(), String)
	}
	if err := checkText(n.Literal, rules); err != nil {
		return "", err
	}
	return n.CloneText(), nil
}

// Bytes reads bytes from standard base64 in its canonical form. The rules apply to the base64 string.
func (n *Node) Bytes(rules ...Rule) ([]byte, error) {
	if n.Kind != String {
		return nil, wrongKind(n.got(), String)
	}
	if err := checkText(n.Literal, rules); err != nil {
		return nil, err
	}
	data, err := base64.StdEncoding.Strict().DecodeString(n.Literal)
	// encoding/base64 ignores line breaks.
	if err != nil || strings.ContainsAny(n.Literal, "\r\n") {
		return nil, instead(notBase64, n.got())
	}
	return data, nil
}

// Int64 reads a 64-bit integer from its decimal digits.
func (n *Node) Int64() (int64, error) {
	if n.Kind != String {
		return 0, wrongKind(n.got(), String)
	}
	value, err := strconv.ParseInt(n.Literal, 10, 64)
	if err != nil || strconv.FormatInt(value, 10) != n.Literal {
		return 0, instead("must be a valid int64", n.got())
	}
	return value, nil
}

// Uint64 reads an unsigned 64-bit integer from its decimal digits.
func (n *Node) Uint64() (uint64, error) {
	if n.Kind != String {
		return 0, wrongKind(n.got(), String)
	}
	value, err := strconv.ParseUint(n.Literal, 10, 64)
	if err != nil || strconv.FormatUint(value, 10) != n.Literal {
		return 0, instead("must be a valid uint64", n.got())
	}
	return value, nil
}

// Any reads any value, as encoding/json reads into an interface: nil, bool,
// float64, string, []any or map[string]any.
func (n *Node) Any() any {
	switch n.Kind {
	case Boolean:
		return n.Literal == "true"
	case Number:
		return n.Float64()
	case String:
		return n.CloneText()
	case Array:
		elements := make([]any, len(n.inside.values))
		for i := range elements {
			elements[i] = n.inside.values[i].Any()
		}
		return elements
	case Object:
		members := make(map[string]any, len(n.inside.names))
		for i, name := range n.inside.names {
			members[strings.Clone(name)] = n.inside.values[i].Any()
		}
		return members
	default:
		return nil
	}
}
