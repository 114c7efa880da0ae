package simpleipc

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// writer appends JSON to bytes.
type writer struct {
	bytes []byte
	// How many arrays and objects are open.
	depth int
}

// cut takes back what was written from a place on.
func (w *writer) cut(length int) {
	w.bytes, w.depth = w.bytes[:length], 0
}

func (w *writer) raw(text string) {
	w.bytes = append(w.bytes, text...)
}

func (w *writer) int(value int64) {
	w.bytes = strconv.AppendInt(w.bytes, value, 10)
}

// float writes a finite number.
func (w *writer) float(value float64) {
	w.bytes = appendNumber(w.bytes, value)
}

// comma writes a comma unless the array or object has just been opened.
func (w *writer) comma() {
	if last := w.bytes[len(w.bytes)-1]; last != '{' && last != '[' {
		w.bytes = append(w.bytes, ',')
	}
}

// quoted writes a string; what is no UTF-8 becomes U+FFFD.
func (w *writer) quoted(text string) {
	if !utf8.ValidString(text) {
		text = wellFormed(text)
	}
	w.bytes = append(w.bytes, '"')
	start := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		w.bytes = append(w.bytes, text[start:i]...)
		start = i + 1
		switch at := strings.IndexByte(controls, c); {
		case c == '"' || c == '\\':
			w.bytes = append(w.bytes, '\\', c)
		case at >= 0:
			w.bytes = append(w.bytes, '\\', controlLetters[at])
		default:
			w.bytes = append(w.bytes, '\\', 'u', '0', '0', hexadecimals[c>>4], hexadecimals[c&15])
		}
	}
	w.bytes = append(w.bytes, text[start:]...)
	w.bytes = append(w.bytes, '"')
}

const hexadecimals = "0123456789abcdef"

// node writes a value that was parsed.
func (w *writer) node(n *node) {
	switch n.kind {
	case aNumber:
		w.float(n.number())
	case aString:
		w.quoted(n.literal)
	case anArray:
		w.raw("[")
		for i := range n.inside.values {
			w.comma()
			w.node(&n.inside.values[i])
		}
		w.raw("]")
	case anObject:
		w.raw("{")
		for i, name := range n.inside.names {
			w.comma()
			w.quoted(name)
			w.raw(":")
			w.node(&n.inside.values[i])
		}
		w.raw("}")
	case aBoolean:
		w.raw(n.literal)
	default:
		w.raw("null")
	}
}

// sorted writes a parsed value so that two are the same JSON exactly if their texts
// are the same.
func (w *writer) sorted(n *node) {
	switch n.kind {
	case anArray:
		w.raw("[")
		for i := range n.inside.values {
			w.comma()
			w.sorted(&n.inside.values[i])
		}
		w.raw("]")
	case anObject:
		names := slices.Clone(n.inside.names)
		slices.Sort(names)
		w.raw("{")
		for _, name := range names {
			w.comma()
			w.quoted(name)
			w.raw(":")
			w.sorted(n.Find(name))
		}
		w.raw("}")
	default:
		w.node(n)
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
	// Go writes two digits of the exponent at least.
	if digits := len(out); out[digits-2] == '0' && (out[digits-3] == '-' || out[digits-3] == '+') {
		out = append(out[:digits-2], out[digits-1])
	}
	return out
}
