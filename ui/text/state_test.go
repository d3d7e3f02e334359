package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"hooktop/model"
)

// values are the constants of a type of the model, read from its source: a new one
// without words fails here.
func values(t *testing.T, typ string) []string {
	t.Helper()
	pkgs, err := parser.ParseDir(token.NewFileSet(), "../../model", nil, 0) //nolint:staticcheck // one directory, no build tags
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, pkg := range pkgs {
		ast.Inspect(pkg, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := spec.Type.(*ast.Ident); ok && id.Name == typ {
				out = append(out, strings.Trim(spec.Values[0].(*ast.BasicLit).Value, `"`))
			}
			return true
		})
	}
	if len(out) == 0 {
		t.Fatalf("no constants of type %s", typ)
	}
	return out
}

func TestEveryValueOfTheModelHasAWord(t *testing.T) {
	for _, w := range []*Words{For(ES), For(EN)} {
		whole(t, w, w.State.Hook, "HookState")
		whole(t, w, w.State.Verify, "VerifyState")
		whole(t, w, w.State.Delivery, "DeliveryState")
		whole(t, w, w.State.Outcome, "Outcome")
		whole(t, w, w.State.Breaker, "BreakerState")
		whole(t, w, w.State.Change, "ChangeKind")
		whole(t, w, w.State.Disabled, "DisableReason")
		whole(t, w, w.State.Step, "StepName")
		whole(t, w, w.State.Doing, "StepState")
		whole(t, w, w.State.Warning, "Warning")
		whole(t, w, w.State.Echo, "Echo")
		whole(t, w, w.State.Key, "KeyCheck")
		whole(t, w, w.State.Field, "Field")
	}
}

func whole[K ~string](t *testing.T, w *Words, words map[K]string, typ string) {
	t.Helper()
	for _, v := range values(t, typ) {
		if strings.TrimSpace(words[K(v)]) == "" {
			t.Errorf("%s: no word for %s %q", w.Lang, typ, v)
		}
	}
}

func TestWarningsAreASentenceAndACure(t *testing.T) {
	for _, w := range []*Words{For(ES), For(EN)} {
		for v, s := range w.State.Warning {
			if strings.Count(s, ". ") != 1 || !strings.HasSuffix(s, ".") {
				t.Errorf("%s: %s: %q", w.Lang, v, s)
			}
		}
	}
}

func TestWordsOfTheContract(t *testing.T) {
	es, en := For(ES), For(EN)
	for _, c := range []struct{ got, want string }{
		{es.HookState(model.HookDisabled), "desactivado"}, {en.HookState(model.HookDisabled), "disabled"},
		{es.VerifyState(model.VerifiedEcho), "Verificado · eco"}, {en.VerifyState(model.VerifyStale), "Out of date"},
		{es.DeliveryState(model.DeliveryDead), "fallida"}, {en.DeliveryState(model.DeliveryDead), "failed"},
		{es.HookState("\x1b[31m"), "␛[31m"},
		{For("xx").HookState(model.HookActive), "active"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
