package model

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseFilter(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 3, 12, 15, 30, 0, 0, zone)
	yes, no := true, false
	cases := map[string]Filter{
		"":                                {},
		" \t":                             {},
		"state:dead":                      {States: []DeliveryState{DeliveryDead}},
		"state:dead state:held":           {States: []DeliveryState{DeliveryDead, DeliveryHeld}},
		"state:dead,retrying,dead":        {States: []DeliveryState{DeliveryDead, DeliveryRetrying}},
		`hook:crm hook:"my crm"`:          {Hooks: []string{"crm", "my crm"}},
		`hook:"a,b",c`:                    {Hooks: []string{"a,b", "c"}},
		"event:call.tag !event:call.sms":  {Types: []string{"call.tag"}, Not: &Filter{Types: []string{"call.sms"}}},
		"status:503 status:5XX":           {Statuses: []string{"503", "5xx"}},
		"error:timeout !error:tls,dns":    {Errors: []string{"timeout"}, Not: &Filter{Errors: []string{"tls", "dns"}}},
		"replay:rpl_1":                    {Replays: []string{"rpl_1"}},
		"id:dlv_1 call:17432891650918235": {IDs: []string{"dlv_1"}, Subjects: []string{"17432891650918235"}},
		"test":                            {Test: &yes},
		"!test":                           {Test: &no},
		"test:no":                         {Test: &no},
		`"test"`:                          {Words: []string{"test"}},
		`Ana "la llamada" !"no esto"`:     {Words: []string{"Ana", "la llamada"}, Not: &Filter{Words: []string{"no esto"}}},
		`"state:dead" 12:30 "a\"b\\c"`:    {Words: []string{"state:dead", "12:30", `a"b\c`}},
		"a,b":                             {Words: []string{"a,b"}},
		"since:2h":                        {Since: now.Add(-2 * time.Hour)},
		"!since:2h":                       {Until: now.Add(-2 * time.Hour)},
		"until:1d since:2w":               {Until: now.AddDate(0, 0, -1), Since: now.AddDate(0, 0, -14)},
		"since:2026-03-10":                {Since: time.Date(2026, 3, 10, 0, 0, 0, 0, zone)},
		"since:09:15":                     {Since: time.Date(2026, 3, 12, 9, 15, 0, 0, zone)},
		"since:3h since:1h":               {Since: now.Add(-time.Hour)},
		"until:2026-03-12T10:00:00Z":      {Until: time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)},
		`since:"2026-03-12 10:00"`:        {Since: time.Date(2026, 3, 12, 10, 0, 0, 0, zone)},
	}
	for text, want := range cases {
		got, f := ParseFilter(text, now)
		if f != nil {
			t.Errorf("%q: %v", text, f)
			continue
		}
		if !got.Since.Equal(want.Since) || !got.Until.Equal(want.Until) {
			t.Errorf("%q: %v to %v", text, got.Since, got.Until)
		}
		got.Since, got.Until, want.Since, want.Until = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestParseFilterNamesTheWordAtFault(t *testing.T) {
	for text, want := range map[string]Fault{
		"state:dead estado:x":            {Code: CodeFilterKey, Value: "estado:x"},
		"http://crm.example":             {Code: CodeFilterKey, Value: "http://crm.example"},
		"!State:dead":                    {Code: CodeFilterKey, Value: "!State:dead"},
		"a state:muerto b":               {Code: CodeFilterValue, Value: "state:muerto"},
		"state:dead,":                    {Code: CodeFilterValue, Value: "state:dead,"},
		"hook:":                          {Code: CodeFilterValue, Value: "hook:"},
		"!":                              {Code: CodeFilterValue, Value: "!"},
		`""`:                             {Code: CodeFilterValue, Value: `""`},
		"status:600":                     {Code: CodeFilterValue, Value: "status:600"},
		"status:5x":                      {Code: CodeFilterValue, Value: "status:5x"},
		"status:5+1":                     {Code: CodeFilterValue, Value: "status:5+1"},
		"error:broken":                   {Code: CodeFilterValue, Value: "error:broken"},
		"since:-2h":                      {Code: CodeFilterValue, Value: "since:-2h"},
		"since:soon":                     {Code: CodeFilterValue, Value: "since:soon"},
		"since:1h,2h":                    {Code: CodeFilterValue, Value: "since:1h,2h"},
		"test:maybe":                     {Code: CodeFilterValue, Value: "test:maybe"},
		"test:yes !test":                 {Code: CodeFilterValue, Value: "!test"},
		`a "b c`:                         {Code: CodeFilterQuote, Value: `"b c`},
		`"a"b`:                           {Code: CodeFilterQuote, Value: `"a"b`},
		"\xff":                           {Code: CodeFilterValue},
		strings.Repeat("a", MaxFilter+1): {Code: CodeFilterValue},
	} {
		_, f := ParseFilter(text, noon)
		if f == nil || f.Code != want.Code || f.Field != FieldFilter || f.Value != want.Value {
			t.Errorf("%.40q: %+v", text, f)
		}
	}
}

func TestIsZero(t *testing.T) {
	if !(Filter{}).IsZero() || !(Filter{Not: &Filter{}}).IsZero() {
		t.Error("the empty filter lets everything through")
	}
	for _, text := range []string{"a", "!a", "test", "since:1h", "id:x", "call:1", "error:tls", "!replay:x"} {
		if f, _ := ParseFilter(text, noon); f.IsZero() {
			t.Errorf("%q chooses nothing", text)
		}
	}
}

// same holds two filters against each other, times by instant.
func same(a, b Filter) bool {
	if !a.Since.Equal(b.Since) || !a.Until.Equal(b.Until) {
		return false
	}
	a.Since, a.Until, b.Since, b.Until = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return reflect.DeepEqual(a, b)
}

func TestAnyFilterPrintsAndParses(t *testing.T) {
	words := rapid.SliceOfN(rapid.StringMatching(`(!?|[a-z]+:)[a-z0-9,:"\\ .ñ!]{1,12}`), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		var f Filter
		fill := func(f *Filter) {
			for _, key := range []string{keyHook, keyEvent, keyID, keyCall, keyReplay, keyWord} {
				for _, v := range words.Draw(t, "values") {
					f.add(key, v)
				}
			}
		}
		fill(&f)
		if rapid.Bool().Draw(t, "not") {
			f.Not = &Filter{}
			fill(f.Not)
			f.Not.add(keyState, string(DeliveryHeld))
		}
		if rapid.Bool().Draw(t, "since") {
			f.Since = noon.Add(-time.Duration(rapid.Int64Range(0, 1e15).Draw(t, "ago")))
		}
		if len(f.String()) > MaxFilter {
			t.Skip()
		}
		got, fault := ParseFilter(f.String(), noon)
		if fault != nil || !same(got, f) {
			t.Fatalf("%q: %+v %v", f.String(), got, fault)
		}
	})
}

func FuzzParseFilter(f *testing.F) {
	for _, seed := range []string{`state:dead hook:crm event:call.tag !test words`, `!"a \" b" since:2h until:1d status:4xx`, `call:1,2 id:"x`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, fault := ParseFilter(text, noon)
		if fault != nil {
			if fault.Field != FieldFilter || !strings.Contains(text, fault.Value) {
				t.Errorf("%q: %+v", text, fault)
			}
			return
		}
		printed := got.String()
		if len(printed) > MaxFilter {
			return
		}
		again, fault := ParseFilter(printed, noon)
		if fault != nil || !same(got, again) {
			t.Errorf("%q: printed as %q: %+v, was %+v (%v)", text, printed, again, got, fault)
		}
	})
}
