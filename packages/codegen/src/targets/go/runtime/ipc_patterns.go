package simpleipc

import (
	"regexp"
	"sync"
)

// pattern is a pattern of a contract. It matches anywhere in a text unless it says
// otherwise, in linear time.
type pattern struct {
	// As the contract writes it.
	source string
	// As Go writes it, with the same meaning.
	expression string

	once     sync.Once
	compiled *regexp.Regexp
}

func (p *pattern) fits(text string) bool {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.expression) })
	return p.compiled.MatchString(text)
}
