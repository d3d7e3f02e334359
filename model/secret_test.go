package model

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestMaskShowsNoMoreThanTheContractAllows(t *testing.T) {
	for value, want := range map[string]string{
		"":                            "",
		"x":                           "********",
		"Bearer 12345678":             "********", // 15 characters
		"Bearer 123456789":            "Bearer ********6789",
		"bearer abcdefghijklmnop3f9a": "bearer ********3f9a",
		"MyScheme abcdefghijkl3f9a":   "********3f9a",
		"abcdefghijklmnop3f9a":        "********3f9a",
	} {
		if got := NewSecret(value).Masked(); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestNoWayOfPrintingGivesTheValue(t *testing.T) {
	const value = "Bearer CANARY-5d1f-9c33"
	s := NewSecret(value)
	h := Hook{Authorization: s, Secret: s, OldSecret: s}
	var printed strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		fmt.Fprintf(&printed, verb+verb+verb+"\n", s, &s, h)
	}
	slog.New(slog.NewTextHandler(&printed, nil)).Info("hook", "auth", s, "hook", h)
	slog.New(slog.NewJSONHandler(&printed, nil)).Info("hook", "auth", s, "hook", h)
	b, err := json.Marshal(map[string]any{"a": s, "b": &s, "c": h})
	if err != nil {
		t.Fatal(err)
	}
	printed.Write(b)
	hexed := fmt.Sprintf("%x", value)
	if got := printed.String(); strings.Contains(got, "CANARY") || strings.Contains(got, hexed) || !strings.Contains(got, "********") {
		t.Errorf("printed %s", got)
	}
}

func TestFingerprintsTellOwnersAndValuesApart(t *testing.T) {
	a, b := NewSecret("one"), NewSecret("two")
	prints := map[string]bool{a.Fingerprint("wh_1"): true, a.Fingerprint("wh_2"): true, b.Fingerprint("wh_1"): true}
	if len(prints) != 3 || len(a.Fingerprint("wh_1")) != 8 || a.Fingerprint("wh_1") != NewSecret("one").Fingerprint("wh_1") {
		t.Errorf("%v", prints)
	}
	if got := (Secret{}).Fingerprint("wh_1"); got != "" {
		t.Errorf("no secret has the fingerprint %q", got)
	}
}
