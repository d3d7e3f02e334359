package sign

import (
	"encoding/base64"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	official "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"hooktop/model"
)

// The specification's own vector.
const (
	vectorSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	vectorID     = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	vectorTime   = 1614265330
	vectorBody   = `{"test": 2432232314}`
	vectorSig    = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
)

func secrets(values ...string) []model.Secret {
	var out []model.Secret
	for _, v := range values {
		out = append(out, model.NewSecret(v))
	}
	return out
}

func keys(t *testing.T, secrets ...model.Secret) []*Key {
	t.Helper()
	var out []*Key
	for _, s := range secrets {
		k, err := NewKey(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, k)
	}
	return out
}

func TestHeaderIsTheVector(t *testing.T) {
	vector := keys(t, secrets(vectorSecret)...)
	for range 3 { // what signing leaves behind does no harm
		got, err := Header(vector, vectorID, time.Unix(vectorTime, 999e6), []byte(vectorBody))
		if err != nil || got != vectorSig {
			t.Errorf("%q %v", got, err)
		}
	}
}

func TestRotationSignsWithBoth(t *testing.T) {
	fresh, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	old := model.NewSecret(vectorSecret)
	at := time.Unix(vectorTime, 0)
	header, err := Header(keys(t, fresh, old), vectorID, at, []byte(vectorBody))
	if err != nil || len(strings.Fields(header)) != 2 || strings.Fields(header)[1] != vectorSig {
		t.Fatalf("%q %v", header, err)
	}
	for _, known := range []model.Secret{fresh, old} {
		if err := Verify([]model.Secret{known}, Headers{vectorID, "1614265330", header}, []byte(vectorBody), at, Tolerance); err != nil {
			t.Errorf("a receiver with one of the two: %v", err)
		}
	}
}

func TestBadSecretsAndIDsAreRefused(t *testing.T) {
	at := time.Unix(vectorTime, 0)
	for _, bad := range []string{"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_MfKQ9r8", "whsec_!!!!", "whsk_MfKQ", "whsec_MfKQ\n"} {
		_, err := NewKey(model.NewSecret(bad))
		var f *model.Fault
		if !errors.As(err, &f) || f.Code != model.CodeSecretFormat || strings.Contains(err.Error(), "MfKQ") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, id := range []string{"", "a.b"} {
		if _, err := Header(keys(t, secrets(vectorSecret)...), id, at, nil); err == nil {
			t.Errorf("id %q was signed", id)
		}
	}
	if got, err := Header(nil, vectorID, at, nil); got != "" || err != nil {
		t.Errorf("without a secret: %q %v", got, err)
	}
}

func TestVerify(t *testing.T) {
	at := time.Unix(vectorTime, 0)
	good := Headers{vectorID, "1614265330", vectorSig}
	const other = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
	with := func(change func(*Headers)) Headers { h := good; change(&h); return h }
	cases := []struct {
		name string
		h    Headers
		body string
		now  time.Time
		want error
	}{
		{"good", good, vectorBody, at, nil},
		{"at the edge", good, vectorBody, at.Add(Tolerance), nil},
		{"v1a before v1", with(func(h *Headers) { h.Signature = other + " " + vectorSig }), vectorBody, at, nil},
		{"too old", good, vectorBody, at.Add(Tolerance + time.Second), ErrTooOld},
		{"too new", good, vectorBody, at.Add(-Tolerance - time.Second), ErrTooNew},
		{"far future", with(func(h *Headers) { h.Timestamp = strconv.Itoa(math.MaxInt64) }), vectorBody, at, ErrTooNew},
		{"far past", with(func(h *Headers) { h.Timestamp = strconv.Itoa(math.MinInt64) }), vectorBody, at, ErrTooOld},
		{"no id", with(func(h *Headers) { h.ID = "" }), vectorBody, at, ErrMissingHeader},
		{"no timestamp", with(func(h *Headers) { h.Timestamp = "" }), vectorBody, at, ErrMissingHeader},
		{"no signature", with(func(h *Headers) { h.Signature = "" }), vectorBody, at, ErrMissingHeader},
		{"fraction", with(func(h *Headers) { h.Timestamp = "1614265330.5" }), vectorBody, at, ErrTimestamp},
		{"another body", good, vectorBody + "\n", at, ErrNoMatch},
		{"another id", with(func(h *Headers) { h.ID += "x" }), vectorBody, at, ErrNoMatch},
		{"no version", with(func(h *Headers) { h.Signature = strings.TrimPrefix(vectorSig, "v1,") }), vectorBody, at, ErrNoMatch},
		{"empty v1", with(func(h *Headers) { h.Signature = "v1," }), vectorBody, at, ErrNoMatch},
		{"only v1a", with(func(h *Headers) { h.Signature = other }), vectorBody, at, ErrNoMatch},
	}
	for _, c := range cases {
		if err := Verify(secrets(vectorSecret), c.h, []byte(c.body), c.now, Tolerance); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if err := Verify(nil, good, []byte(vectorBody), at, Tolerance); !errors.Is(err, ErrNoMatch) {
		t.Errorf("without a secret: %v", err)
	}
}

// The official library accepts what we sign, and we accept what it signs.
func TestAgreesWithTheOfficialLibrary(t *testing.T) {
	for _, body := range []string{vectorBody, "", "\n", "{\"a\":\"ñ\\u0000\"}\r\n", "\ufeff{}", strings.Repeat("x", model.MaxBody)} {
		secret, err := Generate()
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := official.NewWebhook(secret.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		mine, err := Header(keys(t, secret), "evt_1", now, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		h := http.Header{}
		h.Set(HeaderID, "evt_1")
		h.Set(HeaderTimestamp, strconv.FormatInt(now.Unix(), 10))
		h.Set(HeaderSignature, mine)
		if err := theirs.Verify([]byte(body), h); err != nil {
			t.Errorf("they refuse ours: %v", err)
		}
		sig, err := theirs.Sign("evt_1", now, []byte(body))
		if err != nil || sig != mine {
			t.Errorf("theirs %q, ours %q (%v)", sig, mine, err)
		}
		if err := Verify([]model.Secret{secret}, Headers{"evt_1", h.Get(HeaderTimestamp), sig}, []byte(body), now, Tolerance); err != nil {
			t.Errorf("we refuse theirs: %v", err)
		}
	}
}

func TestGenerateMakesStrongSecretsThatDiffer(t *testing.T) {
	a, _ := Generate()
	b, _ := Generate()
	if a.Equal(b) {
		t.Error("the same secret twice")
	}
	weak, f := model.CheckSecret(a.Reveal())
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(a.Reveal(), model.SecretPrefix))
	if weak || f != nil || err != nil || len(key) != 32 {
		t.Errorf("weak %v, %v, %d bytes, %v", weak, f, len(key), err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(vectorID, "1614265330", vectorSig+"x", vectorBody)
	f.Add("a", "1", "v1,", "")
	f.Fuzz(func(t *testing.T, id, at, sig, body string) {
		if id == vectorID && body == vectorBody {
			t.Skip()
		}
		if Verify(secrets(vectorSecret), Headers{id, at, sig}, []byte(body), time.Unix(vectorTime, 0), Tolerance) == nil {
			t.Errorf("forged: %q %q %q %q", id, at, sig, body)
		}
	})
}
