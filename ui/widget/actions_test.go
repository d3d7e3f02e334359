package widget

import (
	"testing"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// A menu says each action once, and offers none that cannot run.
func TestEntriesSayEachActionOnce(t *testing.T) {
	all := []page.Action{
		page.Act("edit", text.ActionWords{Label: "editar", Help: "editar el webhook"}, nil, "e"),
		page.Act("short", text.ActionWords{Label: "ñandú"}, nil),
		{ID: "off", Label: "apagado", Off: true},
		{ID: "write", Label: "escribe", Writes: true},
	}
	got := Entries(&page.Env{ReadOnly: true}, all)
	if len(got) != 2 || got[0].Label != "Editar el webhook" || got[0].Note != "" || got[0].Key != "e" || got[1].Label != "Ñandú" {
		t.Errorf("entries are %+v", got)
	}
}
