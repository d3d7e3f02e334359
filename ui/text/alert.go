package text

import "fmt"

// AlertWords say what stands in the way of deliveries: what happened, since when,
// what to do. hook is a webhook's name, since and at are times, all clean.
type AlertWords struct {
	Title, None, Over string
	All               ActionWords
	Gone, Stopped     string
	Full              string
	Stalled           func(why string) string
	Refused           func(hook, ago string) string // disabled by 410
	GivenUp           func(hook, ago string) string // disabled for failing
	Failing           func(hook, ago, until string) string
	Breaker           func(hook, why, at string) string // why: the last attempt; empty: not known. at: the next try; empty: now
	Condition         func(hook, why string) string
	Skew              func(by string) string
	Owner             func(pid string) string
	TitleFailed       func(n int) string    // of the window
	FailedN           func(n string) string // of a notification
	Waiting           func(n string) string // after the end; n: deliveries
}

func alertES() AlertWords {
	return AlertWords{
		Title: "Avisos en curso", None: "Ningún aviso en curso.", Over: "Resuelto",
		All:     ActionWords{"avisos", "Ver todo lo que impide las entregas ahora"},
		Gone:    "El archivo de datos ya no está en su sitio: nada se guarda ni se envía · devuélvalo a su sitio o reinicie hooktop",
		Stopped: "Nadie envía: lo aceptado espera · arranque «hooktop serve» o reinicie hooktop",
		Full:    "Disco lleno: los envíos esperan · libere espacio; seguirán solos",
		Stalled: func(why string) string {
			return "No se puede escribir en la base de datos: los envíos esperan y seguirán solos · " + why
		},
		Refused: func(hook, ago string) string {
			return fmt.Sprintf("«%s» desactivado %s: su receptor respondió 410 · revise la URL y actívelo de nuevo", hook, ago)
		},
		GivenUp: func(hook, ago string) string {
			return fmt.Sprintf("«%s» desactivado %s: 5 días sin un éxito · corrija el receptor y actívelo de nuevo", hook, ago)
		},
		Failing: func(hook, ago, until string) string {
			return fmt.Sprintf("«%s» falla sin un solo éxito desde %s · se desactivará el %s si sigue así; verifíquelo", hook, ago, until)
		},
		Breaker: func(hook, why, at string) string {
			next := "se está probando ahora"
			if at != "" {
				next = "próximo intento a las " + at
			}
			if why == "" {
				return fmt.Sprintf("«%s» cortado: su receptor falla · %s; verifíquelo para ver la causa", hook, next)
			}
			return fmt.Sprintf("«%s» cortado · %s · %s", hook, why, next)
		},
		Condition: func(hook, why string) string {
			return fmt.Sprintf("La condición de «%s» falla y no se le entrega nada · corríjala al editar · %s", hook, why)
		},
		Skew: func(by string) string {
			return fmt.Sprintf("El reloj del sistema se movió %s mientras hooktop funcionaba · compruébelo y reinicie hooktop", by)
		},
		Owner: func(pid string) string {
			return "Envía otro proceso, pid " + pid + " · esta pantalla usa sus órdenes y lo releva si termina"
		},
		TitleFailed: func(n int) string { return ES.Count(n, "fallida", "de fallidas", "fallidas") },
		Waiting:     func(n string) string { return n + " en espera; nadie enviará hasta «hooktop serve»" },
		FailedN:     func(n string) string { return "hooktop: entregas fallidas hoy: " + n },
	}
}

func alertEN() AlertWords {
	return AlertWords{
		Title: "Alerts now", None: "No alerts now.", Over: "Over",
		All:     ActionWords{"alerts", "See all that stands in the way of deliveries now"},
		Gone:    "The data file is no longer in its place: nothing is kept or sent · put it back or restart hooktop",
		Stopped: "Nobody sends: what was accepted waits · start \"hooktop serve\" or restart hooktop",
		Full:    "Disk full: sending waits · free some space; it goes on by itself",
		Stalled: func(why string) string {
			return "The database cannot be written: sending waits and goes on by itself · " + why
		},
		Refused: func(hook, ago string) string {
			return fmt.Sprintf("%q disabled %s: its receiver answered 410 · check the URL and enable it again", hook, ago)
		},
		GivenUp: func(hook, ago string) string {
			return fmt.Sprintf("%q disabled %s: 5 days without a success · mend the receiver and enable it again", hook, ago)
		},
		Failing: func(hook, ago, until string) string {
			return fmt.Sprintf("%q has failed without one success since %s · it will be disabled on %s if this goes on; verify it", hook, ago, until)
		},
		Breaker: func(hook, why, at string) string {
			next := "it is being tried now"
			if at != "" {
				next = "next try at " + at
			}
			if why == "" {
				return fmt.Sprintf("%q tripped: its receiver fails · %s; verify it to see the cause", hook, next)
			}
			return fmt.Sprintf("%q tripped · %s · %s", hook, why, next)
		},
		Condition: func(hook, why string) string {
			return fmt.Sprintf("The condition of %q fails and nothing is delivered to it · mend it in the form · %s", hook, why)
		},
		Skew: func(by string) string {
			return fmt.Sprintf("The system's clock moved %s while hooktop ran · check it and restart hooktop", by)
		},
		Owner: func(pid string) string {
			return "Another process sends, pid " + pid + " · this screen uses its verbs and takes over when it ends"
		},
		TitleFailed: func(n int) string { return EN.Number(n) + " failed" },
		Waiting:     func(n string) string { return n + " waiting; nobody sends until \"hooktop serve\"" },
		FailedN:     func(n string) string { return "hooktop: failed deliveries today: " + n },
	}
}
