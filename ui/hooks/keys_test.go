package hooks

import (
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

// canaries are what no screen and no copy may say of echoed().
var canaries = []string{"0123456789abcdef3f9a", "MDEyMzQ1Njc4OWFiY2RlZjAx", "canary-of-a-header"}

// echoed is a webhook with every kind of key, whose receiver says all it was sent.
func echoed() (*fake, model.Hook) {
	v := crm()
	v.Headers = []model.Header{{Name: "X-Api-Key", Value: "canary-of-a-header-77"}, {Name: "X-$(id)", Value: "canary-of-a-header-88"}}
	h := v.Hook
	said := "Authorization: " + h.Authorization.Reveal() + "\n" + h.Secret.Reveal() + "\n" + h.Headers[0].Value + "\n"
	f := newFake(v)
	f.reply = func(model.Event) *model.Response {
		return &model.Response{Status: 200, Proto: "HTTP/1.1", Body: []byte(said), BodyRead: int64(len(said)),
			Headers: []model.Header{{Name: "Content-Type", Value: "text/plain"}, {Name: "X-Echo", Value: h.Authorization.Reveal()}}}
	}
	answer := verifiedBy(h)
	answer.FirstBytes = said
	f.answer = &answer
	r := testOf(h, model.Event{ID: "evt_1", Type: "call.processed", Body: []byte("{}")}, f.reply(model.Event{}), nil)
	r.Attempt.Request = append(r.Attempt.Request, h.Headers...)
	f.tests[h.ID], f.verifications[h.ID] = []model.TestResult{r}, []model.Verification{answer}
	return f, h
}

func silent(t *testing.T, what, said string) {
	t.Helper()
	for _, c := range canaries {
		if strings.Contains(said, c) {
			t.Errorf("%s says %q:\n%s", what, c, said)
		}
	}
}

func TestAnEchoingReceiverShowsNoKey(t *testing.T) {
	f, h := echoed()
	wide := look{W: 120, H: 40, Lang: text.ES}
	d := testing80(t, f, wide, h).Press("enter").Has("X-Echo: Bearer ********3f9a")
	silent(t, "the test page", d.Screen())
	d.Press("y", "r")
	silent(t, "copy response", d.Clipboard())
	if !strings.Contains(d.Clipboard(), "Authorization: Bearer ********3f9a") {
		t.Errorf("copied %q", d.Clipboard())
	}
	d = openOn(t, wide, func(env *page.Env) page.Page { return newVerify(env, f.verbs(), h) }).Has("Authorization: Bearer ********3f9a")
	silent(t, "the verify page", d.Screen())

	f, _ = echoed()
	d = detailed(t, wide, f).Has("X-Api-Key: ********r-77")
	silent(t, "the detail", d.Screen())
	d.Press("right", "right", "enter").Has("X-Echo: Bearer ********3f9a")
	silent(t, "an attempt's response", d.Screen())
	d.Press("left").Has("X-Api-Key: ********r-77")
	silent(t, "an attempt's request", d.Screen())
	for _, key := range []string{"h", "c", "r"} {
		d.Press("y", key)
		silent(t, "copying "+key, d.Clipboard())
	}
	d.Press("esc", "right", "right", "enter").Has("Authorization: Bearer ********3f9a")
	silent(t, "a verification of the past", d.Screen())
	if !strings.Contains(string(f.tests[h.ID][0].Attempt.Response.Body), canaries[0]) {
		t.Error("what was recorded was changed")
	}
}

func TestTheTestPageCopiesNoKeyBeforeItSends(t *testing.T) {
	f, h := echoed()
	p := aTrial(f, h)
	for _, key := range []string{"h", "c"} {
		silent(t, "copying "+key, string(copied(t, p.env, p.v, p.preview(), key)))
	}
}

func TestCurlAsksTheEnvironmentForTheHeadersOfAWebhook(t *testing.T) {
	_, h := echoed()
	r := testOf(h, model.Event{Body: []byte("{}")}, nil, nil)
	r.Attempt.Request = append(r.Attempt.Request, h.Headers...)
	r.Attempt.Request = append(r.Attempt.Request, model.Header{Name: "Cookie", Value: "********abcd"})
	got := r.Attempt.Curl(r.Event.Body)
	for _, want := range []string{
		`-H 'X-Api-Key: '"$WEBHOOK_HEADER_X_API_KEY"`, `-H 'X-$(id): '"$WEBHOOK_HEADER_X___ID_"`, `-H 'Cookie: '"$WEBHOOK_HEADER_COOKIE"`,
		`-H "Authorization: $WEBHOOK_AUTH"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "****") {
		t.Errorf("a mask is sent as if it were the key:\n%s", got)
	}
}

func TestHeadersAreCopiedAsTheyWereSent(t *testing.T) {
	r := testOf(crm().Hook, model.Event{}, nil, nil)
	r.Attempt.Request = []model.Header{{Name: "X-A", Value: "tab\there \u200b"}}
	if got := string(copied(t, envOf(es80), newFake().verbs(), r, "h")); got != "X-A: tab\there \u200b\n" {
		t.Errorf("copied %q", got)
	}
	var env *page.Env
	d := openOn(t, es80, func(e *page.Env) page.Page { env = e; return &below{newAttempt(env, newFake().verbs(), r)} }).Press("left")
	if strings.Contains(uitest.Strip(d.Raw()), "\u200b") {
		t.Error("shown, they are not cleaned")
	}
}
