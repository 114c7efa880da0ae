package jsontree

import (
	"encoding/base64"
	"math"
	"strconv"
)

// At returns an error of a member as one of the object.
func (w *Writer) At(name string, err error) error {
	return inMember(name, err)
}

// AtIndex returns an error of an element as one of the array.
func (w *Writer) AtIndex(index int, err error) error {
	return inElement(index, err)
}

// Refuse returns an error of the value itself.
func (w *Writer) Refuse(message string, value any) error {
	return instead(message, got(value))
}

// WrongKind returns the error for nil where a value of one of the kinds is needed.
func (w *Writer) WrongKind(kinds ...Kind) error {
	return wrongKind("nil", kinds...)
}

// NotJSON returns the error for a text that is not JSON.
func (w *Writer) NotJSON() error {
	return invalid(notJSON)
}

// Null writes null.
func (w *Writer) Null() {
	w.Raw("null")
}

// Boolean writes true or false.
func (w *Writer) Boolean(value bool) {
	w.Out = strconv.AppendBool(w.Out, value)
}

// Integer writes an integer that a float64 represents exactly.
func (w *Writer) Integer(value int64, rules ...Rule) error {
	if value > MaxSafeInteger || value < -MaxSafeInteger {
		return instead(notSafe, got(value))
	}
	w.Int(value)
	return checkNumber(float64(value), rules)
}

// Number writes a finite number.
func (w *Writer) Number(value float64, rules ...Rule) error {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return instead(notFinite, got(value))
	}
	w.float(value)
	return checkNumber(value, rules)
}

// Text writes a string.
func (w *Writer) Text(text string, rules ...Rule) error {
	if len(rules) > 0 {
		text = WellFormed(text)
	}
	w.Quoted(text)
	return checkText(text, rules)
}

// Bytes writes bytes in base64. The rules apply to the base64 string.
func (w *Writer) Bytes(data []byte, rules ...Rule) error {
	return w.Text(base64.StdEncoding.EncodeToString(data), rules...)
}

// Int64 writes the decimal digits of an integer as a string.
func (w *Writer) Int64(value int64) {
	w.Out = append(strconv.AppendInt(append(w.Out, '"'), value, 10), '"')
}

// Uint64 writes the decimal digits of an integer as a string.
func (w *Writer) Uint64(value uint64) {
	w.Out = append(strconv.AppendUint(append(w.Out, '"'), value, 10), '"')
}

// Object opens an object.
func (w *Writer) Object() error {
	return w.open("{")
}

// Array opens an array.
func (w *Writer) Array() error {
	return w.open("[")
}

func (w *Writer) open(mark string) error {
	if w.depth >= MaxDepth {
		return invalid(tooDeep)
	}
	w.depth++
	w.Raw(mark)
	return nil
}

// End closes the object or array that was opened last.
func (w *Writer) End(mark byte) {
	w.depth--
	w.Out = append(w.Out, mark)
}

// Name writes the name of the next member.
func (w *Writer) Name(name string) {
	w.comma()
	w.Quoted(name)
	w.Raw(":")
}

// Next begins the next element.
func (w *Writer) Next() {
	w.comma()
}

// Count checks how many elements or members there are.
func (w *Writer) Count(count int, rules ...Rule) error {
	return checkCount(count, rules...)
}

// Key checks the name of a map's entry and writes it.
func (w *Writer) Key(name string, names *Pattern) error {
	if err := (Entry{Name: WellFormed(name)}).Fits(names); err != nil {
		return err
	}
	w.Name(name)
	return nil
}

// Mark returns the position at which the next value begins.
func (w *Writer) Mark() int {
	return len(w.Out)
}

// Unique checks that the array that begins at a position has no two equal elements.
func (w *Writer) Unique(from int) error {
	written, err := Parse(w.Out[from:])
	if err != nil {
		return err
	}
	return written.Unique()
}
