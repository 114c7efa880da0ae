package jsontree

import "strings"

const (
	inHost  = "._~!$&'()*+,;=%-"
	inUser  = inHost + ":"
	inPath  = inUser + "@/"
	inQuery = inPath + "?"
)

// isURI reports whether a string is a URI of RFC 3986: scheme, then authority and path or a path alone, query,
// fragment.
func isURI(text string) bool {
	scheme, rest, found := strings.Cut(text, ":")
	if !found || scheme == "" || scheme[0]-'0' <= 9 || !consistsOf(scheme, "+.-") ||
		!isAlphanumeric(scheme[0]) || !hasWholeEscapes(rest) {
		return false
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	hierarchy, query, _ := strings.Cut(rest, "?")
	if !consistsOf(fragment, inQuery) || !consistsOf(query, inQuery) {
		return false
	}
	remainder, hasAuthority := strings.CutPrefix(hierarchy, "//")
	if !hasAuthority {
		return consistsOf(hierarchy, inPath)
	}
	authority, path, _ := strings.Cut(remainder, "/")
	return consistsOf(path, inPath) && isAuthority(authority)
}

func hasWholeEscapes(text string) bool {
	for {
		_, after, found := strings.Cut(text, "%")
		if !found {
			return true
		}
		if len(after) < 2 || !isHexadecimal(after[0]) || !isHexadecimal(after[1]) {
			return false
		}
		text = after
	}
}

func isAuthority(authority string) bool {
	user, host, found := strings.Cut(authority, "@")
	if !found {
		user, host = "", authority
	}
	if !consistsOf(user, inUser) {
		return false
	}
	if literal, ok := strings.CutPrefix(host, "["); ok {
		address, port, closed := strings.Cut(literal, "]")
		return closed && isPort(port) && (isIPv6(address) || isFutureAddress(address))
	}
	name, _, _ := strings.Cut(host, ":")
	return consistsOf(name, inHost) && isPort(host[len(name):])
}

// isPort reports whether a string is empty, or a colon with or without digits.
func isPort(text string) bool {
	return text == "" || text[0] == ':' && strings.Trim(text[1:], "0123456789") == ""
}

// isFutureAddress reports whether a string is RFC 3986's IPvFuture.
func isFutureAddress(address string) bool {
	version, rest, found := strings.Cut(address, ".")
	if !found || len(version) < 2 || version[0]|0x20 != 'v' || rest == "" {
		return false
	}
	for i := 1; i < len(version); i++ {
		if !isHexadecimal(version[i]) {
			return false
		}
	}
	return !strings.Contains(rest, "%") && consistsOf(rest, inUser)
}
