package text

import (
	"fmt"

	"hooktop/model"
)

// DeliveriesWords are the words of the deliveries' list and detail. Functions of
// one text take something clean.
type DeliveriesWords struct {
	Tab                         string
	Time, Hook, Trigger, State  string // heads of columns
	HTTP, Latency, Tries        string
	Today                       func(n string) string
	Delivered, Retrying, Failed func(n int) string // where there is room for the word
	Pending                     func(n int) string
	P50, P95, P99               string

	Empty                                    string
	NoMatch                                  func(filter string) string
	Searched                                 string                   // where words of a filter are looked for
	NoneOf                                   func(hook string) string // the filter is one webhook, and nothing was sent to it
	Filter                                   string
	Found                                    func(n int, more bool) string
	Clears, GoesBack, EscClears, EscGoesBack string // what esc does to the filter, beside it and as a sentence
	Searching                                string // the file is still being looked through
	News                                     func(n int, more bool) string
	Stale                                    func(what string) string // a read failed over rows already there

	ActionsFor                     func(id string) string
	Sent, Cancelled, Retried       func(n int) string
	NotSent, NotCancelled          string // nothing was left to do it with
	NotRetried, AskRetry           string
	NotSentYet                     string // it has not ended
	AskTitle, AskReplay, AskCancel string
	AskText                        func(hook, event string) string
	AskWhy                         string // why it is asked: the list was following
	NoAttempt, NoResponse          string

	Summary, Request, Response, Attempts string // tabs of the detail
	Timing, Why                          string
	Place                                func(n, of int, more bool) string
	Attempt                              func(n int) string
	NextTry                              func(in string) string
	Lost                                 string // the delivery is not there any more
	Delivery, Event, Call, Type          string
	Created, Done, ReplayOf, TestYes     string
	Body, Reason, Cure, Next, Webhook    string
	CopyID                               string
	RevisionOf, Address, TLS             string
	BytesRead                            func(kept, read string) string
	NoTrace, OnlyTests                   string
	Decision                             map[model.DecisionResult]string
	Clause                               map[model.Clause]string
	Saw                                  func(value string) string
	This                                 string // marks the delivery's own webhook

	FlagRate, FlagSeed string // of the demonstration

	Do   DeliveryActs
	List DeliveryListWords
}

// DeliveryActs are the actions of the deliveries' pages.
type DeliveryActs struct {
	Open, Filter, Quick, Unfilter, Apply Act
	Replay, Cancel, Copy, Why, Actions   Act
	Retry                                Act
	Pager                                Act
	Freeze, Thaw, Follow, End            Act
	Next, Prev, TabNext, TabPrev         Act
	Summary, Request, Response, Attempts Act
	Timing                               Act
}

func many(n int, more bool) string {
	if more {
		return fmt.Sprintf("%d+", n)
	}
	return fmt.Sprint(n)
}

func deliveriesES() DeliveriesWords {
	return DeliveriesWords{
		Tab:  "Entregas",
		Time: "hora", Hook: "webhook", Trigger: "disparador", State: "estado",
		HTTP: "http", Latency: "latencia", Tries: "int.",
		Today:     func(n string) string { return "hoy " + n },
		Delivered: func(n int) string { return ES.Count(n, "entregada", "de entregadas", "entregadas") },
		Retrying:  func(n int) string { return ES.Number(n) + " en reintento" },
		Failed:    func(n int) string { return ES.Count(n, "fallida", "de fallidas", "fallidas") },
		Pending:   func(n int) string { return ES.Count(n, "pendiente", "pendientes", "pendientes") },
		P50:       "p50", P95: "p95", P99: "p99",

		Empty:    "Sin entregas todavía. Pruebe un disparador: 1, elija un webhook, t.",
		NoMatch:  with("Nada coincide con «%s»."),
		Searched: "Se buscó en ids, nombres y payloads; los motivos, con error:… o status:….",
		NoneOf:   with("Aún no hay entregas de «%s». E emite un evento real."),
		Filter:   "filtro", Clears: "esc quitar", GoesBack: "esc volver", EscClears: "esc quita el filtro.", EscGoesBack: "esc vuelve.", Searching: "Buscando más atrás…",
		Found: func(n int, more bool) string {
			if more {
				return "más de " + ES.Number(n)
			}
			return ES.Count(n, "entrega", "de entregas", "entregas")
		},
		News: func(n int, more bool) string {
			if more {
				return "más de " + ES.Count(n, "nueva", "de nuevas", "nuevas") + " · g para verlas"
			}
			return ES.Count(n, "nueva · g para verla", "de nuevas · g para verlas", "nuevas · g para verlas")
		},
		Stale: with("No se actualiza: %s"),

		ActionsFor: with("Acciones para %s"),
		Sent: func(n int) string {
			return ES.Count(n, "entrega reenviada", "de entregas reenviadas", "entregas reenviadas")
		},
		Cancelled: func(n int) string {
			return ES.Count(n, "entrega cancelada", "de entregas canceladas", "entregas canceladas")
		},
		NotSent: "No hay nada que reenviar", NotCancelled: "Ya había terminado: no hay nada que cancelar",
		NotSentYet: "No ha terminado: saldrá sola, no hay nada que reenviar · t la intenta ya",
		Retried: func(n int) string {
			return ES.Count(n, "entrega puede salir ya", "de entregas pueden salir ya", "entregas pueden salir ya")
		},
		NotRetried: "No espera ningún intento: terminó, se está enviando, o su webhook o su reenvío está parado", AskRetry: "intentar ya",
		AskTitle: "¿Esta entrega?", AskReplay: "reenviar", AskCancel: "cancelar la entrega",
		AskText:   func(hook, event string) string { return hook + " · " + event },
		AskWhy:    "La lista se movía al pulsar la tecla. Compruebe que es la que quería.",
		NoAttempt: "Aún no ha salido ningún intento.", NoResponse: "No llegó ninguna respuesta.",

		Summary: "Resumen", Request: "Petición", Response: "Respuesta", Attempts: "Intentos", Timing: "Tiempo", Why: "Por qué",
		Place:    func(n, of int, more bool) string { return fmt.Sprintf("[%d/%s]", n, many(of, more)) },
		Attempt:  func(n int) string { return fmt.Sprintf("intento %d", n) },
		NextTry:  with("próximo intento %s"),
		Lost:     "Esta entrega ya no está en la base de datos.",
		Delivery: "Entrega", Event: "Evento", Call: "Llamada", Type: "Disparador",
		Created: "Creada", Done: "Terminada", ReplayOf: "Reenvío de", TestYes: "sí: no cuenta en las estadísticas",
		Body: "Cuerpo", Reason: "Motivo", Cure: "Pruebe", Next: "Siguiente", Webhook: "Webhook", CopyID: "identificador de la entrega",
		RevisionOf: "Revisión", Address: "Dirección", TLS: "TLS",
		BytesRead: func(kept, read string) string { return "se guardan " + kept + " de " + read },
		NoTrace:   "De este evento no se guardó ninguna decisión.",
		OnlyTests: "Es una prueba: va solo al webhook elegido, sin mirar los disparadores.",
		Decision: map[model.DecisionResult]string{
			model.DecisionMatched: "coincide", model.DecisionFiltered: "filtrado",
			model.DecisionDisabled: "desactivado", model.DecisionDraft: "borrador",
		},
		Clause: map[model.Clause]string{
			model.ClauseEvents: "disparador no marcado", model.ClauseCondition: "la condición no se cumple",
			model.ClauseConditionError: "la condición falló",
		},
		Saw: with("valor: %s"), This: "esta entrega",
		FlagRate: "eventos en vivo por segundo; 0: ninguno", FlagSeed: "semilla: la misma da los mismos eventos",
		List: deliveryListES(),
		Do: DeliveryActs{
			Open:     Act{"abrir", "Abrir la entrega"},
			Filter:   Act{"filtro", "Filtrar: state:dead hook:crm event:call.tag !test palabras"},
			Quick:    Act{"rápido", "Filtro rápido: todas, fallidas, en reintento, pruebas"},
			Unfilter: Act{"quitar filtro", "Quitar el filtro"},
			Apply:    Act{"aplicar", "Aplicar el filtro"},
			Replay:   Act{"reenviar", "Enviar de nuevo el mismo evento, con otra entrega"},
			Retry:    Act{"intentar ya", "Intentarla ya, sin esperar al plan: cuando el receptor está arreglado"},
			Cancel:   Act{"cancelar entrega", "Cancelar la entrega: no intentarla más"},
			Copy:     Act{"copiar", "Copiar la carga útil, curl, encabezados, respuesta o identificador"},
			Pager:    Act{"paginador", "Leer el cuerpo en $PAGER"},
			Why:      Act{"por qué", "Por qué se entregó, o no, a cada webhook"},
			Actions:  Act{"acciones", "Todo lo que se puede hacer con la entrega"},
			Freeze:   Act{"congelar", "Congelar la vista; los envíos siguen"},
			Thaw:     Act{"descongelar", "Volver a la vista en vivo"},
			Follow:   Act{"seguir", "Ir a la más nueva y seguir las que lleguen"},
			End:      Act{"final", "Ir a la última cargada y leer más"},
			Next:     Act{"siguiente", "Entrega siguiente"},
			Prev:     Act{"anterior", "Entrega anterior"},
			TabNext:  Act{"sección", "Sección siguiente"},
			TabPrev:  Act{"sección anterior", "Sección anterior"},
			Summary:  Act{"resumen", "Qué es y cómo está"},
			Request:  Act{"petición", "Lo que se envió"},
			Response: Act{"respuesta", "Lo que contestó el receptor"},
			Attempts: Act{"intentos", "Todos los intentos"},
			Timing:   Act{"tiempo", "Cuánto tardó cada fase"},
		},
	}
}
