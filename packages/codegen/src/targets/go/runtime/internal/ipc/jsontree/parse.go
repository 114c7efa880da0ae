package jsontree

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"
)

// MaxDepth is how deep arrays and objects may be nested.
const MaxDepth = 100

// ErrTooDeep is returned for valid JSON that is nested too deep.
var ErrTooDeep = errors.New("it is nested deeper than 100")

var errOverflow = errors.New("a number in it overflows a double")

// parser parses JSON text. Parsers are pooled, so that their buffers are reused.
type parser struct {
	text  string
	at    int
	depth int
	// The first reason to reject the text although it is valid JSON.
	fault error
	// The contents of the arrays and objects that have not ended yet.
	names  []string
	values []Node
}

var parsers = sync.Pool{New: func() any { return new(parser) }}

// Parse parses JSON text by the rules of the protocol. The error is ErrTooDeep, errOverflow, or says why the text is
// not valid JSON.
func Parse(line []byte) (*Node, error) {
	p := parsers.Get().(*parser)
	p.text, p.at, p.depth, p.fault = WellFormed(string(line)), 0, 0, nil
	value, err := p.whole()
	clear(p.names)
	clear(p.values)
	p.text, p.names, p.values = "", p.names[:0], p.values[:0]
	// The buffers of a huge text are not worth keeping.
	if cap(p.values) <= 4096 {
		parsers.Put(p)
	}
	if err != nil {
		return nil, err
	}
	return &value, nil
}

func (p *parser) whole() (Node, error) {
	value, err := p.value()
	if err != nil {
		return value, err
	}
	p.space()
	if p.at < len(p.text) {
		return value, p.unexpected()
	}
	return value, p.fault
}

func (p *parser) unexpected() error {
	if p.at >= len(p.text) {
		return errors.New("unexpected end of JSON input")
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.at:])
	return fmt.Errorf("unexpected %q in JSON at position %d", r, p.at)
}

// space skips white space and returns the byte after it, 0 at the end.
func (p *parser) space() byte {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return c
		}
	}
	return 0
}

func (p *parser) value() (Node, error) {
	switch c := p.space(); c {
	case '{':
		return p.container(Object)
	case '[':
		return p.container(Array)
	case '"':
		text, err := p.quoted()
		return Node{Kind: String, Literal: text}, err
	case 't':
		return p.word(Boolean, "true")
	case 'f':
		return p.word(Boolean, "false")
	case 'n':
		return p.word(Null, "null")
	default:
		return p.number()
	}
}

func (p *parser) word(kind Kind, word string) (Node, error) {
	for i := range len(word) {
		if p.at >= len(p.text) || p.text[p.at] != word[i] {
			return Node{}, p.unexpected()
		}
		p.at++
	}
	return Node{Kind: kind, Literal: word}, nil
}

// container parses an array or object. One that is nested too deep is only skipped: the stack must not grow with the
// text.
func (p *parser) container(kind Kind) (Node, error) {
	if p.depth == MaxDepth {
		if p.fault == nil {
			p.fault = ErrTooDeep
		}
		return Node{}, p.skip()
	}
	p.depth++
	names, values := len(p.names), len(p.values)
	closing := byte(']')
	if kind == Object {
		closing = '}'
	}
	p.at++
	if p.space() == closing {
		p.at++
		p.depth--
		return Node{Kind: kind, inside: &inside{}}, nil
	}
	for {
		if kind == Object {
			name, err := p.name()
			if err != nil {
				return Node{}, err
			}
			p.names = append(p.names, name)
		}
		value, err := p.value()
		if err != nil {
			return Node{}, err
		}
		p.values = append(p.values, value)
		c := p.space()
		if c != ',' && c != closing {
			return Node{}, p.unexpected()
		}
		p.at++
		if c == closing {
			break
		}
	}
	in := new(inside)
	in.values, p.values = taken(p.values, values)
	if kind == Object {
		in.names, p.names = taken(p.names, names)
		in.lastWins()
	}
	p.depth--
	return Node{Kind: kind, inside: in}, nil
}

// manyValues is the length from which a list is not copied, because of the memory that would take.
const manyValues = 1 << 16

// taken splits a stack at a position.
func taken[T any](stack []T, from int) (top, rest []T) {
	top = stack[from:]
	if len(top) >= manyValues {
		return slices.Clip(top), slices.Clone(stack[:from])
	}
	top = slices.Clone(top)
	clear(stack[from:])
	return top, stack[:from]
}

// name parses the name of a member and the colon after it.
func (p *parser) name() (string, error) {
	if p.space() != '"' {
		return "", p.unexpected()
	}
	name, err := p.quoted()
	if err != nil {
		return "", err
	}
	if p.space() != ':' {
		return "", p.unexpected()
	}
	p.at++
	return name, nil
}

// fewMembers is the number of members up to which comparing names is faster than a map.
const fewMembers = 16

// lastWins removes all but the last of the members that have the same name.
func (in *inside) lastWins() {
	if len(in.names) <= fewMembers {
		for i := len(in.names) - 1; i > 0; i-- {
			if first := slices.Index(in.names[:i], in.names[i]); first >= 0 {
				in.names = slices.Delete(in.names, first, first+1)
				in.values = slices.Delete(in.values, first, first+1)
			}
		}
		return
	}
	in.index = make(map[string]int, len(in.names))
	kept := 0
	for i, name := range in.names {
		if at, ok := in.index[name]; ok {
			in.values[at] = in.values[i]
			continue
		}
		in.index[name] = kept
		in.names[kept], in.values[kept] = name, in.values[i]
		kept++
	}
	in.names, in.values = in.names[:kept], in.values[:kept]
}
