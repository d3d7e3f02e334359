package text

import (
	"strings"

	"golang.org/x/text/language"
)

// Match is the product's language for a tag or a locale name: "es-MX" and
// "es_MX.UTF-8" are Spanish. Not ok when it is none of ours; Lang is English then.
func Match(value string) (Lang, bool) {
	value, _, _ = strings.Cut(strings.TrimSpace(value), ".") // encoding
	value, _, _ = strings.Cut(value, "@")                    // modifier
	tag, err := language.Parse(value)
	if err != nil {
		return EN, false
	}
	_, i, confidence := language.NewMatcher([]language.Tag{language.English, language.Spanish}).Match(tag)
	if confidence == language.No {
		return EN, false
	}
	return []Lang{EN, ES}[i], true
}

// tag is the language for number formats.
func (l Lang) tag() language.Tag {
	if l == ES {
		return language.Spanish
	}
	return language.English
}
