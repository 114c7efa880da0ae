package simpleipc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// longestPrinted is how many characters of a text from outside are shown.
const longestPrinted = 1000

var hidden = regexp.MustCompile(`[\x{0000}-\x{001f}\x{007f}-\x{009f}\x{061c}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2069}\x{feff}]`)

// printable makes a text from outside safe to show: what would move the cursor or hide is written as an escape, what is
// very long is cut.
func printable(text string, limit int) string {
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

// commandText is a command as one would type it.
func commandText(command []string) string {
	words := make([]string, len(command))
	for i, word := range command {
		if plainWord.MatchString(word) {
			words[i] = word
		} else {
			words[i] = "'" + strings.ReplaceAll(printable(word, 200), "'", `'\''`) + "'"
		}
	}
	return printable(strings.Join(words, " "), longestPrinted)
}
