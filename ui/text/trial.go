package text

import (
	"fmt"
	"time"

	"hooktop/model"
)

// TrialWords are the words of the test page, of an attempt and of its copy menu.
// Functions of one text take something clean.
type TrialWords struct {
	Title                     func(hook string) string
	Tag                       string // marks a test wherever it is shown
	Signed, Unsigned, NoAuth  string
	NotChosen                 string
	Body, Own, Answer         string // heads of the right pane
	Ready                     string
	Sending                   func(took string) string
	SendingLong               func(took string) string
	OK                        func(status int, took string) string
	Stopped                   string
	NotSent                   string
	Refused                   string // in front of the reason a body of one's own was refused
	RefusedEdit               string // how to get at it again
	NoAnswer, EmptyBody       string
	NotIndented               [2]string // why JSON is not indented: too large, too deep
	Truncated                 func(kept, read string) string
	Span                      func(first, last, of int) string
	Path, PathHint            string
	Unread, Unsaved           func(path, cause string) string
	Save                      string
	Request, Response, Timing string // tabs of an attempt
	DNS, Connect, TLS, Wait   string
	Read, Total               string
	Reused                    string
	Copy                      string // heads the copy menu
	CopyJSON, CopyCurl        string
	CopyHeaders, CopyResponse string
	CopyID, CopyURL           string
	CurlSigned                func(until string) string // comments of a shell, on one line
	CurlUnsigned              string
	NoResponse                string

	Do TrialActs
}

// TrialActs are the actions of the test page and of an attempt.
type TrialActs struct {
	Send, Side, Format, Edit, Open, Sample Act
	Up, Down, PageUp, PageDown, Home, End  Act
	LineUp, LineDown                       Act
	Copy, Explain                          Act
	TabNext, TabPrev                       Act
}

// signatureFor is how long a receiver takes a signature (Standard Webhooks, which
// leaves the figure open; its libraries say five minutes).
const signatureFor = 5 * time.Minute

// Curl is the attempt's command, with a comment on how long its signature is good.
func (w *Words) Curl(a model.Attempt, body []byte) string {
	if model.HeaderValue(a.Request, "webhook-signature") == "" || a.StartedAt.IsZero() {
		return a.Curl(body)
	}
	return "# " + w.Trial.CurlSigned(Clock(a.StartedAt.Add(signatureFor))) + "\n" + a.Curl(body)
}

func trialES() TrialWords {
	return TrialWords{
		Title:  func(hook string) string { return "Probar " + hook },
		Tag:    "PRUEBA",
		Signed: "firmado", Unsigned: "sin firma", NoAuth: "sin clave",
		NotChosen: "no marcado en este webhook: se puede probar igual",
		Body:      "Cuerpo exacto", Own: "Cuerpo propio", Answer: "Respuesta",
		Ready:       "enter envía lo que se ve · y copia · e edita",
		Sending:     func(took string) string { return "Enviando… " + took },
		SendingLong: func(took string) string { return "Enviando… " + took + " · ctrl+c cancela" },
		OK:          func(status int, took string) string { return fmt.Sprintf("%d en %s", status, took) },
		Stopped:     "Cancelado. Si la petición ya había salido, su receptor pudo recibirla.",
		NotSent:     "No se envió nada.",
		Refused:     "Ese cuerpo no sirve:",
		RefusedEdit: "e lo abre de nuevo para corregirlo.",
		NoAnswer:    "No llegó ninguna respuesta.", EmptyBody: "cuerpo vacío",
		NotIndented: [2]string{"demasiado grande para sangrarlo: se muestra tal cual", "demasiado anidado para sangrarlo: se muestra tal cual"},
		Truncated:   func(kept, read string) string { return "se guardan " + kept + " de " + read },
		Span:        func(first, last, of int) string { return fmt.Sprintf("%d-%d de %d", first, last, of) },
		Path:        "Abrir un cuerpo propio", PathHint: "ruta de un archivo JSON",
		Unread: func(path, cause string) string {
			return "No se puede leer " + path + " (" + cause + "). Revise la ruta."
		},
		Save: "guardar en un archivo",
		Unsaved: func(path, cause string) string {
			return "No se puede guardar en " + path + " (" + cause + "). Elija otro nombre."
		},
		Request: "Petición", Response: "Respuesta", Timing: "Tiempo",
		DNS: "DNS", Connect: "conexión", TLS: "TLS", Wait: "espera", Read: "cuerpo", Total: "total",
		Reused:   "conexión reutilizada",
		Copy:     "Copiar",
		CopyJSON: "carga útil (JSON exacto)", CopyCurl: "orden curl",
		CopyHeaders: "encabezados de la petición", CopyResponse: "respuesta",
		CurlSigned: func(until string) string {
			return "La firma vale hasta las " + until + "; después su receptor la rechaza."
		},
		CurlUnsigned: "Sin firma: su receptor la pedirá. Envíe la prueba y copie entonces; vale 5 minutos.",
		CopyID:       "identificador del evento", CopyURL: "URL",
		NoResponse: "aún no hay respuesta",
		Do: TrialActs{
			Send:     Act{"enviar", "Enviar el cuerpo que se ve, una vez, sin reintentos"},
			Side:     Act{"cuerpo/respuesta", "Cambiar entre el cuerpo y la respuesta"},
			Format:   Act{"formato", "JSON sangrado o bytes exactos"},
			Edit:     Act{"editar", "Editar el cuerpo en $EDITOR"},
			Open:     Act{"abrir archivo", "Usar un archivo como cuerpo, byte por byte"},
			Sample:   Act{"ejemplo", "Volver al cuerpo de ejemplo"},
			Up:       Act{"anterior", "Disparador anterior"},
			Down:     Act{"siguiente", "Disparador siguiente"},
			PageUp:   Act{"página arriba", "Subir una página"},
			PageDown: Act{"página abajo", "Bajar una página"},
			Home:     Act{"principio", "Ir al principio"},
			End:      Act{"final", "Ir al final"},
			LineUp:   Act{"subir", "Subir una línea"},
			LineDown: Act{"bajar", "Bajar una línea"},
			Copy:     Act{"copiar", "Copiar la carga útil, curl, encabezados o respuesta"},
			Explain:  Act{"explicar", "Qué envía este disparador y cuándo"},
			TabNext:  Act{"sección", "Sección siguiente"},
			TabPrev:  Act{"sección anterior", "Sección anterior"},
		},
	}
}

func trialEN() TrialWords {
	return TrialWords{
		Title:  func(hook string) string { return "Test " + hook },
		Tag:    "TEST",
		Signed: "signed", Unsigned: "unsigned", NoAuth: "no key",
		NotChosen: "not chosen in this webhook: it can be tested all the same",
		Body:      "Exact body", Own: "Own body", Answer: "Response",
		Ready:       "enter sends what you see · y copies · e edits",
		Sending:     func(took string) string { return "Sending… " + took },
		SendingLong: func(took string) string { return "Sending… " + took + " · ctrl+c cancels" },
		OK:          func(status int, took string) string { return fmt.Sprintf("%d in %s", status, took) },
		Stopped:     "Cancelled. If the request had left already, your receiver may have got it.",
		NotSent:     "Nothing was sent.",
		Refused:     "That body will not do:",
		RefusedEdit: "e opens it again to mend it.",
		NoAnswer:    "No response came.", EmptyBody: "empty body",
		NotIndented: [2]string{"too large to indent: shown as it is", "too deep to indent: shown as it is"},
		Truncated:   func(kept, read string) string { return kept + " kept of " + read },
		Span:        func(first, last, of int) string { return fmt.Sprintf("%d-%d of %d", first, last, of) },
		Path:        "Open a body of your own", PathHint: "path of a JSON file",
		Unread: func(path, cause string) string {
			return "Cannot read " + path + " (" + cause + "). Check the path."
		},
		Save: "save to a file",
		Unsaved: func(path, cause string) string {
			return "Cannot save to " + path + " (" + cause + "). Choose another name."
		},
		Request: "Request", Response: "Response", Timing: "Timing",
		DNS: "DNS", Connect: "connect", TLS: "TLS", Wait: "wait", Read: "body", Total: "total",
		Reused:   "connection reused",
		Copy:     "Copy",
		CopyJSON: "payload (exact JSON)", CopyCurl: "curl command",
		CopyHeaders: "request headers", CopyResponse: "response",
		CurlSigned: func(until string) string {
			return "The signature is good until " + until + "; after that your receiver refuses it."
		},
		CurlUnsigned: "No signature: your receiver will ask for it. Send the test and copy then; it is good for 5 minutes.",
		CopyID:       "event id", CopyURL: "URL",
		NoResponse: "no response yet",
		Do: TrialActs{
			Send:     Act{"send", "Send the body you see, once, without retries"},
			Side:     Act{"body/response", "Switch between the body and the response"},
			Format:   Act{"format", "Indented JSON or exact bytes"},
			Edit:     Act{"edit", "Edit the body in $EDITOR"},
			Open:     Act{"open file", "Use a file as the body, byte for byte"},
			Sample:   Act{"sample", "Back to the sample body"},
			Up:       Act{"previous", "Previous trigger"},
			Down:     Act{"next", "Next trigger"},
			PageUp:   Act{"page up", "One page up"},
			PageDown: Act{"page down", "One page down"},
			Home:     Act{"top", "Go to the top"},
			End:      Act{"end", "Go to the end"},
			LineUp:   Act{"up", "One line up"},
			LineDown: Act{"down", "One line down"},
			Copy:     Act{"copy", "Copy the payload, curl, headers or response"},
			Explain:  Act{"explain", "What this trigger sends, and when"},
			TabNext:  Act{"section", "Next section"},
			TabPrev:  Act{"previous section", "Previous section"},
		},
	}
}
