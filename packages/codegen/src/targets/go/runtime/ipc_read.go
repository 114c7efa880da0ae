package simpleipc

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
)

// At says that the fault lies in a member.
func (n *node) At(name string, err error) error {
	return inMember(name, err)
}

// AtIndex says that the fault lies in an element.
func (n *node) AtIndex(index int, err error) error {
	return inElement(index, err)
}

// Refuse makes a fault of the value itself.
func (n *node) Refuse(message string) error {
	return invalid(message)
}

// OrNull stands for a value that is absent.
func (n *node) OrNull() *node {
	if n == nil {
		return &node{}
	}
	return n
}

// Nothing checks params that are not declared: there may be none that matter.
func (n *node) Nothing() error {
	if n.kind != anObject && (n.kind != anArray || len(n.inside.values) > 0) {
		return wrongKind(anObject)
	}
	return nil
}

// IsNull tells whether the value is null.
func (n *node) IsNull() bool {
	return n.kind == aNull
}

// OneOf checks that the value is of one of the kinds. Whether a number is an
// integer is not asked here.
func (n *node) OneOf(kinds ...kind) error {
	if slices.Contains(kinds, n.kind) || n.kind == aNumber && slices.Contains(kinds, anInteger) {
		return nil
	}
	return wrongKind(kinds...)
}

// WrongKind makes the fault of a value that is of none of the kinds.
func (n *node) WrongKind(kinds ...kind) error {
	return wrongKind(kinds...)
}

// Null reads null.
func (n *node) Null() error {
	return n.OneOf(aNull)
}

// Literal checks that the value is the only one that may stand there: a string, a
// number, a boolean or nil for null.
func (n *node) Literal(kind kind, wanted any) error {
	err := n.OneOf(kind)
	if kind == anInteger {
		_, err = n.Integer()
	}
	if err != nil || n.Is(wanted) {
		return err
	}
	var w writer
	if err := w.Any(wanted); err != nil {
		return err
	}
	return invalid("must be " + string(w.bytes))
}

// Is tells whether the value is this string, number or boolean, or null for nil.
func (n *node) Is(value any) bool {
	switch value := value.(type) {
	case string:
		return n.kind == aString && n.literal == value
	case bool:
		return n.kind == aBoolean && (n.literal == "true") == value
	case int:
		return n.kind == aNumber && n.number() == float64(value)
	case float64:
		return n.kind == aNumber && n.number() == value
	default:
		return n.kind == aNull
	}
}

// JSON gives the value as a text.
func (n *node) JSON() []byte {
	var w writer
	w.node(n)
	return w.bytes
}

// Boolean reads true or false.
func (n *node) Boolean() (bool, error) {
	if n.kind != aBoolean {
		return false, wrongKind(aBoolean)
	}
	return n.literal == "true", nil
}

const mostSafe = 1<<53 - 1

// Integer reads an integer that a double holds exactly; 1.0 is one.
func (n *node) Integer(rules ...rule) (int64, error) {
	if n.kind != aNumber {
		return 0, wrongKind(anInteger)
	}
	value := n.number()
	if value != math.Trunc(value) {
		return 0, wrongKind(anInteger)
	}
	if math.Abs(value) > mostSafe {
		return 0, invalid(notSafe)
	}
	return int64(value), checkNumber(value, rules)
}

// Number reads a double.
func (n *node) Number(rules ...rule) (float64, error) {
	if n.kind != aNumber {
		return 0, wrongKind(aNumber)
	}
	value := n.number()
	if math.IsInf(value, 0) {
		return 0, invalid(notFinite)
	}
	return value, checkNumber(value, rules)
}

// Text reads a string.
func (n *node) Text(rules ...rule) (string, error) {
	if n.kind != aString {
		return "", wrongKind(aString)
	}
	if err := checkText(n.literal, rules); err != nil {
		return "", err
	}
	return n.text(), nil
}

// Bytes reads bytes from standard base64 in its one canonical form. The rules are
// those of the text.
func (n *node) Bytes(rules ...rule) ([]byte, error) {
	if n.kind != aString {
		return nil, wrongKind(aString)
	}
	if err := checkText(n.literal, rules); err != nil {
		return nil, err
	}
	data, err := base64.StdEncoding.Strict().DecodeString(n.literal)
	// The package overlooks line breaks.
	if err != nil || strings.ContainsAny(n.literal, "\r\n") {
		return nil, invalid(notBase64)
	}
	return data, nil
}

// Int64 reads a 64-bit integer from its decimal digits.
func (n *node) Int64() (int64, error) {
	if n.kind != aString {
		return 0, wrongKind(aString)
	}
	value, err := strconv.ParseInt(n.literal, 10, 64)
	if err != nil || strconv.FormatInt(value, 10) != n.literal {
		return 0, invalid("must be a valid int64")
	}
	return value, nil
}

// Uint64 reads an unsigned 64-bit integer from its decimal digits.
func (n *node) Uint64() (uint64, error) {
	if n.kind != aString {
		return 0, wrongKind(aString)
	}
	value, err := strconv.ParseUint(n.literal, 10, 64)
	if err != nil || strconv.FormatUint(value, 10) != n.literal {
		return 0, invalid("must be a valid uint64")
	}
	return value, nil
}

// Any reads any value, as encoding/json reads into an interface: nil, bool,
// float64, string, []any or map[string]any.
func (n *node) Any() any {
	switch n.kind {
	case aBoolean:
		return n.literal == "true"
	case aNumber:
		return n.number()
	case aString:
		return n.text()
	case anArray:
		elements := make([]any, len(n.inside.values))
		for i := range elements {
			elements[i] = n.inside.values[i].Any()
		}
		return elements
	case anObject:
		members := make(map[string]any, len(n.inside.names))
		for i, name := range n.inside.names {
			members[strings.Clone(name)] = n.inside.values[i].Any()
		}
		return members
	default:
		return nil
	}
}
