package wire

import (
	"bytes"
	"strconv"
)

// leastHeaderBytes is how long a line between messages may be, however small messages must be.
const leastHeaderBytes = 4096

var lengthHeader = []byte("content-length:")

// HeaderSplitter splits bytes into messages that are preceded by a Content-Length. Whatever else there is between them is
// passed on as lines, except for other headers. Of a message over the limit, only the head is kept.
type HeaderSplitter struct {
	Limit   int
	Line    func(line []byte) // a message, or text between messages
	Skipped func(head []byte, size int)

	lines  LineSplitter
	length int // what the header says that was read; 0: none was
	left   int // how much of the message has not arrived
	body   []byte
}

// Push adds bytes.
func (s *HeaderSplitter) Push(chunk []byte) {
	for len(chunk) > 0 {
		if s.left > 0 {
			chunk = s.take(chunk)
			continue
		}
		end := bytes.IndexByte(chunk, '\n') + 1
		if end == 0 {
			end = len(chunk)
		}
		s.lines.Limit, s.lines.Line, s.lines.Skipped = max(s.Limit, leastHeaderBytes), s.header, s.Skipped
		s.lines.Push(chunk[:end])
		chunk = chunk[end:]
	}
}

// End passes on what has not ended.
func (s *HeaderSplitter) End() {
	if s.left > 0 {
		s.left = 0
		s.Line(s.body)
		return
	}
	s.lines.End()
}

// take takes what belongs to the message, and returns the rest.
func (s *HeaderSplitter) take(chunk []byte) []byte {
	part := chunk[:min(len(chunk), s.left)]
	s.left -= len(part)
	switch {
	case s.length <= s.Limit:
		s.body = append(s.body, part...)
	case len(s.body) < headBytes:
		s.body = append(s.body, part[:min(len(part), headBytes-len(s.body))]...)
	}
	if s.left == 0 {
		body, length := s.body, s.length
		s.body, s.length = nil, 0
		if length <= s.Limit {
			s.Line(body)
		} else {
			s.Skipped(body, length)
		}
	}
	return chunk[len(part):]
}

// header handles a line between messages.
func (s *HeaderSplitter) header(line []byte) {
	at := bytes.Index(bytes.ToLower(line), lengthHeader)
	length := 0
	if at >= 0 {
		value := bytes.TrimSpace(line[at+len(lengthHeader):])
		length, _ = strconv.Atoi(string(value))
	}
	switch {
	case length > 0:
		if at > 0 {
			s.Line(line[:at])
		}
		s.length = length
	case s.length > 0 && len(line) == 0:
		s.left = s.length
	case s.length == 0 && len(line) > 0:
		s.Line(line)
	}
}

// Header returns what precedes a message of this size.
func Header(size int) string { return "Content-Length: " + strconv.Itoa(size) + "\r\n\r\n" }
