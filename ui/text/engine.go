package text

import "hooktop/model"

// EngineWords are the words of the verbs that send and look at what was sent: emit,
// serve, event, delivery. Sentences with %s are formats.
type EngineWords struct {
	Emit, EmitLong, Serve, ServeLong                   string
	Event, EventList, EventShow, EventWhy              string
	Delivery, DeliveryList, DeliveryShow, DeliveryTail string
	Diff, DiffLong, FlagWith, FlagAttempt              string
	Replay, ReplayLong, Cancel, FilterLong             string
	Retry, RetryLong, NotRetried                       string
	Retried, WouldRetry                                func(n int) string
	EventReplay, EventReplayLong, FlagToHook           string
	Hold, Resume, ReplayID                             string // of a replay
	HeldBack, SentOn                                   func(n int) string
	FlagID, FlagKey, FlagCount, FlagRate, FlagAck      string
	FlagCursor, FlagFilter, FlagSince, FlagUntil       string
	FlagDry, FlagEdit, FlagListen, FlagToken           string
	FlagHost, FlagMetrics, FlagConcurrency             string
	Accepted                                           func(n int, event string) string
	NobodySends, More, NotEdited                       string
	Replayed, WouldReplay, Cancelled, WouldCancel      func(n int) string
	NotReplayed                                        func(n int) string // of those named
	HoldsBack                                          string             // a webhook, its state, the command that lets them go
	Recovered, NewToken, Token                         string
	NoEvents, NoDeliveries, NoDecisions                string
	ColSubject, ColDecision, ColBecause, ColNext       string
	ColAttempts, ColOutcome, ReplayOf                  string

	Decision map[model.DecisionResult]string
	Clause   map[model.Clause]string
	Ingest   map[model.Code]string // what the ingest API answers beside the faults' own words
}

// IngestMessage is what the ingest API says about a code of its own, or about a fault.
func (w *Words) IngestMessage(code model.Code, f *model.Fault) string {
	if s, ok := w.Engine.Ingest[code]; ok {
		if f != nil && f.Value != "" {
			s += ": " + short(Clean(f.Value))
		}
		return s
	}
	if f == nil {
		return ""
	}
	return w.Fault(f).String()
}

func engineES() EngineWords {
	return EngineWords{
		Emit:         "Acepta un evento y lo entrega a los webhooks que lo esperan",
		EmitLong:     "Guarda un evento en el disco, con los datos de ejemplo o con un cuerpo propio byte a byte, e imprime\nACK y su id cuando ya no puede perderse. Lo entrega quien envíe: serve o las pantallas.",
		Serve:        "Envía sin pantallas y acepta eventos por HTTP",
		ServeLong:    "Envía lo que haya por entregar y acepta eventos en POST /v1/events con un token. Imprime «ready» y\nsu dirección cuando acepta. Termina con SIGTERM; lo que está en curso tiene 5 s.",
		Event:        "Muestra los eventos aceptados",
		EventList:    "Enumera los eventos, los más nuevos primero",
		EventShow:    "Imprime el cuerpo de un evento byte a byte",
		EventWhy:     "Explica, para cada webhook, por qué se entregó o no",
		Delivery:     "Muestra, reenvía, reintenta y cancela entregas",
		DeliveryList: "Enumera las entregas, las más nuevas primero",
		DeliveryShow: "Muestra una entrega con sus intentos",
		Diff:         "Compara un intento con otro o con el ejemplo",
		DiffLong:     "Dice en qué se distingue el último intento de una entrega: configuración, resultado, encabezados y cuerpos.\nSin --with compara con lo que más aclara: el último éxito del webhook, un intento anterior o el ejemplo.",
		FlagWith:     "con qué se compara; un id es el de otra entrega",
		FlagAttempt:  "número del intento; por omisión, el último",
		DeliveryTail: "Imprime las entregas según cambian",
		Replay:       "Reenvía entregas: por id o las que elija un filtro",
		ReplayLong:   "Crea entregas nuevas de los mismos eventos, con el mismo webhook-id y el plan de reintentos completo.\nCon --edit abre el cuerpo en su editor: un cuerpo cambiado es un evento nuevo.",
		Retry:        "Intenta ya las entregas que esperan su próximo intento",
		RetryLong:    "No espera al plan de reintentos ni a lo que pidiera el receptor: es para cuando ya está arreglado. El\nintento cuenta como los demás y respeta el ritmo y los simultáneos del webhook; si su cortacircuitos\nestá abierto, sale una de prueba y las demás la siguen cuando el receptor contesta.",
		NotRetried:   "Nada espera su próximo intento: terminó ya, se está enviando, o su webhook o su reenvío está parado.",
		Retried: func(n int) string {
			return ES.Count(n, "entrega puede salir ya.", "de entregas pueden salir ya.", "entregas pueden salir ya.")
		},
		WouldRetry: func(n int) string {
			return ES.Count(n, "entrega podría salir ya.", "de entregas podrían salir ya.", "entregas podrían salir ya.")
		},
		Cancel:     "Cancela entregas que aún no han terminado",
		FilterLong: "El filtro es el de las pantallas: state:dead hook:crm event:call.tag status:5xx error:timeout since:2h\nreplay:ID !test palabras",
		Hold:       "Retiene lo que un reenvío aún no ha enviado",
		HeldBack: func(n int) string {
			return ES.Count(n, "entrega retenida.", "de entregas retenidas.", "entregas retenidas.")
		},
		Resume: "Sigue con un reenvío retenido, al mismo ritmo",
		SentOn: func(n int) string {
			return ES.Count(n, "entrega en cola de nuevo.", "de entregas en cola de nuevo.", "entregas en cola de nuevo.")
		},
		ReplayID: "REENVÍO",

		EventReplay:     "Entrega eventos a un webhook, se decidiera lo que se decidiera",
		EventReplayLong: "Crea entregas de esos eventos para un webhook aunque no los eligiera, su condición fallara o estuviera\ndesactivado cuando llegaron. Llevan el mismo webhook-id y el plan de reintentos completo.",
		FlagToHook:      "webhook que los recibe: nombre o id",

		FlagID:          "id del evento; por omisión, uno nuevo",
		FlagKey:         "la misma clave con los mismos bytes no se acepta dos veces en 24 horas",
		FlagCount:       "cuántos eventos",
		FlagRate:        "cuántos por segundo; 0: sin límite",
		FlagAck:         "imprime un ACK por evento también con --count",
		FlagCursor:      "sigue donde acabó la página anterior",
		FlagFilter:      "qué entregas, por ejemplo «state:dead hook:crm»",
		FlagSince:       "desde: una fecha, una hora o hace cuánto (90m, 2h, 3d)",
		FlagUntil:       "hasta: una fecha, una hora o hace cuánto",
		FlagDry:         "solo cuenta, no cambia nada",
		FlagEdit:        "edita el cuerpo antes de enviarlo",
		FlagListen:      "dirección en la que se aceptan eventos",
		FlagToken:       "archivo del token; se crea si no existe",
		FlagHost:        "nombre que se acepta en Host además de los de este equipo",
		FlagMetrics:     "dirección aparte para GET /metrics, sin token",
		FlagConcurrency: "envíos a la vez en total",

		Accepted: func(n int, event string) string {
			return ES.Count(n, "evento "+event+" aceptado.", "de eventos "+event+" aceptados.", "eventos "+event+" aceptados.")
		},
		NobodySends: "Aceptado, pero nadie envía ahora: arranque «hooktop serve» o abra las pantallas.",
		More:        "Hay más: --cursor %s",
		NotEdited:   "El cuerpo no cambió; no se envió nada.",
		Replayed: func(n int) string {
			return ES.Count(n, "entrega reenviada.", "de entregas reenviadas.", "entregas reenviadas.")
		},
		WouldReplay: func(n int) string {
			return ES.Count(n, "entrega se reenviaría.", "de entregas se reenviarían.", "entregas se reenviarían.")
		},
		Cancelled: func(n int) string {
			return ES.Count(n, "entrega cancelada.", "de entregas canceladas.", "entregas canceladas.")
		},
		WouldCancel: func(n int) string {
			return ES.Count(n, "entrega se cancelaría.", "de entregas se cancelarían.", "entregas se cancelarían.")
		},
		NotReplayed: func(n int) string {
			return ES.Count(n, "entrega no ha terminado: saldrá sola y no hay nada que reenviar.", "de entregas no han terminado: saldrán solas y no hay nada que reenviar.",
				"entregas no han terminado: saldrán solas y no hay nada que reenviar.")
		},
		HoldsBack: "«%s» (%s) retiene sus entregas. Para enviarlas: %s",
		Recovered: "La última vez no se cerró bien; entregas interrumpidas que se envían otra vez: %s",
		NewToken:  "Token nuevo: %s\n  Está en %s; no se vuelve a mostrar.",
		Token:     "Token de serve",

		NoEvents:     "No hay eventos.",
		NoDeliveries: "No hay entregas que mostrar.",
		NoDecisions:  "No había ningún webhook cuando llegó.",
		ColSubject:   "LLAMADA",
		ColDecision:  "DECISIÓN",
		ColBecause:   "MOTIVO",
		ColNext:      "PRÓXIMO",
		ColAttempts:  "INTENTOS",
		ColOutcome:   "DESENLACE",
		ReplayOf:     "REENVÍO DE",

		Decision: map[model.DecisionResult]string{
			model.DecisionMatched: "coincide", model.DecisionFiltered: "filtrado",
			model.DecisionDisabled: "desactivado", model.DecisionDraft: "borrador",
		},
		Clause: map[model.Clause]string{
			model.ClauseEvents: "disparador no elegido", model.ClauseCondition: "la condición no se cumple",
			model.ClauseConditionError: "la condición falló",
		},
		Ingest: map[model.Code]string{
			"unknown_host":       "No se acepta este Host",
			"cross_site":         "No se aceptan peticiones de páginas de otro sitio",
			"unauthorized":       "Falta el token o no es el correcto",
			"no_such_path":       "No hay nada en esta ruta",
			"method_not_allowed": "Este método no sirve aquí",
			"content_type":       "Content-Type debe ser application/json o application/x-ndjson, en UTF-8 y sin comprimir",
			"bad_header":         "Este encabezado no es válido",
			"request_timeout":    "La petición tardó demasiado en llegar",
			"body_incomplete":    "El cuerpo llegó incompleto",
			"busy":               "Hay demasiado en curso; repita en un momento",
			"unavailable":        "Ahora no se puede aceptar; repita en un momento",
		},
	}
}

func engineEN() EngineWords {
	return EngineWords{
		Emit:         "Accept an event and deliver it to the webhooks that wait for it",
		EmitLong:     "Keeps an event on disk, with the sample's data or with a body of your own byte for byte, and prints\nACK and its id once it cannot be lost any more. It is delivered by whoever sends: serve or the screens.",
		Serve:        "Send without screens and accept events over HTTP",
		ServeLong:    "Sends what waits and accepts events at POST /v1/events with a token. Prints \"ready\" and its address\nwhen it accepts. SIGTERM ends it; what is in flight gets 5 s.",
		Event:        "Show the events accepted",
		EventList:    "List events, newest first",
		EventShow:    "Print an event's body byte for byte",
		EventWhy:     "Explain for each webhook why it was delivered or not",
		Delivery:     "Show, replay, retry and cancel deliveries",
		DeliveryList: "List deliveries, newest first",
		DeliveryShow: "Show a delivery with its attempts",
		Diff:         "Compare an attempt with another one or with the sample",
		DiffLong:     "Says how the last attempt of a delivery differs: configuration, result, headers and bodies. Without\n--with it compares with what tells most: the webhook's last success, an earlier attempt or the sample.",
		FlagWith:     "what to compare with; an id is that of another delivery",
		FlagAttempt:  "number of the attempt; the last one by default",
		DeliveryTail: "Print deliveries as they change",
		Replay:       "Replay deliveries: by id, or those a filter chooses",
		ReplayLong:   "Makes new deliveries of the same events, with the same webhook-id and the whole retry schedule.\nWith --edit it opens the body in your editor: a changed body is a new event.",
		Retry:        "Try deliveries now that wait for their next try",
		RetryLong:    "Waits neither for the retry schedule nor for what the receiver asked: it is for when that is mended. The\nattempt counts like any other and keeps to the webhook's rate and concurrency; if its circuit breaker is\nopen, one goes out to see and the others follow once the receiver answers.",
		NotRetried:   "Nothing waits for its next try: it has ended, is being sent, or its webhook or its replay is stopped.",
		Retried:      func(n int) string { return EN.Count(n, "delivery is due now.", "", "deliveries are due now.") },
		WouldRetry: func(n int) string {
			return EN.Count(n, "delivery would be due now.", "", "deliveries would be due now.")
		},
		Cancel:     "Cancel deliveries that are not done yet",
		FilterLong: "The filter is the screens': state:dead hook:crm event:call.tag status:5xx error:timeout since:2h\nreplay:ID !test words",
		Hold:       "Hold what a replay has not sent yet",
		HeldBack:   func(n int) string { return EN.Count(n, "delivery held.", "", "deliveries held.") },
		Resume:     "Go on with a replay that is held, at the same rate",
		SentOn:     func(n int) string { return EN.Count(n, "delivery queued again.", "", "deliveries queued again.") },
		ReplayID:   "REPLAY",

		EventReplay:     "Deliver events to a webhook, whatever was decided",
		EventReplayLong: "Makes deliveries of these events to a webhook even if it had not chosen them, its condition failed, or\nit was disabled when they came. They have the same webhook-id and the whole retry schedule.",
		FlagToHook:      "webhook that gets them: name or id",

		FlagID:          "id of the event; a new one by default",
		FlagKey:         "the same key with the same bytes is not accepted twice in 24 hours",
		FlagCount:       "how many events",
		FlagRate:        "how many per second; 0: no limit",
		FlagAck:         "print an ACK for each event with --count too",
		FlagCursor:      "go on where the last page ended",
		FlagFilter:      "which deliveries, such as \"state:dead hook:crm\"",
		FlagSince:       "from: a date, a time, or how long ago (90m, 2h, 3d)",
		FlagUntil:       "to: a date, a time, or how long ago",
		FlagDry:         "only count, change nothing",
		FlagEdit:        "edit the body before sending it",
		FlagListen:      "address where events are accepted",
		FlagToken:       "file of the token; made if there is none",
		FlagHost:        "name accepted in Host beside this machine's own",
		FlagMetrics:     "address of its own for GET /metrics, without a token",
		FlagConcurrency: "attempts in flight over all",

		Accepted: func(n int, event string) string {
			return EN.Count(n, "event "+event+" accepted.", "", "events "+event+" accepted.")
		},
		NobodySends: "Accepted, but nobody is sending now: start \"hooktop serve\" or open the screens.",
		More:        "There is more: --cursor %s",
		NotEdited:   "The body was not changed; nothing was sent.",
		Replayed:    func(n int) string { return EN.Count(n, "delivery replayed.", "", "deliveries replayed.") },
		WouldReplay: func(n int) string {
			return EN.Count(n, "delivery would be replayed.", "", "deliveries would be replayed.")
		},
		Cancelled: func(n int) string { return EN.Count(n, "delivery cancelled.", "", "deliveries cancelled.") },
		WouldCancel: func(n int) string {
			return EN.Count(n, "delivery would be cancelled.", "", "deliveries would be cancelled.")
		},
		NotReplayed: func(n int) string {
			return EN.Count(n, "delivery has not ended: it goes out by itself, there is nothing to replay.", "",
				"deliveries have not ended: they go out by themselves, there is nothing to replay.")
		},
		HoldsBack: "“%s” (%s) holds its deliveries. To send them: %s",
		Recovered: "The last run did not end cleanly; interrupted deliveries that are sent again: %s",
		NewToken:  "New token: %s\n  It is in %s; it is not shown again.",
		Token:     "Token of serve",

		NoEvents:     "There are no events.",
		NoDeliveries: "There are no deliveries to show.",
		NoDecisions:  "There was no webhook when it came.",
		ColSubject:   "CALL",
		ColDecision:  "DECISION",
		ColBecause:   "BECAUSE",
		ColNext:      "NEXT",
		ColAttempts:  "ATTEMPTS",
		ColOutcome:   "OUTCOME",
		ReplayOf:     "REPLAY OF",

		Decision: map[model.DecisionResult]string{
			model.DecisionMatched: "matched", model.DecisionFiltered: "filtered",
			model.DecisionDisabled: "disabled", model.DecisionDraft: "draft",
		},
		Clause: map[model.Clause]string{
			model.ClauseEvents: "trigger not chosen", model.ClauseCondition: "the condition does not hold",
			model.ClauseConditionError: "the condition failed",
		},
		Ingest: map[model.Code]string{
			"unknown_host":       "This Host is not accepted",
			"cross_site":         "Requests from another site's pages are not accepted",
			"unauthorized":       "The token is missing or wrong",
			"no_such_path":       "There is nothing at this path",
			"method_not_allowed": "This method does nothing here",
			"content_type":       "Content-Type must be application/json or application/x-ndjson, in UTF-8, uncompressed",
			"bad_header":         "This header is not valid",
			"request_timeout":    "The request took too long to arrive",
			"body_incomplete":    "The body arrived incomplete",
			"busy":               "Too much is under way; try again in a moment",
			"unavailable":        "Nothing can be accepted now; try again in a moment",
		},
	}
}
