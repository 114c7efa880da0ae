package jsontree

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// quoted parses a string. Most strings need no copy.
func (p *parser) quoted() (string, error) {
	start := p.at + 1
	for i := start; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '"':
			p.at = i + 1
			return p.text[start:i], nil
		case c == '\\':
			return p.escaped(start, i)
		case c < ' ':
			p.at = i
			return "", p.unexpected()
		}
	}
	p.at = len(p.text)
	return "", p.unexpected()
}

// escaped parses a string that begins at start and whose first escape is at at.
func (p *parser) escaped(start, at int) (string, error) {
	text := []byte(p.text[start:at])
	for p.at = at; p.at < len(p.text); {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return string(text), nil
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			text = utf8.AppendRune(text, r)
		case c < ' ':
			return "", p.unexpected()
		default:
			text = append(text, c)
			p.at++
		}
	}
	return "", p.unexpected()
}

const (
	controlLetters = "bfnrt"
	controls       = "\b\f\n\r\t"
)

// escape parses one escape sequence, or two that are a surrogate pair. A lone surrogate becomes U+FFFD.
func (p *parser) escape() (rune, error) {
	p.at++
	switch c := p.next(); c {
	case '"', '\\', '/':
		p.at++
		return rune(c), nil
	case 'b', 'f', 'n', 'r', 't':
		p.at++
		return rune(controls[strings.IndexByte(controlLetters, c)]), nil
	case 'u':
		unit, ok := p.hexadecimal(p.at + 1)
		if !ok {
			return 0, p.unexpected()
		}
		p.at += 5
		if !utf16.IsSurrogate(unit) {
			return unit, nil
		}
		if p.next() == '\\' && p.at+1 < len(p.text) && p.text[p.at+1] == 'u' {
			if low, ok := p.hexadecimal(p.at + 2); ok {
				if r := utf16.DecodeRune(unit, low); r != utf8.RuneError {
					p.at += 6
					return r, nil
				}
			}
		}
		return utf8.RuneError, nil
	default:
		return 0, p.unexpected()
	}
}

// hexadecimal parses four digits.
func (p *parser) hexadecimal(at int) (rune, bool) {
	if at+4 > len(p.text) {
		return 0, false
	}
	var unit rune
	for i := at; i < at+4; i++ {
		c := p.text[i]
		switch {
		case c-'0' <= 9:
			c -= '0'
		case c|0x20-'a' <= 5:
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		unit = unit<<4 | rune(c)
	}
	return unit, true
}
