package jsontree

import (
	"math"
	"strconv"
)

func (p *parser) number() (Node, error) {
	start := p.at
	if p.next() == '-' {
		p.at++
	}
	if p.next() == '0' {
		p.at++
	} else if !p.digits() {
		return Node{}, p.unexpected()
	}
	hasExponent := false
	if p.next() == '.' {
		p.at++
		if !p.digits() {
			return Node{}, p.unexpected()
		}
	}
	if c := p.next(); c == 'e' || c == 'E' {
		hasExponent = true
		p.at++
		if c := p.next(); c == '+' || c == '-' {
			p.at++
		}
		if !p.digits() {
			return Node{}, p.unexpected()
		}
	}
	literal := p.text[start:p.at]
	if (hasExponent || len(literal) > 300) && p.fault == nil {
		if value, _ := strconv.ParseFloat(literal, 64); math.IsInf(value, 0) {
			p.fault = errOverflow
		}
	}
	return Node{Kind: Number, Literal: literal}, nil
}

func (p *parser) next() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// digits skips digits; it returns false if there are none.
func (p *parser) digits() bool {
	start := p.at
	for p.at < len(p.text) && p.text[p.at]-'0' <= 9 {
		p.at++
	}
	return p.at > start
}
