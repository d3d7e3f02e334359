package sender

import (
	"slices"
	"testing"

	"hooktop/model"
)

func TestR26_StaticWarnings(t *testing.T) {
	s, _ := house(t)
	save(t, s, hookTo(s, "https://shared.example.com/hook"), model.SaveDraft)
	for _, c := range []struct {
		url    string
		change func(*model.Hook)
		want   []model.Warning
	}{
		{"https://crm.example.com/hook", nil, nil},
		{"http://crm.example.com/hook", nil, []model.Warning{model.WarnHTTP}},
		{"http://10.0.0.1/hook", nil, []model.Warning{model.WarnHTTP}},
		{"http://crm.example.com/hook", withKey, []model.Warning{model.WarnHTTP, model.WarnHTTPToken}},
		{"http://localhost:8787/hook", withKey, nil},
		{"http://demo.localhost/", withKey, nil},
		{"http://127.0.0.1:8787/hook", withKey, nil},
		{"http://[::1]:8787/hook", withKey, nil},
		{"https://SHARED.example.com:443/hook", nil, []model.Warning{model.WarnSharedURL}},
		{"https://shared.example.com/hook?x", nil, nil},
		{"https://münchen.example/", nil, []model.Warning{model.WarnIDN}},
		{"http://①②⑦.0.0.1/", nil, []model.Warning{model.WarnIDN}},
		{"https://\u0430pple.com/", nil, []model.Warning{model.WarnIDN, model.WarnMixedScripts}},                     // one Cyrillic letter
		{"https://xn--pple-43d.com/", nil, []model.Warning{model.WarnMixedScripts}},                                  // the same
		{"https://\u0430\u0440\u0440\u04cf\u0435.com/", nil, []model.Warning{model.WarnIDN, model.WarnMixedScripts}}, // all Cyrillic
		{"https://пример.рф/", nil, []model.Warning{model.WarnIDN}},
		{"https://東京タワー.jp/", nil, []model.Warning{model.WarnIDN}},
		{"https://crm.example.com/", func(h *model.Hook) { h.TLS.SkipVerify = true }, []model.Warning{model.WarnSkipVerify}},
	} {
		h := hookTo(s, c.url)
		if c.change != nil {
			c.change(&h)
		}
		got, err := s.Check(t.Context(), h)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v %v, want %v", c.url, got, err, c.want)
		}
	}
}

func withKey(h *model.Hook) { h.Authorization = model.NewSecret("k") }

func TestR8_CheckNamesWhatIsWrong(t *testing.T) {
	s, _ := house(t)
	for url, code := range map[string]model.Code{
		"": model.CodeURLEmpty, "crm.example.com": model.CodeURLScheme, "https://h:99999/": model.CodeURLPort,
		"https://a\u05d0b.example/": model.CodeURLHost, // breaks the bidi rule
	} {
		_, err := s.Check(t.Context(), hookTo(s, url))
		isFault(t, err, code, model.FieldURL)
	}
}

func TestHostsAreDialledInTheirASCIIForm(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	_, port, _ := splitPort(in.URL)
	h := hookTo(s, "http://①②⑦.0.0.1:"+port+"/x")
	v := verify(t, s, h)
	if !v.OK || v.ASCIIHost != "127.0.0.1" {
		t.Errorf("%+v %+v", v, v.Failure)
	}
	for typed, want := range map[string]string{
		"münchen.example": "xn--mnchen-3ya.example", "ex\u00adample.com": "example.com", "my_host": "my_host", "ＥＸ.com": "ex.com",
	} {
		if got, err := asciiHost(typed); err != nil || got != want {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
}

func splitPort(raw string) (host, port string, err error) {
	u, err := target(raw)
	if err != nil {
		return "", "", err
	}
	return u.Hostname(), u.Port(), nil
}

func TestR7_ANewWebhookIsADraftWithTheUsualTrigger(t *testing.T) {
	s, m := house(t)
	a, b := s.New(), s.New()
	if a.ID == b.ID || a.State != model.HookDraft || a.Revision != 0 || !slices.Equal(a.Events, []string{"call.processed"}) {
		t.Errorf("%+v", a)
	}
	if len(m.hooks) != 0 {
		t.Error("nothing is stored")
	}
}
