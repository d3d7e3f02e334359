package samples

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// What may differ between the languages: texts that people wrote.
var translated = regexp.MustCompile(`(^|\.)(name|email|group|company|language|text|label|keyphrase|excerpt)$|^tags\[`)

func TestBothLanguagesTellTheSameEvent(t *testing.T) {
	set := load(t)
	for _, typ := range types(set) {
		same(t, typ, "", body(t, set, typ, "es"), body(t, set, typ, "en"))
	}
}

func same(t *testing.T, typ, path string, es, en any) {
	t.Helper()
	switch a := es.(type) {
	case map[string]any:
		b, _ := en.(map[string]any)
		if len(a) != len(b) {
			t.Errorf("%s%s: other members", typ, path)
		}
		for k := range a {
			same(t, typ, strings.TrimPrefix(path+"."+k, "."), a[k], b[k])
		}
	case []any:
		b, _ := en.([]any)
		if len(a) != len(b) {
			t.Fatalf("%s %s: %d and %d items", typ, path, len(a), len(b))
		}
		for i := range a {
			same(t, typ, fmt.Sprintf("%s[%d]", path, i), a[i], b[i])
		}
	default:
		if translated.MatchString(path) {
			if (es == nil) != (en == nil) {
				t.Errorf("%s %s: %v and %v", typ, path, es, en)
			}
			return
		}
		if es != en {
			t.Errorf("%s %s: %v and %v", typ, path, es, en)
		}
	}
}

func TestSampleIdentifiers(t *testing.T) {
	set := load(t)
	long := regexp.MustCompile(`^[0-9]{20}$`)
	seen := map[any]bool{}
	for _, typ := range types(set) {
		b := body(t, set, typ, "en")
		id, ok := b["id"].(string)
		if !ok || !regexp.MustCompile(`^evt_[0-9A-HJKMNP-TV-Z]{26}$`).MatchString(id) || seen[id] {
			t.Errorf("%s: id %v", typ, b["id"])
		}
		seen[id] = true
		at, err := time.Parse(model.TimeFormat, b["timestamp"].(string))
		if err != nil || at.IsZero() || b["schema_version"] != "1" || b["test"] != true {
			t.Errorf("%s: envelope %v %v %v", typ, b["timestamp"], b["schema_version"], b["test"])
		}
		if typ == model.VerificationType {
			continue
		}
		d := b["call_details"].(map[string]any)
		for _, k := range []string{"call_id", "channel_id"} {
			if v, ok := d[k].(string); !ok || !long.MatchString(v) {
				t.Errorf("%s: %s = %v, want a string of 20 digits", typ, k, d[k])
			}
		}
		for _, k := range []string{"call_uuid", "team_id"} {
			if _, ok := d[k].(string); !ok {
				t.Errorf("%s: %s is no string", typ, k)
			}
		}
		if _, mild := b["actor"]; mild == (typ == "call.processed") {
			t.Errorf("%s: actor present: %v", typ, mild)
		}
	}
}

// Phone numbers come from the ranges that ARCEP keeps for fiction, hosts from
// RFC 2606.
func TestSamplesAreFictional(t *testing.T) {
	set := load(t)
	phone := regexp.MustCompile(`"\+[0-9]+"`)
	drama := regexp.MustCompile(`^"\+33(19900|26191|35301|46571|53649|63998)[0-9]{4}"$`)
	host := regexp.MustCompile(`(?:@|https?://)([a-z0-9.-]+)`)
	for _, typ := range types(set) {
		for _, lang := range languages {
			b, _ := set.Body(typ, lang)
			for _, n := range phone.FindAll(b, -1) {
				if !drama.Match(n) {
					t.Errorf("%s %s: %s may be somebody's number", typ, lang, n)
				}
			}
			for _, m := range host.FindAllSubmatch(b, -1) {
				if h := string(m[1]); h != "example.com" && !strings.HasSuffix(h, ".example.com") {
					t.Errorf("%s %s: host %s", typ, lang, h)
				}
			}
		}
	}
}

func TestScoresAddUp(t *testing.T) {
	set := load(t)
	for _, typ := range []string{"call.processed", "call.score.changed"} {
		for _, lang := range languages {
			score := body(t, set, typ, lang)["call_score"].(map[string]any)
			var sum, weights float64
			for _, c := range score["components"].([]any) {
				c := c.(map[string]any)
				w, s := number(c["weight"]), number(c["score"])
				sum, weights = sum+w*s, weights+w
				if w < 1 || w > 5 || s < 0 || s > 5 {
					t.Errorf("%s: %v out of range", typ, c["key"])
				}
				checkComponent(t, c, s)
			}
			mean := sum / weights
			if got := number(score["score"]); got != math.Round(mean*100)/100 {
				t.Errorf("%s: score %v, weighted mean %.4f", typ, got, mean)
			}
			if got := number(score["percent"]); got != math.Round(mean/number(score["max_score"])*1000)/10 {
				t.Errorf("%s: percent %v of mean %.4f", typ, got, mean)
			}
		}
	}
}

func checkComponent(t *testing.T, c map[string]any, score float64) {
	t.Helper()
	want := score
	switch c["key"] {
	case "objection_handling_product_knowledge":
		parts := c["parts"].([]any)
		want = (number(parts[0].(map[string]any)["score"]) + number(parts[1].(map[string]any)["score"])) / 2
	case "call_mood":
		want = (number(c["raw"]) + 1) / 2 * 5
	case "moments":
		want = number(c["detected"]) / number(c["expected"]) * 5
	}
	if math.Abs(score-want) > 0.005 {
		t.Errorf("%v: score %v, want %v", c["key"], score, want)
	}
}

func number(v any) float64 {
	f, err := v.(json.Number).Float64()
	if err != nil {
		return math.NaN()
	}
	return f
}

func TestLabelsAreComplete(t *testing.T) {
	set := load(t)
	keys := types(set)
	for _, trigger := range set.Catalogue().Triggers() {
		keys = append(keys, trigger.Key)
	}
	for _, key := range keys {
		for _, lang := range languages {
			if _, ok := set.labels[key][lang]; !ok {
				t.Errorf("no label for %s in %s", key, lang)
			}
		}
	}
	if got := set.Label("no.such.key", "es"); got != "no.such.key" {
		t.Errorf("Label of an unknown key = %q", got)
	}
}

func TestEveryFileExistsInBothLanguages(t *testing.T) {
	set := load(t)
	for typ, byLang := range set.bodies {
		if byLang[neutral] == nil || byLang[spanish] == nil {
			t.Errorf("body of %s lacks a language", typ)
		}
	}
	for _, trigger := range set.Catalogue().Triggers() {
		if p := set.pages[trigger.Key]; p[neutral] == nil || p[spanish] == nil {
			t.Errorf("page of %s lacks a language", trigger.Key)
		}
	}
}
