package sender

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hooktop/model"
)

// deltas lists what differs between two configurations, as it may be shown:
// secrets and header values are masks, a CA is its fingerprint.
func deltas(before, after model.Hook) []model.FieldDelta {
	var out []model.FieldDelta
	add := func(f model.Field, changed bool, b, a string) {
		if changed {
			out = append(out, model.FieldDelta{Field: f, Before: b, After: a})
		}
	}
	text := func(f model.Field, b, a string) { add(f, b != a, b, a) }
	secret := func(f model.Field, b, a model.Secret) { add(f, !b.Equal(a), b.Masked(), a.Masked()) }

	text(model.FieldName, before.Name, after.Name)
	text(model.FieldURL, before.URL, after.URL)
	secret(model.FieldAuth, before.Authorization, after.Authorization)
	text(model.FieldTriggers, strings.Join(before.Events, ", "), strings.Join(after.Events, ", "))
	secret(model.FieldSecret, before.Secret, after.Secret)
	add(model.FieldHeader, !slices.Equal(before.Headers, after.Headers), headerNames(before), headerNames(after))
	text(model.FieldRetry, before.Retry.OrDefault().String(), after.Retry.OrDefault().String())
	text(model.FieldTimeout, limitsText(before.Limits), limitsText(after.Limits))
	text(model.FieldRate, number(before.Rate), number(after.Rate))
	text(model.FieldConcurrency, number(float64(before.Concurrency)), number(float64(after.Concurrency)))
	text(model.FieldCondition, before.Condition, after.Condition)
	add(model.FieldCA, before.TLS.CA != after.TLS.CA, fingerprint(before.TLS.CA), fingerprint(after.TLS.CA))
	text(model.FieldSkipVerify, strconv.FormatBool(before.TLS.SkipVerify), strconv.FormatBool(after.TLS.SkipVerify))
	text(model.FieldPrivate, strconv.FormatBool(before.AllowPrivate), strconv.FormatBool(after.AllowPrivate))
	return out
}

// headerNames lists a webhook's own headers; their values may be keys.
func headerNames(h model.Hook) string {
	var out []string
	for _, header := range h.Headers {
		out = append(out, header.Name+": "+model.NewSecret(header.Value).Masked())
	}
	return strings.Join(out, ", ")
}

func limitsText(l model.Limits) string {
	l = l.OrDefaults()
	return fmt.Sprintf("connect %s, tls %s, headers %s, total %s", l.Connect, l.TLS, l.Headers, l.Total)
}

// number writes zero, which means the default or no limit, as nothing.
func number(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'g', -1, 64)
}

func fingerprint(pem string) string {
	if pem == "" {
		return ""
	}
	return model.Fingerprint("ca", pem)
}
