// Package printable makes untrusted text safe to show to people.
package printable

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Longest is how many characters of an untrusted text are shown.
const Longest = 1000

var hidden = regexp.MustCompile(`[\x{0000}-\x{001f}\x{007f}-\x{009f}\x{061c}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2069}\x{feff}]`)

// Text makes an untrusted text safe to show: characters that would move the cursor or are invisible are escaped, and
// very long text is truncated.
func Text(text string, limit int) string {
	if count := utf8.RuneCountInString(text); count > limit {
		text = fmt.Sprintf("%s… (%d characters)", string([]rune(text)[:limit]), count)
	}
	return hidden.ReplaceAllStringFunc(text, func(character string) string {
		code, _ := utf8.DecodeRuneInString(character)
		if code < 0x100 {
			return fmt.Sprintf(`\x%02x`, code)
		}
		return fmt.Sprintf(`\u%04x`, code)
	})
}

var plainWord = regexp.MustCompile(`^[\w@%+=:,./-]{1,200}$`)

// Command formats a command as one would type it.
func Command(command []string) string {
	words := make([]string, len(command))
	for i, word := range command {
		if plainWord.MatchString(word) {
			words[i] = word
		} else {
			words[i] = "'" + strings.ReplaceAll(Text(word, 200), "'", `'\''`) + "'"
		}
	}
	return Text(strings.Join(words, " "), Longest)
}
