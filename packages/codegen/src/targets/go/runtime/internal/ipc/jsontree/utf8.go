package jsontree

import (
	"strings"
	"unicode/utf8"
)

// WellFormed replaces each maximal invalid part of a string by U+FFFD, as UTF-8 decoders do.
func WellFormed(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && size == 1 {
			out.WriteRune(utf8.RuneError)
			size = invalidPart(text)
		} else {
			out.WriteString(text[:size])
		}
		text = text[size:]
	}
	return out.String()
}

// invalidPart returns the length of the invalid bytes at the beginning of a string: the longest prefix of a character,
// or else one byte.
func invalidPart(text string) int {
	low, high := byte(0x80), byte(0xbf)
	most := 2
	switch lead := text[0]; {
	case lead == 0xe0:
		low = 0xa0
	case lead == 0xed:
		high = 0x9f
	case lead >= 0xe1 && lead <= 0xef:
	case lead == 0xf0:
		low, most = 0x90, 3
	case lead >= 0xf1 && lead <= 0xf3:
		most = 3
	case lead == 0xf4:
		high, most = 0x8f, 3
	default:
		return 1
	}
	size := 1
	for size < most && size < len(text) && text[size] >= low && text[size] <= high {
		size++
		low, high = 0x80, 0xbf
	}
	return size
}
