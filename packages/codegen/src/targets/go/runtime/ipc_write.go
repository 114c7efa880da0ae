package simpleipc

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"slices"
	"strconv"
)

// At says that the fault lies in a member.
func (w *writer) At(name string, err error) error {
	return inMember(name, err)
}

// AtIndex says that the fault lies in an element.
func (w *writer) AtIndex(index int, err error) error {
	return inElement(index, err)
}

// Refuse makes a fault of the value itself.
func (w *writer) Refuse(message string) error {
	return invalid(message)
}

// WrongKind makes the fault of a value that is of none of the kinds.
func (w *writer) WrongKind(kinds ...kind) error {
	return wrongKind(kinds...)
}

// NotJSON makes the fault of a text that is no JSON.
func (w *writer) NotJSON() error {
	return invalid(notJSON)
}

// Null writes null.
func (w *writer) Null() {
	w.raw("null")
}

// Boolean writes true or false.
func (w *writer) Boolean(value bool) {
	w.bytes = strconv.AppendBool(w.bytes, value)
}

// Integer writes an integer; one that a double does not hold exactly is refused.
func (w *writer) Integer(value int64, rules ...rule) error {
	if value > mostSafe || value < -mostSafe {
		return invalid(notSafe)
	}
	w.int(value)
	return checkNumber(float64(value), rules)
}

// Number writes a finite number.
func (w *writer) Number(value float64, rules ...rule) error {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return invalid(notFinite)
	}
	w.float(value)
	return checkNumber(value, rules)
}

// Text writes a string.
func (w *writer) Text(text string, rules ...rule) error {
	if len(rules) > 0 {
		text = wellFormed(text)
	}
	w.quoted(text)
	return checkText(text, rules)
}

// Bytes writes bytes in base64. The rules are those of the text.
func (w *writer) Bytes(data []byte, rules ...rule) error {
	return w.Text(base64.StdEncoding.EncodeToString(data), rules...)
}

// Int64 writes the decimal digits of an integer as a string.
func (w *writer) Int64(value int64) {
	w.bytes = append(strconv.AppendInt(append(w.bytes, '"'), value, 10), '"')
}

// Uint64 writes the decimal digits of an integer as a string.
func (w *writer) Uint64(value uint64) {
	w.bytes = append(strconv.AppendUint(append(w.bytes, '"'), value, 10), '"')
}

// Object opens an object.
func (w *writer) Object() error {
	return w.open("{")
}

// Array opens an array.
func (w *writer) Array() error {
	return w.open("[")
}

func (w *writer) open(mark string) error {
	if w.depth >= maxDepth {
		return invalid(tooDeep)
	}
	w.depth++
	w.raw(mark)
	return nil
}

// End closes the object or array that was opened last.
func (w *writer) End(mark byte) {
	w.depth--
	w.bytes = append(w.bytes, mark)
}

// Name writes the name of the next member.
func (w *writer) Name(name string) {
	w.comma()
	w.quoted(name)
	w.raw(":")
}

// Next begins the next element.
func (w *writer) Next() {
	w.comma()
}

// Count checks how many elements or members there are.
func (w *writer) Count(count int, rules ...rule) error {
	return checkCount(count, rules...)
}

// Key checks the name of a map's entry and writes it.
func (w *writer) Key(name string, names *pattern) error {
	if err := (entry{Name: wellFormed(name)}).Fits(names); err != nil {
		return err
	}
	w.Name(name)
	return nil
}

// Mark gives the place at which the next value begins.
func (w *writer) Mark() int {
	return len(w.bytes)
}

// Unique checks that the array that was written from a place on has no two equal
// elements.
func (w *writer) Unique(from int) error {
	written, err := parse(w.bytes[from:])
	if err != nil {
		return err
	}
	return written.Unique()
}

// Any writes any value that JSON can hold: nil, a boolean, a number, a string, []any
// and map[string]any, as Any reads them, and json.Number and json.RawMessage.
func (w *writer) Any(value any) error {
	switch value := value.(type) {
	case nil:
		w.Null()
	case bool:
		w.Boolean(value)
	case string:
		w.quoted(value)
	case float64:
		return w.Number(value)
	case float32:
		return w.Number(float64(value))
	case int:
		w.int(int64(value))
	case int8:
		w.int(int64(value))
	case int16:
		w.int(int64(value))
	case int32:
		w.int(int64(value))
	case int64:
		w.int(value)
	case uint8:
		w.int(int64(value))
	case uint16:
		w.int(int64(value))
	case uint32:
		w.int(int64(value))
	case uint:
		w.bytes = strconv.AppendUint(w.bytes, uint64(value), 10)
	case uint64:
		w.bytes = strconv.AppendUint(w.bytes, value, 10)
	case json.Number:
		return w.parsed([]byte(value))
	case json.RawMessage:
		return w.parsed(value)
	case []any:
		return w.anyElements(value)
	case map[string]any:
		return w.anyMembers(value)
	default:
		return invalid(notJSON)
	}
	return nil
}

// parsed writes what must be JSON already.
func (w *writer) parsed(text []byte) error {
	value, err := parse(text)
	if err != nil {
		return invalid(notJSON)
	}
	return w.Any(value.Any())
}

func (w *writer) anyElements(values []any) error {
	if err := w.Array(); err != nil {
		return err
	}
	for i, value := range values {
		w.Next()
		if err := w.Any(value); err != nil {
			return inElement(i, err)
		}
	}
	w.End(']')
	return nil
}

func (w *writer) anyMembers(values map[string]any) error {
	if err := w.Object(); err != nil {
		return err
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w.Name(name)
		if err := w.Any(values[name]); err != nil {
			return inMember(name, err)
		}
	}
	w.End('}')
	return nil
}
