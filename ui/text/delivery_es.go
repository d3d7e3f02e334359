package text

import "fmt"

func differencesES(n int, more bool) string {
	if more {
		return "más de " + ES.Count(n, "diferencia", "de diferencias", "diferencias")
	}
	return ES.Count(n, "diferencia", "de diferencias", "diferencias")
}

func deliveryES() DeliveryWords {
	return DeliveryWords{
		Step:   func(n, of int) string { return fmt.Sprintf("Intento %d de %d", n, of) },
		Due:    func(in, at string) string { return "el siguiente " + in + " (" + at + ")" },
		DueNow: "el siguiente, en cuanto toque",
		Then:   with("después, a los %s"), LastTry: "es el último",
		Waiting: "En espera de su turno; aún no ha salido ningún intento.", SendingNow: "El remitente ya la tiene: se está enviando o es de las próximas.",
		GaveUp: func(n int) string {
			return "No se intentará más: " + ES.Count(n, "intento", "de intentos", "intentos") + ". r la reenvía."
		},
		Delivered: func(n int, after string) string {
			return fmt.Sprintf("Entregada en el intento %d, %s después de crearse.", n, after)
		},
		Cancelled: "Cancelada: no se intentará más. r la reenvía.", Gone: "El webhook se eliminó.",
		HeldPaused: "Retenida: el webhook está pausado. Saldrá cuando lo reanude.", HeldDraft: "Retenida: el webhook es un borrador. Saldrá cuando lo active.",
		HeldTripped:  "Retenida: el cortacircuitos está abierto tras varios fallos seguidos. Se prueba de una en una hasta que el receptor conteste.",
		HeldUntil:    with("Retenida: el cortacircuitos está abierto. Saldrá sola cuando el receptor conteste; próximo intento a las %s."),
		HeldTrying:   "Retenida: se está probando el receptor, de una en una.",
		HeldElse:     "Retenida hasta que se reanude su webhook o su reenvío.",
		HeldDisabled: with("Retenida: el webhook está desactivado (%s). Saldrá cuando lo active."),
		AnywayTitle:  "Entregar de todos modos a", AnywaySend: "entregar", AnywayNone: "A todos los webhooks les llegó este evento.",
		AnywayOff: "Ese webhook no envía ahora: la entrega quedará retenida hasta que lo active.",
		AnywayAsk: func(event, hook string) string {
			return "Se creará una entrega de " + event + " a «" + hook + "», diga lo que diga su filtro."
		},
		Trace:   "Decisión de cada webhook",
		Changes: "Cambios del webhook", NoChanges: "Nada ha cambiado en este webhook.",
		SinceSuccess: with("desde el último éxito (%s)"), SinceCreation: with("desde que se creó la entrega (%s)"),
		MadeWith: func(r int64) string { return fmt.Sprintf("El intento salió con la revisión %d.", r) },
		NowAt:    func(r int64) string { return fmt.Sprintf("Ahora es la %d.", r) },
		Revisions: func(from, to int64) string {
			return fmt.Sprintf("revisión %d a %d", from, to)
		},
		None: "ninguno", Today: with("%s, hoy"), ThisAttempt: "este intento", Slower: with("más lento que el %s de hoy"),
		MoreHeaders: func(n int) string {
			return ES.Count(n, "encabezado, H lo muestra", "de encabezados, H los muestra", "encabezados, H los muestra")
		},
		Compare: "Comparar", Previous: "Intento anterior", Success: "Último éxito", Other: "Otra entrega", SampleES: "Ejemplo ES", SampleEN: "Ejemplo EN",
		NoPrevious: "No hay un intento anterior.", NoSuccess: "Este webhook no tiene todavía ninguna entrega con éxito.",
		NoSample:  "No hay ningún ejemplo de este disparador.",
		OtherType: with("Sin éxitos de este disparador: se compara con uno de %s."), Later: "No había ninguno antes: este éxito es posterior.",
		OtherHook:   with("La otra entrega es de otro webhook, %s: no se comparan claves, revisiones ni cambios."),
		TypesDiffer: with("La otra entrega es de otro disparador, %s."), OtherLater: "El otro intento es posterior a este.",
		Same: "igual", Differences: differencesES, ByLine: "línea a línea", Working: "Comparando…",
		KeyChanged: "Authorization cambió", KeyAdded: "Authorization no se enviaba y ahora sí", KeyRemoved: "Authorization ya no se envía",
		URLChanged: "La URL cambió", ConfigSame: func(r int64) string { return fmt.Sprintf("La configuración es la misma (revisión %d)", r) },
		ConfigChanged: with("La configuración cambió: %s"),
		StatusChanged: func(before, after string) string { return "La respuesta era " + before + " y es " + after },
		BodyDiffers:   func(n int, more bool) string { return "El cuerpo tiene " + differencesES(n, more) },
		Configuration: "Configuración", Result: "Resultado", RequestHeaders: "Encabezados de la petición", ResponseHeaders: "Encabezados de la respuesta",
		RequestBody: "Cuerpo de la petición", ResponseBody: "Cuerpo de la respuesta", NoAnswer: "sin respuesta",
		Hidden: func(n int, more bool) string {
			return one(n, "No se muestra ", "No se muestran ") + differencesES(n, more) + "."
		},
		Left:     func(n int) string { return "(" + ES.Size(int64(n)) + " más)" },
		CopyDiff: "diferencias como texto",
		CopySave: "guardar la carga útil en un archivo",
		Do: DeliveryDeeds{
			Diff:        Act{"comparar", "Comparar con el intento anterior, el último éxito o el ejemplo"},
			Changes:     Act{"cambios", "Qué ha cambiado en el webhook desde el último éxito"},
			Anyway:      Act{"entregar igual", "Entregar el evento a un webhook que no lo recibió"},
			NextDiff:    Act{"diferencia", "Diferencia siguiente"},
			PrevDiff:    Act{"anterior", "Diferencia anterior"},
			NextAgainst: Act{"con qué", "Comparar con lo siguiente de la lista"},
			PrevAgainst: Act{"con el anterior", "Comparar con lo anterior de la lista"},
			Previous:    Act{"intento anterior", "Comparar con el intento anterior"},
			Success:     Act{"último éxito", "Comparar con el último éxito del mismo webhook"},
			SampleES:    Act{"ejemplo ES", "Comparar con el ejemplo en español"},
			SampleEN:    Act{"ejemplo EN", "Comparar con el ejemplo en inglés"},
			CopyDiff:    Act{"copiar", "Copiar las diferencias como texto"},
			Headers:     Act{"encabezados", "Mostrar u ocultar los encabezados"},
		},
	}
}
