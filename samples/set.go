package samples

import (
	"bytes"
	"embed"
	"io/fs"
	"slices"

	"hooktop/model"
)

//go:embed catalogue
var embedded embed.FS

// The languages of bodies, labels and pages. A file without a language stands
// for every language that has no file of its own.
const (
	spanish = "es"
	english = "en"
	neutral = ""
)

// Set is what was loaded. It does not change, so it may be used from anywhere.
type Set struct {
	catalogue model.Catalogue
	bodies    texts // by event type
	pages     texts // by toggle or event type
	labels    texts // by toggle or event type
}

// texts holds bytes by key and language.
type texts map[string]map[string][]byte

func (t texts) put(key, lang string, b []byte) {
	if t[key] == nil {
		t[key] = map[string][]byte{}
	}
	t[key][lang] = b
}

// get returns the text in lang, else the neutral one, else English, else Spanish.
func (t texts) get(key, lang string) ([]byte, bool) {
	for _, l := range []string{lang, neutral, english, spanish} {
		if b, ok := t[key][l]; ok {
			return b, true
		}
	}
	return nil, false
}

// Load reads the embedded catalogue and, unless own is nil, adds the events of
// one's own folder. What cannot be used of own is left out and warned about; an
// error means that the program itself is broken.
func Load(own fs.FS) (*Set, []Warning, error) {
	dir, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		return nil, nil, err
	}
	base := readFolder(dir, model.Catalogue{})
	if len(base.warnings) > 0 {
		return nil, nil, base.warnings[0]
	}
	set := &Set{bodies: base.bodies, pages: base.pages, labels: base.labels}
	types := base.types()
	set.catalogue = model.NewCatalogue(types)
	if own == nil {
		return set, nil, nil
	}
	more := readFolder(own, set.catalogue)
	set.catalogue = model.NewCatalogue(append(types, more.types()...))
	more.addTo(set)
	return set, more.warnings, nil
}

// Catalogue lists the events that are loaded; the verification is none of them.
func (s *Set) Catalogue() model.Catalogue { return s.catalogue }

// Body returns a copy of the sample of an event type, or of
// model.VerificationType, in lang ("es", "en"). An unknown type is a
// *model.Fault with CodeUnknownEvent.
func (s *Set) Body(typ, lang string) ([]byte, error) {
	b, ok := s.bodies.get(typ, lang)
	if !ok {
		return nil, &model.Fault{Code: model.CodeUnknownEvent, Field: model.FieldTriggers, Value: typ}
	}
	return bytes.Clone(b), nil
}

// Label is the name of a toggle or an event type for people. A toggle with one event
// and no name has the event's; what has none at all is named by its key.
func (s *Set) Label(key, lang string) string {
	b, ok := s.labels.get(key, lang)
	if !ok {
		if events := s.catalogue.Events(key); len(events) == 1 {
			b, ok = s.labels.get(events[0], lang)
		}
	}
	if !ok {
		return key
	}
	return string(b)
}

// Page is the Markdown page of a toggle, or of the toggle of an event type. A
// toggle without a page of its own has those of its events. It may be empty.
func (s *Set) Page(key, lang string) string {
	toggle := model.TriggerKey(key)
	for _, k := range []string{key, toggle} {
		if b, ok := s.pages.get(k, lang); ok {
			return string(b)
		}
	}
	var all [][]byte
	for _, t := range s.catalogue.Triggers() {
		if t.Key != key {
			continue
		}
		for _, typ := range t.Events {
			if b, ok := s.pages.get(typ, lang); ok {
				all = append(all, b)
			}
		}
	}
	return string(bytes.Join(all, []byte("\n")))
}

// embeddedKey reports whether a word is an event type, a toggle or a system
// event of the catalogue.
func embeddedKey(c model.Catalogue, word string) bool {
	if word == model.VerificationType || c.Has(word) {
		return true
	}
	return slices.ContainsFunc(c.Triggers(), func(t model.Trigger) bool { return t.Key == word })
}
