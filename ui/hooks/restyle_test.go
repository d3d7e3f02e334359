package hooks

import (
	"strings"
	"testing"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// The terminal may tell its colours late, and after the payload was copied: what is
// sent is still what was shown. Only another language asks for another sample.
func TestNewColoursKeepTheSample(t *testing.T) {
	s := testing80(t, newFake(), es80, crm().Hook)
	before := s.Screen()
	s.Send(page.RestyledMsg{})
	if s.Screen() != before {
		t.Errorf("the sample is another one:\n%s\nwas\n%s", s.Screen(), before)
	}
	s.Send(page.LanguageMsg{Lang: text.EN})
	if s.Screen() == before || !strings.Contains(s.Screen(), "Exact body") {
		t.Errorf("in English:\n%s", s.Screen())
	}
}
