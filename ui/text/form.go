package text

import "fmt"

// FormWords are the words of the webhook's form. Functions of one text take
// something clean: a name, a key, what was typed.
type FormWords struct {
	New                               string
	Edit                              func(name string) string
	Unsaved, Changed                  string
	Saving                            func(seconds int) string // 0: only begun
	Drafted, Cancelled, Conflict      string
	AnywayHint, Gone                  func(key string) string
	Redirect                          func(key, url string) string
	Name, URL, Auth, Triggers         string
	NameHint, AuthHint                string
	Reveal, Hide, VerifyHint          func(key string) string
	MoveUser                          func(key string) string
	KeyEnforced, KeyOpen, KeyStale    string
	Expiry                            func(days int) string
	Marked                            func(n, of int) string
	TriggerHint, TriggerHelp          string
	Sample                            func(event string) string
	Payload                           func(event string) string // names a copy, in a toast
	Advanced, AdvancedHint            string
	Secret, SecretHint, SecretWeak    string
	SecretShown                       func(key string) string
	Headers, HeaderHint, HeaderShape  string
	Retry, RetryHint                  string
	Connect, Handshake, Answer, Total string
	NotADuration, NotANumber          func(typed string) string
	Rate, RateHint, Parallel          string
	CA, CAHint, CASet                 string
	CAUnread                          func(path, cause string) string
	CATooLarge                        func(path, most string) string
	Skip, SkipHint, SkipLoud          string
	Private, PrivateHint              string
	PasteRefused                      string
	Discard, DiscardWhy, DiscardUndo  string
	DiscardYes                        string
	DraftKept                         func(name, at string) string
	DraftKeys, DraftRestore           string
	DraftWaits, DraftWaitsNew         func(name, at string) string // name may be empty in the latter
	DraftBack, DraftBackNew           func(name string) string     // it can be opened again; so may it
	Discarded, DiscardedUndo          string                       // toasts, the former where drafts are not kept
	DraftDiscarded, DraftInTheWay     string                       // toasts over a field that has the keys
	Done, Draft                       string                       // toasts; Done closes the flow of the article
	Saved                             func(state string) string
	SavedFailed                       func(state, why string) string

	Do FormActs
}

// FormActs are the actions of the form.
type FormActs struct {
	Save, Draft, Anyway             Act
	Next, Prev, Reveal, Verify      Act
	Toggle, All, None, Unfold, Fold Act
	Test, Copy, Explain             Act
	Generate, CopySecret, MoveUser  Act
	Follow                          Act
}

func formES() FormWords {
	return FormWords{
		New:     "Nuevo webhook",
		Edit:    func(name string) string { return "Editar " + name },
		Unsaved: "borrador · sin guardar", Changed: "cambios sin guardar",
		Saving: func(s int) string {
			if s < 3 {
				return "guardando"
			}
			return fmt.Sprintf("guardando, %d s · ctrl+c cancela", s)
		},
		Drafted:    "Guardado como borrador: la verificación falló.",
		Cancelled:  "Verificación interrumpida: no se ha activado.",
		Conflict:   "Este webhook se cambió entretanto en otro lugar. Vuelva a la lista y ábralo de nuevo.",
		AnywayHint: func(key string) string { return key + " activa sin verificar." },
		Redirect:   func(key, url string) string { return "Redirige a " + url + " · " + key + " usa esa URL" },
		Gone: func(key string) string {
			return "Otro programa eliminó este webhook entretanto. " + key + " lo guarda como uno nuevo."
		},
		Name:        "Nombre",
		URL:         "URL",
		Auth:        "Authorization",
		Triggers:    "Disparadores",
		NameHint:    "crm-prod",
		AuthHint:    "token secreto o clave API",
		Reveal:      func(key string) string { return key + " ver" },
		Hide:        func(key string) string { return key + " ocultar" },
		VerifyHint:  func(key string) string { return key + " verifica la URL" },
		MoveUser:    func(key string) string { return key + " los pasa a Authorization (Basic)" },
		KeyEnforced: "comprobada: sin la clave, su receptor rechaza la petición",
		KeyOpen:     "su receptor acepta peticiones sin la clave",
		KeyStale:    "ha cambiado desde que se verificó: verifique otra vez",
		Expiry:      func(days int) string { return fmt.Sprintf("TLS %d d", days) },
		Marked:      func(n, of int) string { return fmt.Sprintf("marcados %d de %d", n, of) },
		TriggerHint: "espacio cambia · + todos · - nada",
		TriggerHelp: "t probar un disparador · y copiar su carga útil",
		Sample:      func(event string) string { return "Ejemplo de carga útil: " + event },
		Payload:     func(event string) string { return "carga útil de " + event },
		Advanced:    "Avanzado", AdvancedHint: "firma, encabezados, reintentos, límites, TLS",
		Secret: "Clave de firma", SecretHint: "sin firma · enter genera una clave",
		SecretWeak:  "Clave corta: se aconsejan 24 bytes o más.",
		SecretShown: func(key string) string { return "Solo se muestra ahora: " + key + " la copia." },
		Headers:     "Encabezados", HeaderHint: "Nombre: valor",
		HeaderShape: "Al encabezado le faltan los dos puntos. Escriba Nombre: valor.",
		Retry:       "Reintentos", RetryHint: "standard, svix, demo, none, o esperas: 0,5s,5m,2h",
		Connect: "Conexión", Handshake: "TLS", Answer: "Respuesta", Total: "Total",
		NotADuration: func(typed string) string {
			return "«" + typed + "» no es una duración. Escriba por ejemplo 5s o 500ms."
		},
		NotANumber: func(typed string) string {
			return "«" + typed + "» no vale aquí. Escriba un número mayor que cero."
		},
		Rate: "Entregas/s", RateHint: "sin límite", Parallel: "A la vez",
		CA: "CA propia", CAHint: "ruta de un archivo PEM", CASet: "certificado propio cargado · - lo quita",
		CAUnread: func(path, cause string) string {
			return "No se puede leer " + path + " (" + cause + "). Revise la ruta."
		},
		CATooLarge: func(path, most string) string {
			return path + " ocupa más de " + most + ". Elija un archivo que solo tenga los certificados que hacen falta."
		},
		Skip: "TLS", SkipHint: "no comprobar el certificado",
		SkipLoud: "PELIGRO: cualquiera puede hacerse pasar por su receptor y leer la clave.",
		Private:  "Red", PrivateHint: "permitir direcciones privadas",
		PasteRefused: "Lo pegado contiene caracteres de control. Péguelo sin saltos de línea ni códigos.",
		Discard:      "¿Descartar los cambios?", DiscardWhy: "Lo escrito desde el último guardado se descarta.",
		DiscardUndo: "u lo recupera como borrador, sin las claves.",
		DiscardYes:  "descartar",
		DraftKept:   func(name, at string) string { return "Se conservó un borrador de " + name + " (" + at + ")." },
		DraftKeys:   "Las claves no se guardan con él: escríbalas de nuevo.", DraftRestore: "recuperar",
		DraftWaits: func(name, at string) string {
			return "Quedó sin guardar un borrador de «" + name + "» (" + at + ") · e sobre él lo abre"
		},
		DraftWaitsNew: func(name, at string) string {
			if name != "" {
				name = ", «" + name + "»,"
			}
			return "Un webhook nuevo" + name + " quedó sin guardar (" + at + ") · n lo abre"
		},
		DraftBack: func(name string) string { return "Se recuperó el borrador de «" + name + "» · e sobre él lo abre" },
		DraftBackNew: func(name string) string {
			if name != "" {
				name = ", «" + name + "»"
			}
			return "Se recuperó el borrador de un webhook nuevo" + name + " · n lo abre"
		},
		Discarded: "Cambios descartados", DiscardedUndo: "Cambios descartados · u los recupera sin las claves",
		DraftDiscarded: "Borrador descartado · ctrl+p deshacer lo recupera",
		DraftInTheWay:  "Hay otro borrador de ese webhook: guárdelo o descártelo y deshaga de nuevo",
		Done:           "¡Eso es todo! Guardado y activo", Draft: "Borrador guardado",
		Saved: func(state string) string { return "Guardado; sigue " + state },
		SavedFailed: func(state, why string) string {
			return "Guardado; sigue " + state + ", pero la verificación falló. " + why
		},
		Do: FormActs{
			Save:       Act{"guardar y activar", "Comprobar todo, verificar si hace falta, guardar y activar"},
			Draft:      Act{"borrador", "Guardar como borrador, sin enviar nada"},
			Anyway:     Act{"activar sin verificar", "Activar aunque la verificación haya fallado; queda en el historial"},
			Next:       Act{"siguiente", "Campo siguiente"},
			Prev:       Act{"anterior", "Campo anterior"},
			Reveal:     Act{"ver clave", "Mostrar u ocultar el valor secreto; se oculta a los 10 s"},
			Verify:     Act{"verificar", "Verificar la URL con los valores de la pantalla"},
			Toggle:     Act{"cambiar", "Marcar o desmarcar"},
			All:        Act{"todos", "Marcar todos los disparadores"},
			None:       Act{"nada", "Desmarcar todos los disparadores"},
			Unfold:     Act{"desplegar", "Desplegar: lo añadido y lo eliminado por separado"},
			Fold:       Act{"plegar", "Plegar"},
			Test:       Act{"probar", "Probar este disparador (trigger) con datos de ejemplo"},
			Copy:       Act{"copiar", "Copiar la carga útil de este disparador"},
			Explain:    Act{"explicar", "Qué envía este disparador y cuándo"},
			Generate:   Act{"generar", "Generar una clave de firma"},
			Follow:     Act{"usar su URL", "Usar la URL a la que redirige su receptor"},
			MoveUser:   Act{"a Authorization", "Pasar usuario y contraseña de la URL a Authorization"},
			CopySecret: Act{"copiar clave", "Copiar la clave de firma que se muestra"},
		},
	}
}

func formEN() FormWords {
	return FormWords{
		New:     "New webhook",
		Edit:    func(name string) string { return "Edit " + name },
		Unsaved: "draft · not saved", Changed: "unsaved changes",
		Saving: func(s int) string {
			if s < 3 {
				return "saving"
			}
			return fmt.Sprintf("saving, %d s · ctrl+c cancels", s)
		},
		Drafted:    "Saved as a draft: the verification failed.",
		Cancelled:  "Verification interrupted: it was not activated.",
		Conflict:   "This webhook was changed elsewhere meanwhile. Go back to the list and open it again.",
		AnywayHint: func(key string) string { return key + " activates without verifying." },
		Redirect:   func(key, url string) string { return "It redirects to " + url + " · " + key + " uses that URL" },
		Gone: func(key string) string {
			return "Another program deleted this webhook meanwhile. " + key + " saves it as a new one."
		},
		Name:        "Name",
		URL:         "URL",
		Auth:        "Authorization",
		Triggers:    "Triggers",
		NameHint:    "crm-prod",
		AuthHint:    "secret token or API key",
		Reveal:      func(key string) string { return key + " show" },
		Hide:        func(key string) string { return key + " hide" },
		VerifyHint:  func(key string) string { return key + " verifies the URL" },
		MoveUser:    func(key string) string { return key + " moves them to Authorization (Basic)" },
		KeyEnforced: "checked: without the key, your receiver refuses the request",
		KeyOpen:     "your receiver accepts requests without the key",
		KeyStale:    "has changed since it was verified: verify again",
		Expiry:      func(days int) string { return fmt.Sprintf("TLS %d d", days) },
		Marked:      func(n, of int) string { return fmt.Sprintf("%d of %d chosen", n, of) },
		TriggerHint: "space toggles · + all · - none",
		TriggerHelp: "t test a trigger · y copy its payload",
		Sample:      func(event string) string { return "Payload example: " + event },
		Payload:     func(event string) string { return "payload of " + event },
		Advanced:    "Advanced", AdvancedHint: "signature, headers, retries, limits, TLS",
		Secret: "Signing secret", SecretHint: "unsigned · enter makes a secret",
		SecretWeak:  "Short secret: 24 bytes or more are advised.",
		SecretShown: func(key string) string { return "Shown only now: " + key + " copies it." },
		Headers:     "Headers", HeaderHint: "Name: value",
		HeaderShape: "The header has no colon. Write Name: value.",
		Retry:       "Retries", RetryHint: "standard, svix, demo, none, or waits: 0,5s,5m,2h",
		Connect: "Connect", Handshake: "TLS", Answer: "Response", Total: "Total",
		NotADuration: func(typed string) string {
			return `"` + typed + `" is not a duration. Write for example 5s or 500ms.`
		},
		NotANumber: func(typed string) string { return `"` + typed + `" does not do here. Write a number above zero.` },
		Rate:       "Deliveries/s", RateHint: "no limit", Parallel: "In parallel",
		CA: "Own CA", CAHint: "path of a PEM file", CASet: "own certificate loaded · - removes it",
		CAUnread: func(path, cause string) string {
			return "Cannot read " + path + " (" + cause + "). Check the path."
		},
		CATooLarge: func(path, most string) string {
			return path + " is larger than " + most + ". Choose a file with the certificates that are needed only."
		},
		Skip: "TLS", SkipHint: "do not check the certificate",
		SkipLoud: "DANGER: anyone can pose as your receiver and read the key.",
		Private:  "Network", PrivateHint: "allow private addresses",
		PasteRefused: "What was pasted has control characters. Paste it without line breaks and codes.",
		Discard:      "Discard the changes?", DiscardWhy: "What was typed since the last save is dropped.",
		DiscardUndo: "u brings it back as a draft, without the keys.",
		DiscardYes:  "discard",
		DraftKept:   func(name, at string) string { return "A draft of " + name + " from " + at + " was kept." },
		DraftKeys:   "Keys are not kept with it: type them again.", DraftRestore: "restore",
		DraftWaits: func(name, at string) string {
			return "A draft of \"" + name + "\" was never saved (" + at + ") · e on it opens it"
		},
		DraftWaitsNew: func(name, at string) string {
			if name != "" {
				name = ", \"" + name + "\","
			}
			return "A new webhook" + name + " was never saved (" + at + ") · n opens it"
		},
		DraftBack: func(name string) string { return "The draft of \"" + name + "\" is back · e on it opens it" },
		DraftBackNew: func(name string) string {
			if name != "" {
				name = ", \"" + name + "\","
			}
			return "The draft of a new webhook" + name + " is back · n opens it"
		},
		Discarded: "Changes discarded", DiscardedUndo: "Changes discarded · u brings them back without the keys",
		DraftDiscarded: "Draft discarded · ctrl+p undo brings it back",
		DraftInTheWay:  "There is another draft of that webhook: save or discard it, then undo again",
		Done:           "That's it! Saved and active", Draft: "Draft saved",
		Saved: func(state string) string { return "Saved; it stays " + state },
		SavedFailed: func(state, why string) string {
			return "Saved; it stays " + state + ", but the verification failed. " + why
		},
		Do: FormActs{
			Save:       Act{"save and activate", "Check everything, verify if need be, save and activate"},
			Draft:      Act{"draft", "Save as a draft, sending nothing"},
			Anyway:     Act{"activate unverified", "Activate although the verification failed; kept in the history"},
			Next:       Act{"next", "Next field"},
			Prev:       Act{"previous", "Previous field"},
			Reveal:     Act{"show key", "Show or hide the secret value; it hides after 10 s"},
			Verify:     Act{"verify", "Verify the URL with the values on the screen"},
			Toggle:     Act{"toggle", "Choose or leave out"},
			All:        Act{"all", "Choose all triggers"},
			None:       Act{"none", "Choose no trigger"},
			Unfold:     Act{"unfold", "Unfold: added and removed apart"},
			Fold:       Act{"fold", "Fold"},
			Test:       Act{"test", "Test this trigger with sample data"},
			Copy:       Act{"copy", "Copy this trigger's payload"},
			Explain:    Act{"explain", "What this trigger sends, and when"},
			Generate:   Act{"generate", "Make a signing secret"},
			Follow:     Act{"use its URL", "Use the URL that your receiver redirects to"},
			MoveUser:   Act{"to Authorization", "Move user and password from the URL to Authorization"},
			CopySecret: Act{"copy secret", "Copy the signing secret that is shown"},
		},
	}
}
