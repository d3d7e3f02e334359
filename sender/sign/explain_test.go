package sign

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

const explainSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// hmacOf is a signature's bytes, made apart from the code under test.
func hmacOf(key, text string) []byte {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(text))
	return m.Sum(nil)
}

func TestExplainNamesTheMistake(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	stamp, id := "1700000000", "evt_1"
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(explainSecret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	key, text := string(decoded), explainSecret[len("whsec_"):]
	body := `{"agent":"Íñigo 👩","a":[1,2],"q":"a\\\"b: c, d <e>"}`
	std, before := base64.StdEncoding.EncodeToString, id+"."+stamp+"."
	good := "v1," + std(hmacOf(key, before+body))
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(body), "", "  "); err != nil {
		t.Fatal(err)
	}
	python := `{"agent": "\u00cd\u00f1igo \ud83d\udc69", "a": [1, 2], "q": "a\\\"b: c, d <e>"}`
	golang := `{"agent":"Íñigo 👩","a":[1,2],"q":"a\\\"b: c, d \u003ce\u003e"}`
	for name, c := range map[string]struct {
		body, stamp, signature string
		want                   []Mistake
	}{
		"good":             {body, stamp, good, nil},
		"line end added":   {body + "\n", stamp, good, []Mistake{BodyLineEnd}},
		"CRLF added":       {body + "\r\n", stamp, good, []Mistake{BodyLineEnd}},
		"line end lost":    {body, stamp, "v1," + std(hmacOf(key, before+body+"\n")), []Mistake{BodyLineEnd}},
		"indented":         {indented.String(), stamp, good, []Mistake{BodyRewritten}},
		"compacted":        {body, stamp, "v1," + std(hmacOf(key, before+indented.String())), []Mistake{BodyRewritten}},
		"Python's":         {python, stamp, good, []Mistake{BodyRewritten}},
		"was Python's":     {body, stamp, "v1," + std(hmacOf(key, before+python)), []Mistake{BodyRewritten}},
		"Go's":             {golang, stamp, good, []Mistake{BodyRewritten}},
		"whole secret":     {body, stamp, "v1," + std(hmacOf(explainSecret, before+body)), []Mistake{SecretWhole}},
		"undecoded secret": {body, stamp, "v1," + std(hmacOf(text, before+body)), []Mistake{SecretUndecoded}},
		"body alone":       {body, stamp, "v1," + std(hmacOf(key, body)), []Mistake{SignedBody}},
		"without the id":   {body, stamp, "v1," + std(hmacOf(key, stamp+"."+body)), []Mistake{SignedNoID}},
		"hex":              {body, stamp, "v1," + hex.EncodeToString(hmacOf(key, before+body)), []Mistake{WrittenHex}},
		"base64url":        {body, stamp, "v1," + base64.RawURLEncoding.EncodeToString(hmacOf(key, before+body)), []Mistake{WrittenURL}},
		"no version":       {body, stamp, std(hmacOf(key, before+body)), []Mistake{WrittenBare}},
		"GitHub's way":     {body, stamp, "sha256=" + hex.EncodeToString(hmacOf(explainSecret, body)), []Mistake{SecretWhole, SignedBody, WrittenBare, WrittenHex}},
		"Stripe's way":     {body, stamp, "v1=" + hex.EncodeToString(hmacOf(explainSecret, stamp+"."+body)), []Mistake{SecretWhole, SignedNoID, WrittenBare, WrittenHex}},
		"among others":     {body + "\n", stamp, "v1a,xyz " + good + " v1,AAAA", []Mistake{BodyLineEnd}},
		"old":              {body, "1699990000", "v1," + std(hmacOf(key, id+".1699990000."+body)), []Mistake{TimestampOld}},
		"ahead":            {body, "1700010000", "v1," + std(hmacOf(key, id+".1700010000."+body)), []Mistake{TimestampAhead}},
		"milliseconds":     {body, "1700000000000", "v1," + std(hmacOf(key, id+".1700000000000."+body)), []Mistake{TimestampMillis}},
		"no number":        {body, "today", "v1," + std(hmacOf(key, id+".today."+body)), []Mistake{TimestampText}},
		"old and hex":      {body, "1699990000", "v1," + hex.EncodeToString(hmacOf(key, id+".1699990000."+body)), []Mistake{TimestampOld, WrittenHex}},
		"missing":          {body, "", good, []Mistake{HeadersMissing}},
	} {
		got, err := Explain([]model.Secret{model.NewSecret(explainSecret)}, Headers{id, c.stamp, c.signature}, []byte(c.body), now)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, c.want)
		}
	}
}

func TestExplainKnowsWhatItDoesNotKnow(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	other := "v1," + base64.StdEncoding.EncodeToString(hmacOf("another key", "evt_1.1700000000.{}"))
	for _, signature := range []string{other, "v1,", "v1,AAAA", ",", "=", strings.Repeat("v1, ", 1000)} {
		got, err := Explain([]model.Secret{model.NewSecret(explainSecret)}, Headers{"evt_1", "1700000000", signature}, []byte("{}"), now)
		if !slices.Equal(got, []Mistake{Unknown}) || err != nil {
			t.Errorf("%q: %v %v", signature, got, err)
		}
	}
	if _, err := Explain([]model.Secret{model.NewSecret("whsec_!")}, Headers{"evt_1", "1700000000", other}, []byte("{}"), now); err == nil {
		t.Error("a secret that is none was taken")
	}
}

// Any of the secrets will do, as while one takes the other's place.
func TestExplainTriesEachSecret(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	both := []model.Secret{model.NewSecret("whsec_" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("n"), 32))), {}, model.NewSecret(explainSecret)}
	k, err := NewKey(both[2])
	if err != nil {
		t.Fatal(err)
	}
	signature, err := Header([]*Key{k}, "evt_1", now, []byte("{}\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Explain(both, Headers{"evt_1", strconv.FormatInt(now.Unix(), 10), signature}, []byte("{}"), now)
	if err != nil || !slices.Equal(got, []Mistake{BodyLineEnd}) {
		t.Error(got, err)
	}
}
