package cli

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"hooktop/model"
)

// FuzzImport reads files from anywhere: what can be read is the same once it was written
// again, in either form, and no webhook made of it has a key.
func FuzzImport(f *testing.F) {
	for _, s := range []string{
		"[[hook]]\nname = 'a'\nurl = 'http://x/'\nevents = ['call.tag']\nretry = '0,5s'\ntotal_timeout = '10s'\nheaders = ['X-A']\n",
		`{"name":"a","url":"http://x/","events":["call.tag"],"rate":0.5}` + "\n" + `{"name":"b"}`,
		"[[hook]]\nca = \"\"\"\n-----BEGIN\"\"\"\n", "[[hook", `{"name":1}`, "", "{", "\x00", `{"secret":"x"}`,
	} {
		f.Add([]byte(s))
	}
	catalogue := model.NewCatalogue([]string{"call.tag.added", "call.tag.removed"})
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := readPortables(b)
		if err != nil {
			return
		}
		var lines bytes.Buffer
		for _, p := range list {
			if err := json.NewEncoder(&lines).Encode(p); err != nil {
				t.Skip(err) // an infinite rate, which TOML knows
			}
			var h model.Hook
			if p.apply(&h, catalogue) == nil && (!h.Authorization.IsZero() || !h.Secret.IsZero() || len(h.Headers) > 0 || h.TLS.SkipVerify) {
				t.Fatalf("keys came with %+v", p)
			}
		}
		again, err := readPortables(lines.Bytes())
		if err != nil || len(again) != len(list) {
			t.Fatalf("%d of %d, %v", len(again), len(list), err)
		}
		if !json.Valid(b) { // bytes that are no UTF-8 are replaced in JSON
			return
		}
		doc, err := toml.Marshal(portables{list})
		if err != nil {
			t.Fatal(err)
		}
		third, err := readPortables(doc)
		if err != nil || !reflect.DeepEqual(names(third), names(again)) {
			t.Fatalf("%v\n%s", err, doc)
		}
	})
}

func names(list []portable) (out []string) {
	for _, p := range list {
		out = append(out, p.Name, p.URL, p.Condition, p.CA)
	}
	return out
}
