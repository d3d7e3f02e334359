package text

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// Spanish addresses the reader as usted. These are words of tú, and its
// imperatives where a sentence begins (elsewhere they are third persons).
var informal = regexp.MustCompile(`(?i)(^|[\s«¿¡])(tu|tus|tú|te|ti|contigo|puedes|quieres|tienes|debes)([\s,.;:»?!]|$)` +
	`|(^|[.:¿¡]\s*)(?-i:Escribe|Revisa|Elige|Pulsa|Usa|Quita|Borra|Pega|Prueba|Comprueba|Añade|Mira|Corrige|Repite|Espera|Cierra)\s`)

// wire are the codes of failures; the others are faults.
func wire(c model.Code) bool { _, ok := wireEN()[string(c)]; return ok }

func messages(w *Words, c model.Code, fields []string) []Message {
	out := []Message{
		w.Fault(fmt.Errorf("save webhook: %w", &model.Fault{Code: c, Value: "x\x1b[31m", Line: 3, Col: 7})),
		w.Fault(&model.Fault{Code: c, Limit: 12, Err: errors.New("cause\r")}),
	}
	if !wire(c) {
		for _, f := range fields {
			out = append(out, w.Fault(&model.Fault{Code: c, Field: model.Field(f), Value: "x", Limit: 1}))
		}
		return out
	}
	for _, reason := range append(model.Reasons(c), "", "503", "unheard of") {
		for _, host := range []string{"", "crm.example.com:443", "\x1b]0;x\x07"} {
			out = append(out, w.Failure(&model.Failure{Code: c, Reason: reason, Host: host, Detail: "a\x1bb", RetryAfter: "120"}))
		}
	}
	return out
}

func TestEveryCodeHasASentenceAndOneCure(t *testing.T) {
	fields := values(t, "Field")
	for _, w := range []*Words{For(ES), For(EN)} {
		for _, c := range model.Codes() {
			if _, ok := w.Problem.ByCode[string(c)]; !ok {
				t.Errorf("%s: no words for %s", w.Lang, c)
			}
			for _, r := range model.Reasons(c) {
				if _, ok := w.Problem.ByCode[string(c)+"."+r]; !ok {
					t.Errorf("%s: no words for %s because of %s", w.Lang, c, r)
				}
			}
			for _, m := range messages(w, c, fields) {
				if c == model.CodeUsage {
					continue // its sentence comes whole
				}
				if strings.TrimSpace(m.What) == "" || m.Cure == "" {
					t.Errorf("%s: %s: blank: %+v", w.Lang, c, m)
				}
				for _, s := range []string{m.What, m.Why, m.Cure} {
					if Clean(s) != s || strings.ContainsAny(strings.ReplaceAll(s, "{}", ""), "{}") || strings.Contains(s, "  ") || strings.Contains(s, " .") {
						t.Errorf("%s: %s: %q", w.Lang, c, s)
					}
				}
			}
		}
	}
}

func TestSpanishIsUsted(t *testing.T) {
	for _, tu := range []string{"Escribe un nombre.", "Falta. Revisa tu URL.", "¿Puedes repetir?"} {
		if !informal.MatchString(tu) {
			t.Errorf("%q passes for usted", tu)
		}
	}
	walk(reflect.ValueOf(*For(ES)), "", func(path, s string) {
		if m := informal.FindString(s); m != "" {
			t.Errorf("%s: %q in %q", path, m, s)
		}
	})
}

func TestBothLanguagesTellTheSameThingsApart(t *testing.T) {
	es, en := For(ES).Problem.ByCode, For(EN).Problem.ByCode
	brace := regexp.MustCompile(`\{\w*\}`)
	for key, p := range es {
		q, ok := en[key]
		if !ok {
			t.Errorf("%s: Spanish only", key)
		}
		if a, b := brace.FindAllString(p.What, -1), brace.FindAllString(q.What, -1); strings.Join(sorted(a), "") != strings.Join(sorted(b), "") {
			t.Errorf("%s: %v in Spanish, %v in English", key, a, b)
		}
	}
	if len(es) != len(en) {
		t.Errorf("%d in Spanish, %d in English", len(es), len(en))
	}
}

func TestFailuresReadAsTheContractSays(t *testing.T) {
	es, en := For(ES), For(EN)
	refused := &model.Failure{Code: model.CodeRefused, Host: "127.0.0.1:9"}
	after := model.ClassifyStatus(429)
	after.RetryAfter = "120"
	for _, c := range []struct{ got, want string }{
		{es.Failure(refused).String(), "El servidor no acepta conexiones en 127.0.0.1:9. ¿Está arrancado?"},
		{en.Failure(refused).String(), "Nothing accepts connections at 127.0.0.1:9. Is it running?"},
		{es.Failure(model.ClassifyStatus(401)).What, "401: su receptor rechazó la clave."},
		{en.Failure(model.ClassifyStatus(403)).What, "403: your receiver rejected the key."},
		{en.Failure(&model.Failure{Code: model.CodeAuthRejected}).What, "Your receiver rejected the key."},
		{es.Failure(after).What, "429: su receptor pide menos peticiones: espere 2 min."},
		{en.Failure(model.ClassifyStatus(410)).What, "410: your receiver wants nothing more at that URL."},
		{en.Failure(&model.Failure{Code: model.CodeTLS, Reason: model.TLSVersion, Host: "crm.example.com:443"}).What, "crm.example.com:443 speaks old versions of TLS only."},
		{en.Failure(&model.Failure{Code: model.CodeTLS, Reason: model.TLSVersion}).What, "Your receiver speaks old versions of TLS only."},
		{es.Failure(&model.Failure{Code: model.CodeInvalidURL, Reason: string(model.CodeURLPort)}).What, "El puerto de la URL no es válido."},
		{en.Failure(&model.Failure{Code: model.CodeLocal, Reason: string(model.CodeSecretFormat)}).What, "The signing secret is not whsec_ followed by base64."},
		{en.Failure(&model.Failure{Code: model.CodeLocal, Reason: model.LocalMemory}).What, "This machine has no free memory."},
		{es.Failure(&model.Failure{Code: model.CodeDNS, Reason: model.DNSNotFound, Host: "nope.invalid:80"}).What, "El nombre nope.invalid no existe."},
		{en.Failure(&model.Failure{Code: model.CodeDNS, Host: "[fe80::1]:80"}).What, "The address of fe80::1 cannot be found."},
		{es.Failure(&model.Failure{Code: model.CodeAuthMissing, Reason: "401"}).String(), "401: su receptor rechazó la petición, y aquí no hay Authorization. Ponga en Authorization la clave que espera."},
		{es.Failure(&model.Failure{Code: model.CodeTLS, Reason: model.TLSUnknownCA}).Cure, "Añada su CA en Avanzado, o use un certificado público."},
		{es.AtShell().Failure(&model.Failure{Code: model.CodeTLS, Reason: model.TLSUnknownCA}).Cure, "Añada su CA con --ca, o use un certificado público."},
		{es.Failure(nil).String(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestFaultsNameTheFieldAndTheCure(t *testing.T) {
	es, en := For(ES), For(EN)
	port := model.CheckURL("http://h:99999/")
	json := model.CheckBody([]byte("{\n  \"a\": x}"))
	for _, c := range []struct{ got, want string }{
		{es.Fault(port).String(), "El puerto de la URL no es válido: «99999». Escriba un número de 1 a 65535, o ninguno."},
		{en.Fault(json).What, `The body is not valid JSON: "x" is not expected (line 2, column 8).`},
		{es.Fault(model.CheckName(strings.Repeat("x", 81))).What, "El nombre pasa de 80 caracteres."},
		{en.Fault(&model.Fault{Code: model.CodeBodyTooLarge, Limit: model.MaxBody}).What, "The content is larger than 1 MiB."},
		{en.Fault(model.CheckHeader(model.Header{Name: "Host", Value: "x"})).What, `The header "Host" is written by hooktop or by HTTP itself.`},
		{en.Fault(&model.Fault{Code: model.CodeNotFound, Field: model.FieldName, Value: "crm"}).What, `There is no webhook with the name or id "crm".`},
		{en.Fault(&model.Fault{Code: model.CodeUsage, Value: "unknown flag --x"}).What, "unknown flag --x"},
		{es.Fault(fmt.Errorf("test webhook: %w", context.Canceled)).What, "Cancelado."},
		{en.Fault(errors.New("disk\x1b[2J")).Why, "disk␛[2J"},
		{en.Fault(&model.Fault{Code: "from_the_future"}).What, "This could not be done. (from_the_future)"},
		{en.Fault(&model.Fault{Code: model.CodeConflict, Field: model.FieldState, Value: "paused"}).String(), "That is not possible while the webhook is paused. Resume it with p."},
		{en.AtShell().Fault(&model.Fault{Code: model.CodeConflict, Field: model.FieldState, Value: "paused"}).Cure, "Resume it with hooktop hook resume."},
		{es.Fault(&model.Fault{Code: model.CodeBodyJSON, File: "order.bad.json\x1b", Line: 2, Col: 1}).What, "order.bad.json␛: el cuerpo no es JSON válido (línea 2, columna 1)."},
		{en.Fault(nil).String(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// The shell has no part that is called Advanced, and the screens have no flags.
func TestCuresNameWhatIsThere(t *testing.T) {
	part := regexp.MustCompile(`Avanzado|Advanced|(con|with) [ps]\b`)
	flag := regexp.MustCompile(`--(timeout|rate|ca|allow-private|auth-stdin)\b`)
	for _, w := range []*Words{For(ES), For(EN)} {
		for key := range w.Problem.ByCode {
			code, reason, _ := strings.Cut(key, ".")
			f := &model.Failure{Code: model.Code(code), Reason: reason}
			if cure := w.AtShell().Failure(f).Cure; part.MatchString(cure) {
				t.Errorf("%s at the shell: %s", key, cure)
			}
			if cure := w.Failure(f).Cure; flag.MatchString(cure) {
				t.Errorf("%s on the screens: %s", key, cure)
			}
		}
	}
}

func TestASentenceGoesOnAfterAColon(t *testing.T) {
	for in, want := range map[string]string{
		"La respuesta es HTML.": "la respuesta es HTML.", "URL sin HTTPS.": "URL sin HTTPS.", "Él": "él", "": "", "«A» no": "«A» no",
	} {
		if got := Continue(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// Braces in a value are the value's, not ours.
func TestValuesAreNotPatterns(t *testing.T) {
	got := For(EN).Fault(&model.Fault{Code: model.CodeNameTaken, Value: "{limit}{raw}"}).What
	if got != `There is already a webhook with the name "{limit}{raw}".` {
		t.Errorf("%q", got)
	}
	long := For(EN).Fault(&model.Fault{Code: model.CodeNameTaken, Value: strings.Repeat("x", 1000)}).What
	if len(long) > 200 {
		t.Errorf("%d bytes", len(long))
	}
}

func TestRetryAfterReadsAsADuration(t *testing.T) {
	f := model.ClassifyStatus(503)
	f.RetryAfter = "Thu, 12 Mar 2026 09:01:00 GMT\x1b"
	if got := For(EN).Failure(f).What; !strings.HasSuffix(got, "wait until Thu, 12 Mar 2026 09:01:00 GMT␛.") {
		t.Errorf("%q", got)
	}
	f.RetryAfter = "3600"
	if got := For(EN).Failure(f).What; !strings.HasSuffix(got, ": wait "+EN.Duration(time.Hour)+".") {
		t.Errorf("%q", got)
	}
}
