package jsontree

import (
	"regexp"
	"sync"
)

// Pattern is a pattern of a contract. It matches anywhere in a text unless it says
// otherwise, in linear time.
type Pattern struct {
	// As the contract writes it.
	Source string
	// As Go writes it, with the same meaning.
	Expression string

	once     sync.Once
	compiled *regexp.Regexp
}

func (p *Pattern) fits(text string) bool {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.Expression) })
	return p.compiled.MatchString(text)
}
