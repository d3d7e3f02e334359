package receiver

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"hooktop/model"
)

func statuses(r *Receiver, n int) []int {
	var out []int
	for range n {
		out = append(out, serve(r, post("{}")).Code)
	}
	return out
}

func TestScripts(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		after After
		want  [5]int
	}{
		"last one stays": {"500,500,200", Stay, [5]int{500, 500, 200, 200, 200}},
		"stays broken":   {"200, 503", Stay, [5]int{200, 503, 503, 503, 503}},
		"recovers":       {"500\n503\n", Recover, [5]int{500, 503, 200, 200, 200}},
		"empty":          {"", Stay, [5]int{200, 200, 200, 200, 200}},
	} {
		t.Run(name, func(t *testing.T) {
			r := New(Options{})
			if err := r.Script(c.text, c.after); err != nil {
				t.Fatal(err)
			}
			if got := [5]int(statuses(r, 5)); got != c.want {
				t.Errorf("answered %v, want %v", got, c.want)
			}
		})
	}
}

func TestBadScriptsAreRefusedAndChangeNothing(t *testing.T) {
	r := New(Options{})
	r.Answer(418)
	for text, value := range map[string]string{"500,oops": "oops", "99": "99", "100": "100", "600": "600", "-200": "-200"} {
		err := r.Script(text, Stay)
		var fault *model.Fault
		if !errors.As(err, &fault) || fault.Value != value || fault.Field != FieldScript {
			t.Errorf("%q: %v", text, err)
		}
	}
	if w := serve(r, post("{}")); w.Code != 418 {
		t.Errorf("answered %d", w.Code)
	}
}

func TestRefusedRequestsUseUpNoStep(t *testing.T) {
	r := New(Options{Authorization: model.NewSecret(key)})
	if err := r.Script("503,200", Stay); err != nil {
		t.Fatal(err)
	}
	serve(r, post("{}"))
	if w := serve(r, post("{}", header("Authorization", key))); w.Code != 503 {
		t.Errorf("answered %d, want the first step", w.Code)
	}
}

func TestAnswerCarriesHeadersAndBodies(t *testing.T) {
	r := New(Options{})
	r.Answer(429, model.Header{Name: "Retry-After", Value: "5"})
	if w := serve(r, post("{}")); w.Code != 429 || w.Header().Get("Retry-After") != "5" {
		t.Errorf("%d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	r.Play(Stay, Reply{Status: 200, Body: []byte("<html>"), Headers: []model.Header{{Name: "Content-Type", Value: "text/html"}}})
	if w := serve(r, post("{}")); w.Body.String() != "<html>" || w.Header().Get("Content-Type") != "text/html" {
		t.Errorf("%q as %q", w.Body, w.Header().Get("Content-Type"))
	}
	r.Answer(204)
	if w := serve(r, post("{}")); w.Code != 204 || w.Body.Len() != 0 {
		t.Errorf("%d with %d bytes", w.Code, w.Body.Len())
	}
	r.Play(Stay, Reply{Status: 200, Body: []byte{}})
	if w := serve(r, post("{}")); w.Body.Len() != 0 {
		t.Errorf("an empty body came as %q", w.Body)
	}
	r.Answer(42)
	if w := serve(r, post("{}")); w.Code != http.StatusInternalServerError {
		t.Errorf("status 42 was sent as %d", w.Code)
	}
}

func TestADelayEndsWithTheRequest(t *testing.T) {
	r := New(Options{})
	r.Play(Stay, Reply{Status: 200, Delay: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		serve(r, post("{}").WithContext(ctx))
	}()
	if err := r.Wait(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	cancel()
	<-done
}
