package text

import (
	"fmt"
	"strconv"

	"hooktop/model"
)

func hooksES() HooksWords {
	return HooksWords{
		Path: "Configuración > Licencias > Configuración de Webhook",
		Count: func(n int) string {
			return strconv.Itoa(n) + one(n, " webhook", " webhooks")
		},
		InState: func(n int, s model.HookState) string {
			return strconv.Itoa(n) + " " + map[model.HookState]string{
				model.HookActive: one(n, "activo", "activos"), model.HookDraft: one(n, "borrador", "borradores"),
				model.HookPaused: one(n, "pausado", "pausados"), model.HookDisabled: one(n, "desactivado", "desactivados"),
			}[s]
		},
		Name: "nombre", State: "estado", Verified: "verificado", Triggers: "disparadores", TriggersShort: "disp.", Last: "último intento",
		Hour: "últ. hora", Success: "éxito", Tripped: "cortado",
		BreakerOpen: with("cortacircuitos abierto · reintento en %s"), BreakerTrying: "cortacircuitos abierto · se está probando",
		BreakersUnknown: "cortacircuitos: no se sabe",
		BreakerUntil:    with("cortacircuitos abierto · reintento a las %s"),
		Failing:         with("solo fallos desde %s"),

		Loading:     "Cargando…",
		LoadingFor:  func(n int) string { return fmt.Sprintf("Cargando… %d s", n) },
		LoadingEnds: "esc cancela",
		NoneMatches: with("Ninguno coincide con «%s». esc quita el filtro."),
		Filter:      "filtro",
		Shown:       func(n, all int) string { return fmt.Sprintf("%d de %d", n, all) },
		NotVerified: "sin verificar", Stale: "caducada", Echo: "eco", Failed: "falló",
		NoAttempt: "ninguno", NoAnswer: "sin respuesta", Test: "PRUEBA",
		ActionsFor: with("Acciones para %s"), CopyFrom: with("Copiar de %s"), CloneOf: with("%s copia"),
		NoPause: func(name, state, key string) string {
			return fmt.Sprintf("«%s» está %s: no hay nada que pausar. %s lo activa", name, state, key)
		},
		Sample: with("Ejemplo de carga útil: %s"), Why: "Causa",
		First: FirstRunWords{
			Empty: "Aún no hay webhooks.",
			Intro: "Un webhook envía datos automáticamente a una URL suya una vez que se ha procesado un evento o una llamada: " +
				"a sus sistemas internos, a su CRM, a su plataforma de BI o a otra aplicación.",
			Create: "Crear mi primer webhook", CreateWhy: "nombre, URL, clave, disparadores y prueba: un minuto",
			Demo: "Ver la demostración (sin red)", DemoWhy: "un receptor y tres webhooks que funcionan; no deja nada",
			Language: "Idioma: Español", Switch: "English",
		},
		Detail: detailES(), Verify: verifyES(), Do: hookActsES(),
		Done: HookDone{
			Enabled: with("«%s» está activo"), Disabled: with("«%s» está desactivado; sus entregas quedan retenidas"),
			Paused: with("«%s» está en pausa; sus entregas esperan"), Resumed: with("«%s» vuelve a enviar"),
			Deleted: with("«%s» eliminado · u deshace"), Restored: with("«%s» restaurado"),
			Saved: with("¡Eso es todo! «%s» guardado y activo"),
		},
	}
}

func detailES() DetailWords {
	return DetailWords{
		Summary: "Resumen", Triggers: "Disparadores", Attempts: "Intentos", History: "Historial", Checks: "Verificaciones",
		URL: "URL", Auth: "Authorization", AuthNone: "no se envía ninguna clave", Signature: "Firma",
		Signed: "sí: cada envío va firmado", Unsigned: "no",
		OldSecret: with("también con la clave de firma anterior, hasta %s"),
		Verified:  "Verificado", State: "Estado", Last: "Último intento", Retry: "Reintentos", Limits: "Límites",
		LimitsOf: func(connect, tls, headers, total string) string {
			return fmt.Sprintf("conexión %s, TLS %s, encabezados %s, total %s", connect, tls, headers, total)
		},
		Rate: "Ritmo", Unlimited: "sin límite", Concurrency: "Simultáneos", PerSecond: with("%s por segundo"),
		Condition: "Condición", Headers: "Encabezados", TLS: "TLS", SkipVerify: "los certificados NO se comprueban",
		CA: "CA propia", Private: "Direcciones", PrivateYes: "se permiten las privadas y las locales", Yes: "sí",
		ID: "Identificador", Revision: "Revisión", Created: "Creado", Updated: "Cambiado", Certificate: "Certificado",
		DaysLeft: func(date string, days int) string {
			return fmt.Sprintf("hasta %s (%d %s)", date, days, one(days, "día", "días"))
		},
		NoTests: "Aún no hay intentos. t prueba un disparador.", NoHistory: "Aún no hay cambios.",
		NoChecks:    "Nunca se ha verificado. v verifica la URL.",
		ExplainHint: "enter o i explica el disparador", OpenHint: "enter abre", Empty: "vacío",
	}
}

func verifyES() VerifyWords {
	return VerifyWords{
		Title: with("Verificar %s"), Activating: with("Verificar y activar %s"),
		RunningFor: func(n int) string { return fmt.Sprintf("%d s · ctrl+c cancela", n) },
		Cancelled:  "Cancelada. No se ha guardado nada nuevo.",
		EchoNone:   "sin eco; no hace falta",
		Answer:     "Respuesta", NoBytes: "cuerpo vacío",
		FollowHint: with("%s usa esa URL"),
		SampleHint: func(key, event string) string {
			return key + " verifica con un ejemplo de " + event + ": algunos receptores solo aceptan lo que conocen"
		},
		Location: "Redirige a", RetryAfter: "Pide esperar",
		Draft:   "Queda como borrador: no se le envía nada",
		NotDone: "no se hizo",
	}
}

func hookActsES() HookActs {
	return HookActs{
		Open: Act{"abrir", "abrir el webhook"}, New: Act{"nuevo", "añadir webhook"}, Edit: Act{"editar", "editar el webhook"},
		Verify: Act{"verificar", "verificar la URL"}, Test: Act{"probar", "probar un disparador con datos de ejemplo"},
		Enable: Act{"activar", "activar el webhook (verifica antes si hace falta)"}, Disable: Act{"desactivar", "desactivar el webhook: sus entregas quedan retenidas"},
		Pause: Act{"pausar", "pausar: las entregas esperan en cola"}, Resume: Act{"reanudar", "volver a enviar"},
		Delete: Act{"eliminar", "eliminar el webhook (se puede deshacer)"}, Restore: Act{"restaurar", "restaurar el último webhook eliminado"},
		Clone: Act{"clonar", "abrir una copia como webhook nuevo"}, Copy: Act{"copiar", "copiar la URL o el identificador"},
		Actions: Act{"acciones", "todas las acciones, con su tecla"},
		Filter:  Act{"filtro", "filtrar por nombre, URL o estado"}, Keep: Act{"aplicar", "dejar el filtro y volver a la lista"},
		Unfilter: Act{"quitar filtro", "quitar el filtro"}, Reload: Act{"reintentar", "leer otra vez"}, Cause: Act{"causa", "mostrar la causa exacta"},
		GiveUp:  Act{"cancelar", "dejar de esperar la lectura"},
		CopyURL: Act{"URL", "copiar la URL"}, CopyID: Act{"identificador", "copiar el identificador"}, CopyName: Act{"nombre", "copiar el nombre"},
		TabNext: Act{"sección", "sección siguiente"}, TabPrev: Act{"sección anterior", "volver a la sección anterior"},
		Explain: Act{"explicar", "explicar el disparador"}, Anyway: Act{"activar sin verificar", "activar sin verificar; queda en el historial"},
		VerifySample: Act{"con un ejemplo", "verificar con un ejemplo de call.processed"},
		Deliveries:   Act{"entregas", "mostrar las entregas de este webhook"},
		Follow:       Act{"usar su URL", "usar la URL a la que redirige su receptor"},
		Repeat:       Act{"repetir", "verificar otra vez"}, Done: Act{"volver", "volver con el resultado"},
		Create: Act{"crear", "crear el primer webhook"}, Demo: Act{"demostración", "ver la demostración, sin red"}, Language: Act{"English", "cambiar el idioma"},
		Up: Act{"arriba", "una línea arriba"}, Down: Act{"abajo", "una línea abajo"},
		PageUp: Act{"página arriba", "una página arriba"}, PageDown: Act{"página abajo", "una página abajo"},
		HalfUp: Act{"media página arriba", "media página arriba"}, HalfDown: Act{"media página abajo", "media página abajo"},
		Home: Act{"principio", "ir al principio"}, End: Act{"final", "ir al final"},
	}
}
