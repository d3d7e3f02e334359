package sender

import (
	"encoding/json"
	"strings"
	"testing"

	"hooktop/model"
)

func answer(kind, body string) *model.Response {
	return &model.Response{Headers: []model.Header{{Name: "Content-Type", Value: kind}}, Body: []byte(body)}
}

func TestEchoIsStrict(t *testing.T) {
	const c = "3q2-7wAAAAB4eW9wYXF1ZS1kZW1v"
	for body, want := range map[string]model.Echo{
		`{"challenge":"` + c + `"}`:                         model.EchoJSON,
		` {"a":{"b":[1,2]},"challenge":"` + c + "\"}\n":     model.EchoJSON,
		`{"challenge":"no","challenge":"` + c + `"}`:        model.EchoJSON,
		`{"challenge":"\u0033q2-7wAAAAB4eW9wYXF1ZS1kZW1v"}`: model.EchoJSON,
		`{"Challenge":"` + c + `"}`:                         model.EchoNone,
		`{"challenge":["` + c + `"]}`:                       model.EchoNone,
		`{"challenge":{"challenge":"` + c + `"}}`:           model.EchoNone,
		`[{"challenge":"` + c + `"}]`:                       model.EchoNone,
		`{"challenge":"` + c + `"`:                          model.EchoNone,
		`{"challenge":"` + c + `"}{}`:                       model.EchoNone,
		`{"challenge":"` + c + `x"}`:                        model.EchoNone,
		c:                                                   model.EchoText,
		"\r\n " + c + "\t":                                  model.EchoText,
		`"` + c + `"`:                                       model.EchoNone,
		"ok " + c:                                           model.EchoNone,
		"challenge=" + c:                                    model.EchoForm,
		"a=1&challenge=" + c:                                model.EchoNone,
		"challenge=" + c + "&a":                             model.EchoNone,
		"":                                                  model.EchoNone,
		strings.Repeat("[", 60_000):                         model.EchoNone,
	} {
		if got := echoOf(answer("text/plain", body), c); got != want {
			t.Errorf("%.80q: %q, want %q", body, got, want)
		}
	}
	if echoOf(answer("application/x-www-form-urlencoded; charset=utf-8", "a=1&challenge="+c), c) != model.EchoForm {
		t.Error("a form among other fields")
	}
	if echoOf(answer("text/plain", ""), "") != model.EchoNone {
		t.Error("no challenge, no echo")
	}
}

func FuzzEcho(f *testing.F) {
	for _, seed := range []string{"", "{}", `{"challenge":"c"}`, `{"x":{"challenge":"c"}}`, "challenge=c", "c", "[[[", `{"challenge":"c"} {`, "\xff"} {
		f.Add(seed, "application/json")
		f.Add(seed, "application/x-www-form-urlencoded")
	}
	f.Fuzz(func(t *testing.T, body, kind string) {
		const c = "c0ffee-challenge"
		switch echoOf(answer(kind, body), c) {
		case model.EchoJSON:
			var m map[string]json.RawMessage
			if json.Unmarshal([]byte(body), &m) != nil {
				t.Errorf("%q counts as JSON", body)
			}
		case model.EchoText:
			if strings.TrimSpace(body) != c {
				t.Errorf("%q counts as text", body)
			}
		case model.EchoHeader:
			t.Errorf("no header was sent")
		case model.EchoNone:
			if body == `{"challenge":"`+c+`"}` || body == c || body == "challenge="+c {
				t.Errorf("%q is an echo", body)
			}
		}
	})
}
