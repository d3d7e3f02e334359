package hooks

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func TestFormRefusesBadInputAndKeepsIt(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for _, c := range []struct{ name, url, auth, says, keeps string }{
		{"", endpoint, "", "Falta el nombre", ""},
		{"a", "", "", "URL", ""},
		{"a", "ftp://h/", "", "http", "ftp://h/"},
		{"a", "crm.example.com/x", "", "http", "crm.example.com/x"},
		{"a", "http://", "", "URL", "http://"},
		{"a", "https://ana:clave@h.example/", "", "Authorization", "ana:clave@h.example/"},
		{"a", "https://h.example/#x", "", "#", "https://h.example/#x"},
		{"a", "https://h.example:0/", "", "65535", "https://h.example:0/"},
		{"a", "https://h.example:99999/", "", "65535", "https://h.example:99999/"},
		{"a", "https://h .example/", "", "URL", "https://h .example/"},
		{"a", endpoint, " key", "espacio", ""},
		{"a", endpoint, "key ", "espacio", ""},
		{"a", endpoint, "clavé", "ASCII", ""},
		{"a", endpoint, long, "4.096", ""},
	} {
		f := newFake()
		d := form80(t, f, look{W: 120, H: 40, Lang: text.ES})
		d.Paste(c.name).Press("tab").Type(c.url).Press("tab").Paste(c.auth).Press("tab", "space", "ctrl+s")
		if !strings.Contains(d.Screen(), "✗") || !strings.Contains(d.Screen(), c.says) {
			t.Errorf("%+.60v: no sentence with %q:\n%s", c, c.says, d.Screen())
		}
		if c.keeps != "" && !strings.Contains(d.Screen(), c.keeps) {
			t.Errorf("%q was not kept:\n%s", c.keeps, d.Screen())
		}
		if len(f.hooks) > 0 || slices.ContainsFunc(f.called(), func(s string) bool { return strings.HasPrefix(s, "Save") }) {
			t.Errorf("%+.60v was stored", c)
		}
	}
}

func TestFormRefusesControlCharactersInAPaste(t *testing.T) {
	for _, paste := range []string{"Bearer a\r\nX-Evil: 1", "Bearer a\x00b", "a\x1b[2J"} {
		d := form80(t, newFake(), es80).Press("tab", "tab").Type("kept").Paste(paste)
		d.Has("caracteres de control", "[****  ")
	}
}

func TestFormShowsATakenNameAtTheName(t *testing.T) {
	f := newFake()
	f.faults["Save"] = &model.Fault{Code: model.CodeNameTaken, Field: model.FieldName, Value: "crm-prod"}
	d := filled(t, f, es80).Press("ctrl+s").WaitFor("✗")
	c := d.View().Cursor
	if c == nil || !strings.Contains(d.Line(c.Y), "Nombre") || !strings.Contains(d.Line(c.Y+1), "✗") {
		t.Errorf("the fault is not at the name: %+v\n%s", c, d.Screen())
	}
	d.Has("crm-prod", "Bearer ********3f9a", "marcados 1 de 7")
}

func TestFormSaysThatItWasChangedElsewhere(t *testing.T) {
	f := few()
	f.faults["Save"] = &model.Fault{Code: model.CodeConflict}
	editing(t, f, es80, "crm-prod").Type("2").Press("ctrl+s").WaitFor("se cambió entretanto").Has("crm-prod2")
}

func TestFormActivatesOnlyWithATrigger(t *testing.T) {
	f := newFake()
	d := form80(t, f, es80).Type("a").Press("tab").Paste(endpoint).Press("ctrl+s")
	if c := d.View().Cursor; c == nil || !strings.Contains(d.Line(c.Y), "[ ] Llamada creada") {
		t.Errorf("the focus is not on the triggers:\n%s", d.Screen())
	}
	d.Has("✗").Press("space").Lacks("✗").Press("ctrl+s").WaitFor("Guardado y activo")
}

func TestFormAsksBeforeTypedTextIsLost(t *testing.T) {
	f := newFake()
	d := filled(t, f, es80).Press("esc").Has("¿Descartar los cambios?")
	d.Press("enter").Has("crm-prod", "Bearer ********3f9a")
	d.Press("esc", "d").Has("the page below")
	if !slices.Contains(f.called(), "Forget wh_NEW1") {
		t.Errorf("tests of a webhook never saved stay: %v", f.called())
	}
	form80(t, newFake(), es80).Press("esc").Has("the page below")
	g := few()
	editing(t, g, es80, "crm-prod").Press("esc").Has("the page below")
	if slices.ContainsFunc(g.called(), func(c string) bool { return strings.HasPrefix(c, "Forget") }) {
		t.Error("a stored webhook was forgotten")
	}
}

func TestFormCancelsASaveThatRuns(t *testing.T) {
	for _, key := range []string{"ctrl+c", "esc"} {
		f := newFake()
		f.hold = make(chan struct{})
		d := filled(t, f, es80).Press("ctrl+s").Has("guardando")
		d.Press(key).WaitFor("interrumpida").Has("crm-prod").Lacks("guardando")
		if h, ok := f.sees("crm-prod"); ok && h.State == model.HookActive {
			t.Error("it was activated")
		}
	}
}

func TestFormKeepsTextKeysAsTextInAField(t *testing.T) {
	f := newFake()
	form80(t, f, es80).Type("q?:1vty+- jk").Has("[q?:1vty+- jk ")
}

func TestFormReadsACertificateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	toCA := func() *form {
		f := newForm(envOf(es80), newFake().verbs(), model.Hook{ID: "wh_1"}).(*form)
		f.SetSize(80, 40)
		f.focus(idCA)
		return f
	}
	for path, want := range map[string]string{path: "✗", path + ".gone": "No se puede leer"} {
		f := toCA()
		f.adv.ca.SetValue(path)
		run(f, f.move(1))
		if s := uitest.Strip(f.View()); !strings.Contains(s, want) {
			t.Errorf("%s: no %q in\n%s", path, want, s)
		}
	}
}

func TestFormAdvancedIsReadAndChecked(t *testing.T) {
	f := newForm(envOf(es80), newFake().verbs(), model.Hook{ID: "wh_1"}).(*form)
	f.name.SetValue("a")
	f.url.SetValue(endpoint)
	f.adv.headers[0].SetValue("X-Env: prod")
	f.adv.grow()
	f.adv.headers[1].SetValue("X-Empty:")
	f.adv.retry.SetValue("0,5s,2h")
	f.adv.limits[3].SetValue("1500ms")
	f.adv.rate.SetValue("2,5")
	f.adv.parallel.SetValue("8")
	f.adv.skip = true
	h, issues := f.hook()
	if len(issues) > 0 {
		t.Fatalf("issues at %v", issues)
	}
	if !slices.Equal(h.Headers, []model.Header{{Name: "X-Env", Value: "prod"}, {Name: "X-Empty", Value: ""}}) ||
		h.Retry.String() != "0s,5s,2h" && h.Retry.String() != "0,5s,2h" || h.Limits.Total.String() != "1.5s" ||
		h.Rate != 2.5 || h.Concurrency != 8 || !h.TLS.SkipVerify {
		t.Errorf("read %+v", h)
	}
	for id, set := range map[string]func(){
		headerPrefix + "0": func() { f.adv.headers[0].SetValue("Host: evil") },
		headerPrefix + "1": func() { f.adv.headers[1].SetValue("no colon") },
		idRetry:            func() { f.adv.retry.SetValue("5s,1s") },
		idTotal:            func() { f.adv.limits[3].SetValue("soon") },
		limitIDs[0]:        func() { f.adv.limits[0].SetValue("0") },
		limitIDs[1]:        func() { f.adv.limits[1].SetValue("2m") },
		idRate:             func() { f.adv.rate.SetValue("-1") },
		idParallel:         func() { f.adv.parallel.SetValue("65") },
		idSecret:           func() { f.adv.secret.SetValue("hunter2") },
	} {
		set()
		_, issues := f.hook()
		if issues[id] == nil {
			t.Errorf("%s: accepted", id)
			continue
		}
		for _, lang := range []text.Lang{text.ES, text.EN} {
			if s := issues[id](text.For(lang)); s == "" || strings.Contains(s, "hunter2") {
				t.Errorf("%s says %q in %s", id, s, lang)
			}
		}
	}
}

func TestFormMakesASecretAndShowsItOnce(t *testing.T) {
	f := newForm(envOf(es80), newFake().verbs(), model.Hook{ID: "wh_1"}).(*form)
	f.SetSize(80, 40)
	f.focus(idSecret)
	run(f, f.generate())
	secret := f.adv.secret.Value()
	if _, fault := model.CheckSecret(secret); fault != nil || secret == "" {
		t.Fatalf("made %q: %v", secret, fault)
	}
	if !strings.Contains(uitest.Strip(f.View()), secret[:20]) {
		t.Error("it is not shown")
	}
	if m := f.copySecret()().(page.CopyMsg); string(m.Data) != secret {
		t.Errorf("copied %q", m.Data)
	}
	run(f, f.move(1))
	if strings.Contains(uitest.Strip(f.View()), secret[6:20]) {
		t.Error("it is still shown")
	}
	f.focus(idSecret)
	f.relayout()
	if strings.Contains(uitest.Strip(f.View()), secret[6:20]) {
		t.Error("it is shown again")
	}
}

func TestFormLeavesTheRealCursorOnTheFocus(t *testing.T) {
	for _, l := range uitest.Looks() {
		d := form80(t, newFake(), l)
		for range 14 {
			c := d.View().Cursor
			if c == nil {
				t.Fatalf("%v: no cursor\n%s", l, d.Screen())
			}
			if c.Y < 1 || c.Y > l.H-2 || c.X >= l.W {
				t.Fatalf("%v: cursor at %d,%d\n%s", l, c.X, c.Y, d.Screen())
			}
			d.Press("down")
		}
	}
}

func TestFormMovesUserAndPasswordToAuthorization(t *testing.T) {
	f := newFake()
	d := form80(t, f, es80).Type("a").Press("tab").Paste("https://ana:cl%40ve@h.example/in?x=@").Press("tab", "shift+tab")
	d.Has("✗", "ctrl+o los pasa a Authorization")
	d.Press("ctrl+o").Lacks("✗").Has("https://h.example/in?x=@").Press("ctrl+d")
	h, _ := f.sees("a")
	if h.URL != "https://h.example/in?x=@" || h.Authorization.Reveal() != "Basic YW5hOmNsQHZl" {
		t.Errorf("%q with %q", h.URL, h.Authorization.Reveal())
	}
}
