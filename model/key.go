package model

import "strings"

// IsKey accepts an idempotency key: 1 to 255 visible ASCII characters.
func IsKey(s string) bool {
	return s != "" && len(s) <= 255 && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}
