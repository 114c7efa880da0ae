package jsontree

import (
	"net/netip"
	"strconv"
	"strings"
)

// Format is a string format that is checked.
type Format uint8

// The formats that are checked.
const (
	DateTime Format = iota
	Date
	TimeOfDay
	UUID
	Email
	URI
	IPv4
	IPv6
	Int64Text
	Uint64Text
)

var formatNames = [...]string{
	DateTime:   "date-time",
	Date:       "date",
	TimeOfDay:  "time",
	UUID:       "uuid",
	Email:      "email",
	URI:        "uri",
	IPv4:       "ipv4",
	IPv6:       "ipv6",
	Int64Text:  "int64",
	Uint64Text: "uint64",
}

// fits reports whether a string has the format. Every language checks formats in the same way.
func (f Format) fits(text string) bool {
	switch f {
	case DateTime:
		return len(text) > 10 && text[10]|0x20 == 't' && isDate(text[:10]) && isTime(text[11:])
	case Date:
		return isDate(text)
	case TimeOfDay:
		return isTime(text)
	case UUID:
		return isUUID(text)
	case Email:
		return isEmail(text)
	case URI:
		return isURI(text)
	case IPv4:
		address, err := netip.ParseAddr(text)
		return err == nil && address.Is4()
	case IPv6:
		return isIPv6(text)
	case Int64Text:
		value, err := strconv.ParseInt(text, 10, 64)
		return err == nil && strconv.FormatInt(value, 10) == text
	case Uint64Text:
		value, err := strconv.ParseUint(text, 10, 64)
		return err == nil && strconv.FormatUint(value, 10) == text
	default:
		return true
	}
}

func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		switch i {
		case 8, 13, 18, 23:
			if text[i] != '-' {
				return false
			}
		default:
			if !isHexadecimal(text[i]) {
				return false
			}
		}
	}
	return true
}

func isHexadecimal(c byte) bool {
	return c-'0' <= 9 || c|0x20-'a' <= 5
}

func isAlphanumeric(c byte) bool {
	return c-'0' <= 9 || c|0x20-'a' <= 25
}

// isIPv6 reports whether a string is RFC 3986's IPv6address.
func isIPv6(text string) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.Is6() && address.Zone() == ""
}

// isEmail reports whether a string is RFC 5321's mailbox, without quoted strings and
// addresses in brackets.
func isEmail(text string) bool {
	name, host, found := strings.Cut(text, "@")
	if !found || !consistsOf(name, "!#$%&'*+/=?^_`{|}~.-") {
		return false
	}
	for _, atom := range strings.Split(name, ".") {
		if atom == "" {
			return false
		}
	}
	for _, label := range strings.Split(host, ".") {
		if label == "" || len(label) > 63 || !consistsOf(label, "-") ||
			label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

// consistsOf reports whether a string consists of ASCII letters and digits and the other characters.
func consistsOf(text, others string) bool {
	for i := range len(text) {
		if !isAlphanumeric(text[i]) && strings.IndexByte(others, text[i]) < 0 {
			return false
		}
	}
	return true
}
