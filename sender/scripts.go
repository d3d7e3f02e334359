package sender

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// confusable reports whether a label of a host mixes scripts, or is written in
// another script with letters that all look like Latin ones (UTS 39, "Restriction
// level" and "Whole-script confusables", in a simple form).
func confusable(host string) bool {
	if unicodeHost, err := idnaProfile().ToUnicode(host); err == nil {
		host = unicodeHost
	}
	for label := range strings.SplitSeq(host, ".") {
		if isASCII(label) {
			continue
		}
		if mixed(scriptsOf(label)) || lookalike(label) {
			return true
		}
	}
	return false
}

// scriptsOf names the scripts of a label's letters.
func scriptsOf(label string) map[string]bool {
	out := map[string]bool{}
	for _, r := range label {
		for name, table := range unicode.Scripts {
			if unicode.Is(table, r) && name != "Common" && name != "Inherited" {
				out[name] = true
			}
		}
	}
	return out
}

// mixed reports more than one script, but for the sets that writing systems use
// together (UTS 39, "Highly restrictive").
func mixed(scripts map[string]bool) bool {
	if len(scripts) < 2 {
		return false
	}
	for _, together := range [][]string{
		{"Latin", "Han", "Hiragana", "Katakana"},
		{"Latin", "Han", "Hangul"},
		{"Latin", "Han", "Bopomofo"},
	} {
		fits := !slices.ContainsFunc(slices.Collect(maps.Keys(scripts)), func(s string) bool {
			return !slices.Contains(together, s)
		})
		if fits {
			return false
		}
	}
	return true
}

// lookalikes are letters of Cyrillic, Greek and Armenian that a reader takes for Latin.
const lookalikes = "асԁеһіјӏорԛѕԝхуѵԍгпԎ" + "αεικνορτυχγωϲϳ" + "օսոհցզյ"

func lookalike(label string) bool {
	return !strings.ContainsFunc(label, func(r rune) bool {
		return unicode.IsLetter(r) && !strings.ContainsRune(lookalikes, r)
	})
}
