package deliveries

import (
	"strings"
	"testing"

	"hooktop/ui/text"
)

// From 180 columns on the body has a pane of its own; below, it stands under the facts.
func TestTheThirdPaneIsTheBody(t *testing.T) {
	for width, third := range map[int]bool{120: false, 179: false, 180: true, 200: true, 240: true} {
		s := open(t, some(), look{W: width, H: 60, Lang: text.ES})
		s.Press("down", "down", "down").Fits().Has("Intentos", "Petición", "Cuerpo", "Respuesta", "call_details", "upstream")
		var both bool
		for _, l := range strings.Split(s.Screen(), "\n") {
			both = both || strings.Contains(l, "datalake · call.score.changed") && strings.Contains(l, "Cuerpo")
		}
		if both != third {
			t.Errorf("%d columns: the body beside the facts: %v", width, both)
		}
		if third {
			s.Has("POST https://crm.example.com/hooks/empower")
		}
	}
}

// Keys and clicks reach the body where it stands now, and resizing keeps its place.
func TestTheThirdPaneTakesKeysAndClicks(t *testing.T) {
	s := open(t, some(), look{W: 200, H: 60, Lang: text.ES})
	s.Press("down", "down", "down")
	s.ClickOn("agent:")
	if path, data, ok := s.list.pane.request.Value(); !s.list.side || !ok || !strings.Contains(string(data), "José") {
		t.Errorf("focus %v on %q: %q", s.list.side, path, data)
	}
	if c := s.View().Cursor; c == nil || !strings.Contains(s.Line(c.Y), "agent:") || c.X < 150 {
		t.Errorf("the cursor is at %+v", c)
	}
	s.Resize(120, 40)
	if c := s.View().Cursor; c == nil || !strings.Contains(s.Line(c.Y), "agent:") {
		t.Errorf("after the resize it is at %+v", c)
	}
	s.Resize(200, 60).Press("z").Fits().Has("agent:", "Intentos") // alone, it is both still
}
