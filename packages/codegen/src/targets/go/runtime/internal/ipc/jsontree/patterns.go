package jsontree

import (
	"regexp"
	"sync"
)

// Pattern is a pattern of a contract. It matches anywhere in a string unless it is anchored, in linear time.
type Pattern struct {
	// As it is in the contract.
	Source string
	// The equivalent expression in Go's syntax.
	Expression string

	once     sync.Once
	compiled *regexp.Regexp
}

func (p *Pattern) fits(text string) bool {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.Expression) })
	return p.compiled.MatchString(text)
}
