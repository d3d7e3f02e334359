package text

// ViewerWords are the words of the viewer of bodies.
type ViewerWords struct {
	Modes             [4]string // tree, pretty, raw, hex
	NotJSON, TooLarge string    // why there is no tree
	NoMatch, Working  string
	JQBad             func(what string) string // what is clean
	JQTime, JQSize    func(limit string) string

	CopyValue, CopyPath, CopySubtree string // what was copied

	Do ViewerActs
}

// ViewerActs are the actions of the viewer.
type ViewerActs struct {
	Find, Next, Prev, Search, Leave, Back Act
	JQ, Run                               Act
	Cycle, Tree, Pretty, Raw, Hex         Act
	Toggle, Unfold, Fold, FoldAll         Act
	UnfoldAll                             Act
	CopyValue, CopyPath, CopySubtree      Act
}

func viewerES() ViewerWords {
	return ViewerWords{
		Modes:   [4]string{"árbol", "legible", "crudo", "hex"},
		NotJSON: "sin árbol: no es JSON", TooLarge: "sin árbol: tiene demasiados valores",
		NoMatch: "no aparece", Working: "En curso… esc lo detiene",
		JQBad:  with("La expresión no sirve: %s"),
		JQTime: with("La expresión tardó más de %s: se detuvo."),
		JQSize: with("La expresión o lo que devuelve ocupa demasiado: el límite es %s."),

		CopyValue: "valor", CopyPath: "ruta jq", CopySubtree: "fragmento de JSON",
		Do: ViewerActs{
			Find:        Act{"buscar", "Buscar un texto en el cuerpo"},
			Next:        Act{"siguiente", "Ir a la coincidencia siguiente"},
			Prev:        Act{"anterior", "Ir a la coincidencia anterior"},
			Search:      Act{"buscar", "Buscar lo escrito"},
			Leave:       Act{"cancelar", "Cerrar el campo"},
			Back:        Act{"volver", "Quitar la búsqueda o el resultado de jq"},
			JQ:          Act{"jq", "Aplicar una expresión jq al cuerpo"},
			Run:         Act{"aplicar", "Aplicar la expresión jq"},
			Cycle:       Act{"vista", "Vista siguiente: árbol, legible, crudo, hex"},
			Tree:        Act{"árbol", "Ver el cuerpo como árbol que se pliega"},
			Pretty:      Act{"legible", "Ver el cuerpo como JSON sangrado"},
			Raw:         Act{"crudo", "Ver el cuerpo tal cual"},
			Hex:         Act{"hex", "Ver el cuerpo byte a byte"},
			Toggle:      Act{"plegar", "Plegar o desplegar el valor"},
			Unfold:      Act{"desplegar", "Desplegar el valor o entrar en él"},
			Fold:        Act{"plegar", "Plegar el valor o ir al que lo contiene"},
			FoldAll:     Act{"plegar todo", "Plegar todos los valores"},
			UnfoldAll:   Act{"desplegar todo", "Desplegar todos los valores, también los textos largos"},
			CopyValue:   Act{"copiar valor", "Copiar el valor bajo el cursor"},
			CopyPath:    Act{"copiar ruta", "Copiar la ruta jq del valor bajo el cursor"},
			CopySubtree: Act{"copiar JSON", "Copiar el valor bajo el cursor con los bytes exactos del cuerpo"},
		},
	}
}

func viewerEN() ViewerWords {
	return ViewerWords{
		Modes:   [4]string{"tree", "pretty", "raw", "hex"},
		NotJSON: "no tree: not JSON", TooLarge: "no tree: too many values",
		NoMatch: "not found", Working: "Working… esc stops it",
		JQBad:  with("The expression does not work: %s"),
		JQTime: with("The expression took more than %s and was stopped."),
		JQSize: with("The expression or what it yields is too large: the limit is %s."),

		CopyValue: "value", CopyPath: "jq path", CopySubtree: "piece of JSON",
		Do: ViewerActs{
			Find:        Act{"search", "Search for a text in the body"},
			Next:        Act{"next", "Go to the next match"},
			Prev:        Act{"previous", "Go to the previous match"},
			Search:      Act{"search", "Search for what was typed"},
			Leave:       Act{"cancel", "Close the field"},
			Back:        Act{"back", "Clear the search or the result of jq"},
			JQ:          Act{"jq", "Run a jq expression on the body"},
			Run:         Act{"run", "Run the jq expression"},
			Cycle:       Act{"view", "Next view: tree, pretty, raw, hex"},
			Tree:        Act{"tree", "Show the body as a tree that folds"},
			Pretty:      Act{"pretty", "Show the body as indented JSON"},
			Raw:         Act{"raw", "Show the body as it is"},
			Hex:         Act{"hex", "Show the body byte by byte"},
			Toggle:      Act{"fold", "Fold or unfold the value"},
			Unfold:      Act{"unfold", "Unfold the value or go into it"},
			Fold:        Act{"fold", "Fold the value or go to the one that holds it"},
			FoldAll:     Act{"fold all", "Fold all values"},
			UnfoldAll:   Act{"unfold all", "Unfold all values, long texts too"},
			CopyValue:   Act{"copy value", "Copy the value under the cursor"},
			CopyPath:    Act{"copy path", "Copy the jq path of the value under the cursor"},
			CopySubtree: Act{"copy JSON", "Copy the value under the cursor in the very bytes of the body"},
		},
	}
}
