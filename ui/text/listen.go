package text

// ListenWords are the words of the receiver on its own.
type ListenWords struct {
	Listen, ListenLong      string
	FlagAddr, FlagScript    string
	Key, Signature          map[string]string // verdicts, by their words in JSON
	Refused                 map[string]string // why else a request was refused
	Test                    string
	Attempt, Again, Skipped func(n int) string
}

func listenES() ListenWords {
	return ListenWords{
		Listen:     "Un receptor: muestra qué llega y qué falla en clave y firma",
		ListenLong: "Recibe POST con JSON en este equipo, hasta que se interrumpe, e imprime una línea por petición: qué\nrespondió y, si se le da una clave con --auth-… o --secret…, si Authorization y la firma son correctas o\ncuál es el error. Responde al reto de la verificación. Fuera de este equipo solo escucha con una clave.",
		FlagAddr:   "dirección en la que escucha",
		FlagScript: "estados que responde, uno tras otro, y luego 200: una lista o un archivo",
		Key: map[string]string{
			"ok": "clave correcta", "missing": "sin Authorization", "wrong": "otra Authorization",
		},
		Signature: map[string]string{
			"ok": "firma correcta", "missing": "sin firma", "malformed": "webhook-timestamp no es un número",
			"stale": "firmada hace más de 5 min", "future": "firmada con más de 5 min de adelanto",
			"no_match": "firmada con otra clave o sobre otros bytes", "unusable": "la clave de firma no sirve",
		},
		Refused: map[string]string{
			"method": "no es POST", "content_type": "Content-Type no es JSON", "too_large": "el cuerpo es demasiado grande",
			"incomplete": "el cuerpo llegó incompleto", "json": "el cuerpo no es JSON",
		},
		Test:    "prueba",
		Attempt: func(n int) string { return "intento " + ES.Number(n) },
		Again:   func(n int) string { return "ya recibida " + ES.Count(n, "vez", "de veces", "veces") },
		Skipped: func(n int) string { return ES.Count(n, "petición más", "de peticiones más", "peticiones más") },
	}
}

func listenEN() ListenWords {
	return ListenWords{
		Listen:     "A receiver: shows what arrives, and what is wrong with key and signature",
		ListenLong: "Takes POST with JSON on this machine until it is interrupted, and prints a line for each request: what\nit answered and, given a key with --auth-... or --secret..., whether Authorization and signature are right\nor which mistake was made. Answers the challenge of a verification. Beyond this machine it listens only\nwith a key.",
		FlagAddr:   "address to listen on",
		FlagScript: "statuses to answer, one after the other, then 200: a list or a file",
		Key: map[string]string{
			"ok": "key right", "missing": "no Authorization", "wrong": "another Authorization",
		},
		Signature: map[string]string{
			"ok": "signature right", "missing": "no signature", "malformed": "webhook-timestamp is no number",
			"stale": "signed more than 5 min ago", "future": "signed more than 5 min ahead",
			"no_match": "signed with another secret or over other bytes", "unusable": "the signing secret cannot be used",
		},
		Refused: map[string]string{
			"method": "not POST", "content_type": "Content-Type is not JSON", "too_large": "the body is too large",
			"incomplete": "the body came incomplete", "json": "the body is not JSON",
		},
		Test:    "test",
		Attempt: func(n int) string { return "attempt " + EN.Number(n) },
		Again:   func(n int) string { return "received " + EN.Count(n, "time", "", "times") + " before" },
		Skipped: func(n int) string { return EN.Count(n, "more request", "", "more requests") },
	}
}
