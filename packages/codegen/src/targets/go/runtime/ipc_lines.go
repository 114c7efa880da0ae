package simpleipc

import (
	"bytes"
	"slices"
)

// headBytes is how much of a line that is too long is looked at.
const headBytes = 1024

// keptLineBytes is how much memory stays reserved for lines that come in parts.
const keptLineBytes = 1024 * 1024

// lineSplitter cuts bytes into lines, in linear time however they arrive. A line over the limit is skipped but for its
// head. Lines are handed on without their LF or CRLF and are valid until the call returns.
type lineSplitter struct {
	limit   int
	line    func(line []byte)
	skipped func(head []byte, size int)

	rest []byte // the begun line, or the head of one that is too long
	size int    // how long it is so far
}

func (s *lineSplitter) push(chunk []byte) {
	for {
		end := bytes.IndexByte(chunk, '\n')
		if end < 0 {
			break
		}
		if s.size == 0 && end <= s.limit {
			s.line(withoutCR(chunk[:end]))
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

// end hands on an unterminated last line.
func (s *lineSplitter) end() {
	if s.size > 0 {
		s.endLine()
	}
}

func (s *lineSplitter) add(part []byte) {
	wasKept := s.size <= s.limit+1
	s.size += len(part)
	switch {
	case s.size <= s.limit+1: // one more than the limit may be the line end's CR
		s.rest = append(s.rest, part...)
	case wasKept:
		// A new slice: the old one may be as large as the limit.
		kept := s.rest[:min(len(s.rest), headBytes)]
		s.rest = slices.Concat(kept, part[:min(len(part), headBytes-len(kept))])
	}
}

func (s *lineSplitter) endLine() {
	line, size := s.rest, s.size
	if cap(s.rest) > keptLineBytes {
		s.rest = nil
	} else {
		s.rest = s.rest[:0]
	}
	s.size = 0
	switch {
	case size <= s.limit:
		s.line(withoutCR(line))
	case size == s.limit+1 && line[size-1] == '\r':
		s.line(line[:size-1])
	default:
		s.skipped(line[:min(len(line), headBytes)], size)
	}
}

func withoutCR(line []byte) []byte {
	if len(line) > 0 && line[len(line)-1] == '\r' {
		return line[:len(line)-1]
	}
	return line
}
