package jsontree

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Writer appends JSON to bytes.
type Writer struct {
	// Out is the text written so far.
	Out []byte
	// How many arrays and objects are open.
	depth int
}

// Reset discards everything that was written.
func (w *Writer) Reset() {
	w.Out, w.depth = w.Out[:0], 0
}

// Raw writes valid JSON.
func (w *Writer) Raw(text string) {
	w.Out = append(w.Out, text...)
}

// Int writes any integer.
func (w *Writer) Int(value int64) {
	w.Out = strconv.AppendInt(w.Out, value, 10)
}

// float writes a finite number.
func (w *Writer) float(value float64) {
	w.Out = appendNumber(w.Out, value)
}

// comma writes a comma unless the array or object has just been opened.
func (w *Writer) comma() {
	if last := w.Out[len(w.Out)-1]; last != '{' && last != '[' {
		w.Out = append(w.Out, ',')
	}
}

// Quoted writes a string; invalid UTF-8 becomes U+FFFD.
func (w *Writer) Quoted(text string) {
	if !utf8.ValidString(text) {
		text = WellFormed(text)
	}
	w.Out = append(w.Out, '"')
	start := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		w.Out = append(w.Out, text[start:i]...)
		start = i + 1
		switch at := strings.IndexByte(controls, c); {
		case c == '"' || c == '\\':
			w.Out = append(w.Out, '\\', c)
		case at >= 0:
			w.Out = append(w.Out, '\\', controlLetters[at])
		default:
			w.Out = append(w.Out, '\\', 'u', '0', '0', hexadecimals[c>>4], hexadecimals[c&15])
		}
	}
	w.Out = append(w.Out, text[start:]...)
	w.Out = append(w.Out, '"')
}

const hexadecimals = "0123456789abcdef"

// Node writes a parsed value.
func (w *Writer) Node(n *Node) {
	switch n.Kind {
	case Number:
		w.float(n.Float64())
	case String:
		w.Quoted(n.Literal)
	case Array:
		w.Raw("[")
		for i := range n.inside.values {
			w.comma()
			w.Node(&n.inside.values[i])
		}
		w.Raw("]")
	case Object:
		w.Raw("{")
		for i, name := range n.inside.names {
			w.comma()
			w.Quoted(name)
			w.Raw(":")
			w.Node(&n.inside.values[i])
		}
		w.Raw("}")
	case Boolean:
		w.Raw(n.Literal)
	default:
		w.Raw("null")
	}
}

// Sorted writes a parsed value such that two values are equal if and only if their texts are.
func (w *Writer) Sorted(n *Node) {
	switch n.Kind {
	case Array:
		w.Raw("[")
		for i := range n.inside.values {
			w.comma()
			w.Sorted(&n.inside.values[i])
		}
		w.Raw("]")
	case Object:
		names := slices.Clone(n.inside.names)
		slices.Sort(names)
		w.Raw("{")
		for _, name := range names {
			w.comma()
			w.Quoted(name)
			w.Raw(":")
			w.Sorted(n.Find(name))
		}
		w.Raw("}")
	default:
		w.Node(n)
	}
}

// appendNumber writes a finite number as JavaScript does (RFC 8785).
func appendNumber(out []byte, value float64) []byte {
	if value == math.Trunc(value) && math.Abs(value) < 1<<53 {
		return strconv.AppendInt(out, int64(value), 10)
	}
	size := math.Abs(value)
	if size >= 1e-6 && size < 1e21 {
		return strconv.AppendFloat(out, value, 'f', -1, 64)
	}
	out = strconv.AppendFloat(out, value, 'e', -1, 64)
	// strconv writes at least two digits of the exponent.
	if digits := len(out); out[digits-2] == '0' && (out[digits-3] == '-' || out[digits-3] == '+') {
		out = append(out[:digits-2], out[digits-1])
	}
	return out
}
