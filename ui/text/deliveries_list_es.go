package text

func deliveryListES() DeliveryListWords {
	some := func(n int, one, many string) string {
		if n == 0 {
			return ""
		}
		return ES.Count(n, one, "de "+many, many)
	}
	return DeliveryListWords{
		Marked: func(n int, more bool) string {
			if more {
				return ES.Number(n) + "+ marcadas"
			}
			return ES.Count(n, "marcada", "de marcadas", "marcadas")
		},
		MarkedAll:   "Marcadas todas las del filtro · u deshace",
		UnmarkedAll: "Marcas quitadas · u deshace",

		FoundOf:    func(n, of int) string { return ES.Number(n) + " de " + ES.Number(of) },
		FoundUntil: func(n int, at string) string { return ES.Number(n) + "+ hasta " + at },
		SearchedTo: with("buscando hasta %s… esc parar"),
		StoppedAt:  with("búsqueda parada en %s"),
		Stopped:    "búsqueda parada",
		CallOf: func(id string, n, hooks int) string {
			return "llamada " + id + ": " + ES.Count(n, "entrega", "de entregas", "entregas") + " a " + ES.Count(hooks, "webhook", "de webhooks", "webhooks")
		},

		SortTitle: "Ordenar y agrupar",
		By: map[string]string{"": "por hora, las más nuevas primero", "reason": "agrupar por motivo",
			"webhook": "agrupar por webhook", "event": "agrupar por disparador"},
		Reason: "motivo", Count: "entregas", Share: "parte", Newest: "última",
		Hooks:    func(n int) string { return ES.Count(n, "webhook", "de webhooks", "webhooks") },
		NoGroups: "No hay nada que agrupar. esc vuelve a la lista.",

		Spark: func(span string, most int) string {
			return "en " + span + ": máx. " + ES.Number(most) + "/min"
		},
		SparkNone: "sin datos en 2 h",

		ReplaySome: "¿Reenviar?", CancelSome: "¿Cancelar?", RetrySome: "¿Intentar ya?",
		RetryMany: func(n int) string {
			return "¿Intentar ya " + ES.Count(n, "entrega", "de entregas", "entregas") + "?"
		},
		RetryHow: "Se respetan el ritmo y los simultáneos del webhook. Si está cortado, sale una de prueba y las demás la siguen cuando el receptor contesta.",
		ReplayMany: func(n int) string {
			return "¿Reenviar " + ES.Count(n, "entrega", "de entregas", "entregas") + "?"
		},
		CancelMany: func(n int) string {
			return "¿Cancelar " + ES.Count(n, "entrega", "de entregas", "entregas") + "?"
		},
		CancelThem: "cancelar las entregas",
		NotEnded: func(n int) string {
			return ES.Count(n, "entrega no ha terminado y por eso no se puede reenviar. Retenida o a la espera de su próximo intento, saldrá sola;",
				"de entregas no han terminado y por eso no se pueden reenviar. Retenidas o a la espera de su próximo intento, saldrán solas;",
				"entregas no han terminado y por eso no se pueden reenviar. Retenidas o a la espera de su próximo intento, saldrán solas;") +
				" para saber si el receptor contesta de nuevo, verifique su webhook."
		},
		Others: func(n int) string {
			return ES.Count(n, "más no ha terminado: sigue sola.", "más no han terminado: siguen solas.", "más no han terminado: siguen solas.")
		},
		Counting: "Contando…", NothingYet: "Todavía no se envía nada.", OtherHosts: "y otros",
		Rate: "Por segundo, como máximo:", NoRate: "0 a 1.000; 0: todas ya", AtOnce: "todas ya",
		Takes:      with("unos %s"),
		TypeNumber: with("Escriba el número, %s:"),

		Job: "reenvío", JobHeld: "en pausa",
		JobAt:     func(done, of int) string { return ES.Number(done) + "/" + ES.Number(of) },
		JobRate:   with("%s/s"),
		JobFailed: func(n int) string { return ES.Count(n, "fallida", "de fallidas", "fallidas") },
		JobWaits:  func(n int) string { return ES.Number(n) + " en reintento" },
		Result: func(delivered, failed, retrying, cancelled int) string {
			return parts(some(delivered, "entregada", "entregadas"), some(failed, "fallida", "fallidas"),
				some(retrying, "en reintento", "en reintento"), some(cancelled, "cancelada", "canceladas")) +
				one(delivered+failed+retrying+cancelled, " · v la muestra", " · v las muestra")
		},
		SentUndo: " · u la cancela mientras espera",

		QuitTitle: "¿Salir?", QuitText: "Hay un reenvío en curso. Salir lo deja en cola; seguirá al volver.", QuitDo: "salir",
		QuitPassing: "Hay un reenvío en curso. La demostración acaba al salir, y el reenvío con ella: lo que falta no se enviará.",

		Unchanged: "El cuerpo no cambió: no se envía nada.", NoCall: "El evento no dice de qué llamada es.",
		EmitTitle: "Emitir un evento real", EmitAsk: "¿Emitir el evento?",
		InHand:     "enviando o a punto",
		EmitText:   "Es un evento real: se entrega a cada webhook activo que coincida.",
		EmitEdited: "El cuerpo sale exactamente como lo guardó, con un identificador de evento nuevo.",
		EmitSample: "El cuerpo es el ejemplo del disparador, con identificador y hora nuevos.",
		EmitDo:     "emitir", EmittedNone: "Evento guardado; ningún webhook coincide con él.",
		Emitted: func(n int) string {
			return "Evento emitido: " + ES.Count(n, "entrega", "de entregas", "entregas")
		},
		Do: DeliveryListActs{
			Mark:         Act{"marcar", "Marcar la entrega, o quitar la marca, y bajar"},
			MarkUp:       Act{"marcar arriba", "Extender las marcas hacia arriba"},
			MarkDown:     Act{"marcar abajo", "Extender las marcas hacia abajo"},
			MarkAll:      Act{"todas", "Marcar todas las del filtro, o ninguna"},
			Unmark:       Act{"desmarcar", "Quitar todas las marcas"},
			ReplayMarked: Act{"reenviar", "Reenviar las marcadas: antes se muestra cuántas y a quién"},
			RetryMarked:  Act{"intentar ya", "Intentar ya las marcadas que esperan su próximo intento"},
			RetryAll:     Act{"intentar todas", "Intentar ya todas las del filtro que esperan su próximo intento"},
			CancelMarked: Act{"cancelar marcadas", "Cancelar las marcadas: no intentarlas más"},
			ReplayAll:    Act{"reenviar todas", "Reenviar todas las del filtro"},
			CancelAll:    Act{"cancelar todas", "Cancelar todas las del filtro que no han terminado"},
			ReplayGroup:  Act{"reenviar", "Reenviar todas las del grupo"},
			Sort:         Act{"ordenar", "Ordenar por hora, o agrupar por motivo, webhook o disparador"},
			Ungroup:      Act{"lista", "Volver a la lista sin grupos"},
			Into:         Act{"abrir", "Ver las entregas del grupo"},
			Back:         Act{"volver", "Volver a la vista anterior"},
			Stop:         Act{"parar", "Dejar de buscar más atrás"},
			SortTime:     Act{"por hora", "Ordenar por hora, las más nuevas primero"},
			SortReason:   Act{"por motivo", "Agrupar por motivo"},
			SortHook:     Act{"por webhook", "Agrupar por webhook"},
			SortType:     Act{"por disparador", "Agrupar por disparador"},
			Resend:       Act{"editar y reenviar", "Editar el cuerpo y emitirlo como evento nuevo"},
			Emit:         Act{"emitir", "Emitir un evento real del catálogo a cada webhook que coincida"},
			Call:         Act{"la llamada", "Todo lo enviado sobre la misma llamada"},
			Zoom:         Act{"ampliar", "Solo este panel, o los dos"},
			Pane:         Act{"otro panel", "Pasar de la lista al detalle, o volver"},
			JobShow:      Act{"ver reenvío", "Ver cómo va el reenvío, o su resultado"},
			JobPause:     Act{"pausar", "Retener lo que falta del reenvío"},
			JobResume:    Act{"seguir", "Seguir con el reenvío"},
			JobStop:      Act{"parar reenvío", "Cancelar lo que falta del reenvío (ctrl+c)"},
			JobHide:      Act{"ocultar", "Ocultar el reenvío, que sigue"},
		},
	}
}
