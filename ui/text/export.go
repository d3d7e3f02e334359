package text

// ExportWords are the words of the commands that carry webhooks from one place to another.
type ExportWords struct {
	Export, ExportLong, Import, ImportLong string
	FlagDry, FlagReplace                   string
	Actions                                map[string]string // by their words in JSON
	Needs                                  func(keys string) string
	Query                                  func(name string) string // a URL may hold a key there
	Dry                                    string
}

func exportES() ExportWords {
	return ExportWords{
		Export:      "Imprime los webhooks, sin claves, para llevarlos a otro lugar",
		ExportLong:  "Imprime los webhooks en TOML, o un objeto JSON por webhook con --json. No lleva ninguna clave: ni el\nvalor de Authorization, ni la clave de firma, ni los valores de los encabezados; la URL va entera.",
		Import:      "Crea los webhooks de un archivo exportado, como borradores",
		ImportLong:  "Lee lo que imprime export y muestra qué cambia. Los webhooks nuevos quedan como borradores: dé sus claves\ny actívelos. Uno que ya existe con ese nombre no se toca, salvo con --replace: entonces pasa a borrador y\nconserva sus claves, a menos que el archivo lo lleve a otro servidor.",
		FlagDry:     "muestra qué cambiaría y no cambia nada",
		FlagReplace: "cambia también los webhooks que ya existen y son distintos",
		Actions: map[string]string{
			"new": "nuevo, queda como borrador", "same": "sin cambios", "differs": "existe y es distinto: no se toca sin --replace", "changed": "cambia y queda como borrador",
		},
		Needs: func(keys string) string { return "falta dar: " + keys },
		Query: func(name string) string {
			return "La URL de «" + name + "» lleva parámetros: compruebe que no sean claves."
		},
		Dry: "No se ha cambiado nada.",
	}
}

func exportEN() ExportWords {
	return ExportWords{
		Export:      "Print the webhooks, without keys, to carry them elsewhere",
		ExportLong:  "Prints the webhooks in TOML, or an object of JSON for each with --json. No key is in it: neither the\nAuthorization value nor the signing secret nor the values of headers; the URL is in it as it is.",
		Import:      "Create the webhooks of an exported file, as drafts",
		ImportLong:  "Reads what export prints and shows what changes. New webhooks are drafts: give them their keys and enable\nthem. One that has the name already is not touched, but with --replace: then it becomes a draft and keeps\nits keys, unless the file leads it to another server.",
		FlagDry:     "show what would change, and change nothing",
		FlagReplace: "change webhooks too that are there and differ",
		Actions: map[string]string{
			"new": "new, a draft", "same": "unchanged", "differs": "is there and differs: not touched without --replace", "changed": "changed, and a draft now",
		},
		Needs: func(keys string) string { return "still to be given: " + keys },
		Query: func(name string) string {
			return "The URL of “" + name + "” has a query: check that no key is in it."
		},
		Dry: "Nothing was changed.",
	}
}
