package store

import (
	"time"

	"hooktop/model"
)

func (e *encoder) headers(hs []model.Header) {
	encodeList(e, hs, func(h model.Header) { e.text(h.Name); e.text(h.Value) })
}

func (d *decoder) headers() []model.Header {
	return decodeList(d, func() model.Header { return model.Header{Name: d.text(), Value: d.text()} })
}

func (e *encoder) failure(f *model.Failure) {
	e.bool(f != nil)
	if f == nil {
		return
	}
	e.text(string(f.Code))
	e.text(f.Reason)
	e.text(f.Detail)
	e.text(f.Host)
	e.text(f.RetryAfter)
}

func (d *decoder) failure() *model.Failure {
	if !d.bool() {
		return nil
	}
	return &model.Failure{Code: model.Code(d.text()), Reason: d.text(), Detail: d.text(), Host: d.text(), RetryAfter: d.text()}
}

func encodeVerification(v model.Verification) []byte {
	var e encoder
	encodeList(&e, v.Steps, func(s model.Step) {
		e.text(string(s.Name))
		e.text(string(s.State))
		e.duration(s.Took)
	})
	e.bool(v.OK)
	e.text(string(v.Echo))
	e.text(string(v.Key))
	e.failure(v.Failure)
	encodeList(&e, v.Warnings, func(w model.Warning) { e.text(string(w)) })
	e.int(int64(v.HTTPStatus))
	e.duration(v.Latency)
	e.text(v.RemoteAddr)
	e.time(v.TLSExpiry)
	e.text(v.ContentType)
	e.text(v.FirstBytes)
	e.text(v.Location)
	e.text(v.ASCIIHost)
	e.text(v.URLFingerprint)
	e.text(v.AuthFingerprint)
	return e.b
}

func decodeVerification(b []byte) (model.Verification, error) {
	d := decoder{b: b}
	v := model.Verification{
		Steps: decodeList(&d, func() model.Step {
			return model.Step{Name: model.StepName(d.text()), State: model.StepState(d.text()), Took: d.duration()}
		}),
		OK:              d.bool(),
		Echo:            model.Echo(d.text()),
		Key:             model.KeyCheck(d.text()),
		Failure:         d.failure(),
		Warnings:        decodeList(&d, func() model.Warning { return model.Warning(d.text()) }),
		HTTPStatus:      int(d.int()),
		Latency:         d.duration(),
		RemoteAddr:      d.text(),
		TLSExpiry:       d.time(),
		ContentType:     d.text(),
		FirstBytes:      d.text(),
		Location:        d.text(),
		ASCIIHost:       d.text(),
		URLFingerprint:  d.text(),
		AuthFingerprint: d.text(),
	}
	return v, d.err
}

// appendAttempt leaves out what has columns of its own: the keys, StartedAt, Outcome
// and the response's body if it is long.
func appendAttempt(b []byte, a *model.Attempt) []byte {
	e := encoder{b: b}
	e.text(a.Method)
	e.text(a.URL)
	e.int(a.Revision)
	e.text(a.AuthFingerprint)
	e.headers(a.Request)
	e.failure(a.Failure)
	e.text(a.RemoteAddr)
	e.text(a.TLSVersion)
	e.time(a.TLSExpiry)
	e.timings(a.Timings)
	e.response(a.Response)
	if a.Response != nil && len(a.Response.Body) <= shortAnswer {
		e.bytes(a.Response.Body)
	} else {
		e.bytes(nil)
	}
	e.bool(a.Masked)
	return e.b
}

func decodeAttempt(b []byte) (model.Attempt, error) {
	d := decoder{b: b}
	a := model.Attempt{
		Method:          d.text(),
		URL:             d.text(),
		Revision:        d.int(),
		AuthFingerprint: d.text(),
		Request:         d.headers(),
		Failure:         d.failure(),
		RemoteAddr:      d.text(),
		TLSVersion:      d.text(),
		TLSExpiry:       d.time(),
		Timings:         d.timings(),
		Response:        d.response(),
	}
	if body := d.bytes(); a.Response != nil && len(body) > 0 {
		a.Response.Body = body
	}
	a.Masked = d.bool()
	return a, d.err
}

func (e *encoder) timings(t model.Timings) {
	for _, v := range []time.Duration{t.DNS, t.Connect, t.TLS, t.Wait, t.Body, t.Total} {
		e.duration(v)
	}
}

func (d *decoder) timings() model.Timings {
	return model.Timings{DNS: d.duration(), Connect: d.duration(), TLS: d.duration(),
		Wait: d.duration(), Body: d.duration(), Total: d.duration()}
}

func (e *encoder) response(r *model.Response) {
	e.bool(r != nil)
	if r == nil {
		return
	}
	e.int(int64(r.Status))
	e.text(r.Proto)
	e.headers(r.Headers)
	e.int(r.BodyRead)
	e.int(r.ContentLength)
	e.bool(r.Truncated)
	e.text(r.Digest)
}

func (d *decoder) response() *model.Response {
	if !d.bool() {
		return nil
	}
	return &model.Response{
		Status:        int(d.int()),
		Proto:         d.text(),
		Headers:       d.headers(),
		BodyRead:      d.int(),
		ContentLength: d.int(),
		Truncated:     d.bool(),
		Digest:        d.text(),
	}
}
