package samples

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

var snippet = regexp.MustCompile("(?s)```json\n(.*?)```")

// An example on a page shows nothing that the sample does not have.
func TestPagesQuoteTheirSamples(t *testing.T) {
	set := load(t)
	for _, trigger := range set.Catalogue().Triggers() {
		for _, lang := range languages {
			m := snippet.FindStringSubmatch(set.Page(trigger.Key, lang))
			if m == nil {
				t.Errorf("%s %s: no example", trigger.Key, lang)
				continue
			}
			d := json.NewDecoder(strings.NewReader(m[1]))
			d.UseNumber()
			var part map[string]any
			if err := d.Decode(&part); err != nil {
				t.Errorf("%s %s: %v", trigger.Key, lang, err)
				continue
			}
			typ, _ := part["type"].(string)
			if !within(part, body(t, set, typ, lang)) {
				t.Errorf("%s %s: the example differs from the sample", trigger.Key, lang)
			}
		}
	}
}

func within(part, whole any) bool {
	switch p := part.(type) {
	case map[string]any:
		w, ok := whole.(map[string]any)
		for k := range p {
			ok = ok && within(p[k], w[k])
		}
		return ok
	case []any:
		w, ok := whole.([]any)
		ok = ok && len(p) == len(w)
		for i := range p {
			ok = ok && within(p[i], w[i])
		}
		return ok
	}
	return part == whole
}

func TestPagesHaveTheSamePartsInBothLanguages(t *testing.T) {
	set := load(t)
	field := regexp.MustCompile("(?m)^\\| (`[^|]*`) \\|")
	for _, trigger := range set.Catalogue().Triggers() {
		es, en := set.Page(trigger.Key, "es"), set.Page(trigger.Key, "en")
		if a, b := field.FindAllString(es, -1), field.FindAllString(en, -1); strings.Join(a, "") != strings.Join(b, "") {
			t.Errorf("%s: fields differ:\n%v\n%v", trigger.Key, a, b)
		}
		for _, lang := range languages {
			page := set.Page(trigger.Key, lang)
			if title := "# " + set.Label(trigger.Key, lang) + "\n"; !strings.HasPrefix(page, title) {
				t.Errorf("%s %s: title is not the label", trigger.Key, lang)
			}
			if n := strings.Count(page, "\n"); n < 30 || n > 80 {
				t.Errorf("%s %s: %d lines", trigger.Key, lang, n)
			}
		}
		if strings.Count(es, "\n## ") != strings.Count(en, "\n## ") {
			t.Errorf("%s: sections differ", trigger.Key)
		}
	}
}
