package wire

import (
	"bytes"
	"slices"
)

// headBytes is how much of a line that is too long is inspected.
const headBytes = 1024

// keptLineBytes is how much memory stays reserved for lines that arrive in parts.
const keptLineBytes = 1024 * 1024

// LineSplitter splits bytes into lines, in linear time however they arrive. Of a line over the limit, only the head is
// kept. Lines are passed on without their LF or CRLF and are valid until the call returns.
type LineSplitter struct {
	Limit   int
	Line    func(line []byte)
	Skipped func(head []byte, size int)

	rest []byte // the begun line, or the head of one that is too long
	size int    // how long it is so far
}

// Push adds bytes.
func (s *LineSplitter) Push(chunk []byte) {
	for {
		end := bytes.IndexByte(chunk, '\n')
		if end < 0 {
			break
		}
		if s.size == 0 && end <= s.Limit {
			s.Line(withoutCR(chunk[:end]))
		} else {
			s.add(chunk[:end])
			s.endLine()
		}
		chunk = chunk[end+1:]
	}
	if len(chunk) > 0 {
		s.add(chunk)
	}
}

// End passes on an unterminated last line.
func (s *LineSplitter) End() {
	if s.size > 0 {
		s.endLine()
	}
}

func (s *LineSplitter) add(part []byte) {
	wasKept := s.size <= s.Limit+1
	s.size += len(part)
	switch {
	case s.size <= s.Limit+1: // one more than the limit may be the line end's CR
		s.rest = append(s.rest, part...)
	case wasKept:
		// A new slice: the old one may be as large as the limit.
		kept := s.rest[:min(len(s.rest), headBytes)]
		s.rest = slices.Concat(kept, part[:min(len(part), headBytes-len(kept))])
	}
}

func (s *LineSplitter) endLine() {
	line, size := s.rest, s.size
	if cap(s.rest) > keptLineBytes {
		s.rest = nil
	} else {
		s.rest = s.rest[:0]
	}
	s.size = 0
	switch {
	case size <= s.Limit:
		s.Line(withoutCR(line))
	case size == s.Limit+1 && line[size-1] == '\r':
		s.Line(line[:size-1])
	default:
		s.Skipped(line[:min(len(line), headBytes)], size)
	}
}

func withoutCR(line []byte) []byte {
	if len(line) > 0 && line[len(line)-1] == '\r' {
		return line[:len(line)-1]
	}
	return line
}
