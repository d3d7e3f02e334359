package hooks

import (
	"strconv"
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// advanced is the folded section of the form.
type advanced struct {
	open          bool
	secret        *widget.Field
	headers       []*widget.Field // the last one is empty: the next line
	condition     *widget.Field
	preview       preview
	retry         *widget.Field
	limits        [4]*widget.Field // connect, TLS, headers, total
	rate          *widget.Field
	parallel      *widget.Field
	ca            *widget.Field
	caPath, caPEM string // what was read last
	skip, private bool
	fresh         bool // the secret was made here and is shown until the focus leaves
}

// limitIDs are the entries of the four time limits.
var limitIDs = [4]string{"timeout:connect", "timeout:tls", "timeout:headers", idTotal}

func newAdvanced(h model.Hook) advanced {
	field := func(value, hint string) *widget.Field {
		f := widget.NewField()
		f.SetValue(value)
		f.Placeholder = hint
		return f
	}
	a := advanced{
		secret: field(h.Secret.Reveal(), ""), retry: field(h.Retry.String(), model.PresetStandard),
		rate: field(numberText(h.Rate), ""), parallel: field(numberText(float64(h.Concurrency)), ""),
		ca: field("", ""), caPEM: h.TLS.CA, skip: h.TLS.SkipVerify, private: h.AllowPrivate,
	}
	a.secret.Masked = true
	a.condition = field(h.Condition, "")
	a.condition.Trim = true
	def := model.Limits{}.OrDefaults()
	for i, d := range limitsOf(h.Limits) {
		a.limits[i] = field(durationText(d), durationText(limitsOf(def)[i]))
	}
	for _, header := range h.Headers {
		a.headers = append(a.headers, field(header.Name+": "+header.Value, ""))
	}
	a.headers = append(a.headers, field("", ""))
	return a
}

func limitsOf(l model.Limits) [4]time.Duration {
	return [4]time.Duration{l.Connect, l.TLS, l.Headers, l.Total}
}

// durationText is d as a person types it, empty for zero: "1m30s", "5s".
func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	return s
}

func numberText(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

func (a *advanced) entries(words *text.Words) []entry {
	w := words.Form
	out := []entry{
		{id: idCondition, label: words.Condition.Label, field: a.condition},
		{id: idSecret, label: w.Secret, field: a.secret},
	}
	for i, h := range a.headers {
		label := ""
		if i == 0 {
			label = w.Headers
		}
		out = append(out, entry{id: headerPrefix + strconv.Itoa(i), label: label, field: h})
	}
	out = append(out, entry{id: idRetry, label: w.Retry, field: a.retry})
	for i, label := range [4]string{w.Connect, w.Handshake, w.Answer, w.Total} {
		out = append(out, entry{id: limitIDs[i], label: label, field: a.limits[i]})
	}
	return append(out,
		entry{id: idRate, label: w.Rate, field: a.rate},
		entry{id: idParallel, label: w.Parallel, field: a.parallel},
		entry{id: idCA, label: w.CA, field: a.ca},
		entry{id: idSkip, label: w.Skip, flag: &a.skip},
		entry{id: idPrivate, label: w.Private, flag: &a.private},
	)
}

// grow keeps one empty header line at the end.
func (a *advanced) grow() {
	if last := a.headers[len(a.headers)-1]; last.Value() != "" {
		a.headers = append(a.headers, widget.NewField())
	}
}

// headerEntry is the line of the header with that name; the first if there is none.
func (a *advanced) headerEntry(name string) string {
	for i, h := range a.headers {
		if n, _, _ := strings.Cut(h.Value(), ":"); name != "" && strings.EqualFold(n, name) {
			return headerPrefix + strconv.Itoa(i)
		}
	}
	return headerPrefix + "0"
}

// apply puts what was typed into h and reports what cannot be understood, by entry.
func (a *advanced) apply(h *model.Hook, issues map[string]issue) {
	h.Secret = model.NewSecret(a.secret.Value())
	h.Condition = strings.TrimSpace(a.condition.Value())
	h.Headers = a.readHeaders(issues)
	h.Retry = model.Schedule{}
	if s := strings.TrimSpace(a.retry.Value()); s != "" {
		schedule, fault := model.ParseSchedule(s)
		note(issues, idRetry, fault)
		h.Retry = schedule
	}
	h.Limits = a.readLimits(issues)
	h.Rate = readNumber(issues, idRate, a.rate)
	note(issues, idRate, model.CheckRate(h.Rate))
	n := readNumber(issues, idParallel, a.parallel)
	h.Concurrency = int(n)
	if n != float64(h.Concurrency) {
		issues[idParallel] = notANumber(a.parallel.Value())
	}
	note(issues, idParallel, model.CheckConcurrency(h.Concurrency))
	h.TLS = model.TLSPolicy{CA: a.caPEM, SkipVerify: a.skip}
	h.AllowPrivate = a.private
	_, fault := model.CheckSecret(a.secret.Value())
	note(issues, idSecret, fault)
	note(issues, idCA, model.CheckCA(a.caPEM))
}

// readHeaders reads the lines "Name: value". One blank behind the colon belongs to
// the spelling; any other is part of the value and is judged there.
func (a *advanced) readHeaders(issues map[string]issue) []model.Header {
	var out []model.Header
	for i, f := range a.headers {
		line := f.Value()
		if line == "" {
			continue
		}
		id := headerPrefix + strconv.Itoa(i)
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			issues[id] = func(w *text.Words) string { return w.Form.HeaderShape }
			continue
		}
		h := model.Header{Name: name, Value: strings.TrimPrefix(value, " ")}
		note(issues, id, model.CheckHeader(h))
		out = append(out, h)
	}
	if len(out) > model.MaxHeaders {
		note(issues, headerPrefix+"0", &model.Fault{Code: model.CodeLimit, Field: model.FieldHeader, Limit: model.MaxHeaders})
	}
	return out
}

func (a *advanced) readLimits(issues map[string]issue) model.Limits {
	var d [4]time.Duration
	for i, f := range a.limits {
		s := strings.TrimSpace(f.Value())
		if s == "" {
			continue
		}
		var err error
		if d[i], err = time.ParseDuration(s); err != nil {
			issues[limitIDs[i]] = func(w *text.Words) string { return w.Form.NotADuration(text.Clean(s)) }
			continue
		}
		if d[i] == 0 {
			d[i] = -1 // typed, so out of bounds: only an empty field means the default
		}
		note(issues, limitIDs[i], model.CheckLimits(model.Limits{Total: d[i]}))
	}
	return model.Limits{Connect: d[0], TLS: d[1], Headers: d[2], Total: d[3]}
}

func readNumber(issues map[string]issue, id string, f *widget.Field) float64 {
	s := strings.TrimSpace(f.Value())
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || n <= 0 {
		issues[id] = notANumber(s)
		return 0
	}
	return n
}

func notANumber(s string) issue {
	return func(w *text.Words) string { return w.Form.NotANumber(text.Clean(s)) }
}

// note keeps the first fault of an entry.
func note(issues map[string]issue, id string, fault *model.Fault) {
	if fault == nil || issues[id] != nil {
		return
	}
	issues[id] = func(w *text.Words) string { return w.Fault(fault).String() }
}
