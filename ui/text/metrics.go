package text

// MetricsWords are the words of the screen of rates, latencies and causes.
type MetricsWords struct {
	Tab                     string
	Hour, Day, Week, Month  string             // the stretches that can be chosen
	All                     string             // over all webhooks
	Delivered, Failed, Dead func(n int) string // Failed: attempts
	Rate                    func(perSecond string) string
	Success                 func(percent string) string
	Attempts                func(step string) string // title of the chart; in each step
	Latency                 func(step string) string
	NoData                  func(stretch string) string
	Webhook, Count, OK      string // heads of the table's columns
	Trend                   string
	Causes                  string
	SlowMinutes, SlowHours  string // the slowest, one of each minute or hour
	NoFailures, NoAttempts  string
	Stale                   func(what string) string
	Updated                 func(clock string) string
	Gone                    string // a webhook that was deleted
	StepMinute, StepHalf    string // the steps of the stretches
	StepThree, StepTwelve   string
	Stats, StatsLong        string // the command that says the same
	FlagHook, DeadHead      string

	Do MetricsActs
}

// MetricsActs are its actions.
type MetricsActs struct {
	Wider, Narrower, Open, Reload, Panel, PanelBack Act
	Hour, Day, Week, Month                          Act
}

func metricsES() MetricsWords {
	return MetricsWords{
		Tab:  "Métricas",
		Hour: "1 h", Day: "24 h", Week: "7 d", Month: "30 d",
		All:       "todos los webhooks",
		Delivered: func(n int) string { return ES.Count(n, "entregada", "de entregadas", "entregadas") },
		Failed:    func(n int) string { return ES.Count(n, "intento fallido", "de intentos fallidos", "intentos fallidos") },
		Dead:      func(n int) string { return ES.Count(n, "fallida", "de fallidas", "fallidas") },
		Rate:      func(r string) string { return r + "/s" },
		Success:   func(p string) string { return "éxito " + p },
		Attempts:  func(step string) string { return "Intentos cada " + step },
		Latency:   func(step string) string { return "Latencia p95 cada " + step },
		NoData:    func(s string) string { return "sin datos en " + s },
		Webhook:   "webhook", Count: "intentos", OK: "éxito", Trend: "evolución",
		Causes: "Causas de fallo", SlowMinutes: "Los más lentos, uno por minuto", SlowHours: "Los más lentos, uno por hora",
		NoFailures: "Ningún intento ha fallado.", NoAttempts: "Ningún intento.",
		Stale:      func(what string) string { return "No se puede leer: " + what },
		Updated:    func(clock string) string { return "a las " + clock },
		Gone:       "eliminado",
		Stats:      "Cuenta lo entregado y lo fallido por webhook, con latencias y causas",
		StatsLong:  "Cuenta los intentos desde un momento (--since 24h), en total y por webhook: éxito, entregas\nque se dieron por muertas, latencias y por qué fallaron. Las pruebas no cuentan.",
		FlagHook:   "solo este webhook: nombre o id",
		DeadHead:   "muertas",
		StepMinute: "minuto", StepHalf: "30 min", StepThree: "3 h", StepTwelve: "12 h",
		Do: MetricsActs{
			Wider:     Act{"más tiempo", "Muestra un plazo más largo"},
			Narrower:  Act{"menos tiempo", "Muestra un plazo más corto"},
			Open:      Act{"ver entregas", "Muestra las entregas de la fila"},
			Reload:    Act{"actualizar", "Lee los datos de nuevo"},
			Panel:     Act{"panel", "Pasa al panel siguiente: webhooks, causas, lentos"},
			PanelBack: Act{"panel anterior", "Vuelve al panel anterior"},
			Hour:      Act{"1 h", "Muestra la última hora"},
			Day:       Act{"24 h", "Muestra las últimas 24 horas"},
			Week:      Act{"7 d", "Muestra los últimos 7 días"},
			Month:     Act{"30 d", "Muestra los últimos 30 días"},
		},
	}
}

func metricsEN() MetricsWords {
	return MetricsWords{
		Tab:  "Metrics",
		Hour: "1 h", Day: "24 h", Week: "7 d", Month: "30 d",
		All:       "all webhooks",
		Delivered: func(n int) string { return EN.Number(n) + " delivered" },
		Failed:    func(n int) string { return EN.Count(n, "failed attempt", "", "failed attempts") },
		Dead:      func(n int) string { return EN.Number(n) + " failed" },
		Rate:      func(r string) string { return r + "/s" },
		Success:   func(p string) string { return "success " + p },
		Attempts:  func(step string) string { return "Attempts every " + step },
		Latency:   func(step string) string { return "Latency p95 every " + step },
		NoData:    func(s string) string { return "no data in " + s },
		Webhook:   "webhook", Count: "attempts", OK: "success", Trend: "trend",
		Causes: "Why attempts failed", SlowMinutes: "Slowest, one per minute", SlowHours: "Slowest, one per hour",
		NoFailures: "No attempt has failed.", NoAttempts: "No attempt.",
		Stale:      func(what string) string { return "Cannot read: " + what },
		Updated:    func(clock string) string { return "at " + clock },
		Gone:       "deleted",
		Stats:      "Count what was delivered and what failed for each webhook, with latencies and causes",
		StatsLong:  "Counts attempts since a moment (--since 24h), over all and for each webhook: success, deliveries\nthat are dead, latencies and why they failed. Tests do not count.",
		FlagHook:   "this webhook only: name or id",
		DeadHead:   "dead",
		StepMinute: "minute", StepHalf: "30 min", StepThree: "3 h", StepTwelve: "12 h",
		Do: MetricsActs{
			Wider:     Act{"more time", "Shows a longer stretch of time"},
			Narrower:  Act{"less time", "Shows a shorter stretch of time"},
			Open:      Act{"deliveries", "Shows the deliveries of the row"},
			Reload:    Act{"reload", "Reads the figures again"},
			Panel:     Act{"panel", "Goes to the next panel: webhooks, causes, slowest"},
			PanelBack: Act{"panel back", "Goes back to the panel before"},
			Hour:      Act{"1 h", "Shows the last hour"},
			Day:       Act{"24 h", "Shows the last 24 hours"},
			Week:      Act{"7 d", "Shows the last 7 days"},
			Month:     Act{"30 d", "Shows the last 30 days"},
		},
	}
}
