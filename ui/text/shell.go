package text

import (
	"fmt"
	"strings"
)

// ActionWords names one action: Label for the footer, Help for help and palette.
type ActionWords struct{ Label, Help string }

// ShellWords are the words of the frame around every screen.
type ShellWords struct {
	TooSmall, Demo, ReadOnly   string
	Least                      string // TooSmall where it does not fit
	Webhooks                   string // the tab
	Live, Frozen, Stopped      string // what the sender does; Frozen: the view stands still
	Connecting                 string
	Owner                      func(pid int) string
	Handover                   func(gone, pid int) string // pid 0: this screen sends now
	HereTitle, EverywhereTitle string                     // sections of the help
	HelpTitle, PaletteTitle    string
	MessagesTitle, NoMessages  string
	Message, CopyMessage       string
	NoMatch                    string
	Cancel                     string
	KeyNames                   map[string]string // by the names of Bubble Tea; the others are said as they are
	EnterRuns, EscCloses       string            // the hints under a dialog
	EnterTakes                 string

	Help, Palette, Back, Quit, Interrupt ActionWords
	Undo, Messages, Suspend, Redraw      ActionWords
	RunDemo                              ActionWords
	Spanish, English                     ActionWords
	Tab                                  func(title string) ActionWords
	Theme                                func(name string) ActionWords

	Mouse                        ActionWords
	MouseOn, MouseOff, MouseHint string
	NotOpened                    func(id string) string

	QuitAgain, PasteRefused, ReadOnlyRefused string
	NothingToUndo                            string
	DemoMissing                              string
	ThemeSet                                 func(name string) string
	LanguageSet                              string

	// What became of a copy; what is the thing copied, clean.
	Copied     func(what, by string) string
	SentToTerm func(what, size string) string
	SavedTo    func(what, path string) string
	CopyFailed func(what, reason string) string

	Editor, Pager ProgramWords
	Crash         func(path string) string
	DemoFailed    func(reason string) string
}

func shellES() ShellWords {
	return ShellWords{
		TooSmall: "Agrande la ventana a 40×12", Least: "40×12", Demo: "DEMO", ReadOnly: "SOLO LECTURA",
		Webhooks: "Webhooks",
		Live:     "EN VIVO", Frozen: "VISTA FIJA", Stopped: "PARADO", Connecting: "CONECTANDO",
		Owner: func(pid int) string { return fmt.Sprintf("remitente pid %d", pid) },
		Handover: func(gone, pid int) string {
			now := "ahora envía esta pantalla"
			if pid != 0 {
				now = fmt.Sprintf("ahora envía el pid %d", pid)
			}
			return fmt.Sprintf("El pid %d terminó; %s. Si era «hooktop serve», nadie acepta eventos por HTTP.", gone, now)
		},
		HereTitle: "En esta pantalla", EverywhereTitle: "En todas partes",
		HelpTitle: "Ayuda", PaletteTitle: "Comandos",
		Message: "mensaje", CopyMessage: "Copiar el mensaje",
		MessagesTitle: "Mensajes", NoMessages: "Aún no hay mensajes.",
		NoMatch: "Ningún comando coincide.",
		Cancel:  "cancelar", EnterRuns: "enter ejecuta", EscCloses: "esc cierra", EnterTakes: "enter acepta",
		KeyNames: map[string]string{"space": "espacio", "shift": "mayús", "up": "arriba", "down": "abajo", "left": "izquierda", "right": "derecha",
			"home": "inicio", "end": "fin", "pgup": "RePág", "pgdown": "AvPág", "backspace": "retroceso", "delete": "supr"},

		Help:      ActionWords{"ayuda", "Ver todas las teclas y ejecutar cualquiera"},
		Palette:   ActionWords{"comandos", "Buscar una acción por su nombre"},
		Back:      ActionWords{"atrás", "Cerrar lo que está delante y volver"},
		Quit:      ActionWords{"salir", "Salir de hooktop"},
		Interrupt: ActionWords{"cancelar", "Cancelar lo que está en curso; dos veces seguidas, salir"},
		Undo:      ActionWords{"deshacer", "Deshacer lo último"},
		Messages:  ActionWords{"mensajes", "Releer los avisos"},
		Suspend:   ActionWords{"suspender", "Volver a la consola; fg continúa"},
		Redraw:    ActionWords{"redibujar", "Dibujar la pantalla de nuevo"},
		RunDemo:   ActionWords{"demostración", "Abrir la demostración, sin red ni datos propios"},
		Spanish:   ActionWords{"español", "Idioma: español"},
		English:   ActionWords{"inglés", "Idioma: inglés (English)"},
		Tab: func(title string) ActionWords {
			return ActionWords{title, "Ir a " + title}
		},
		Theme: func(name string) ActionWords {
			return ActionWords{"tema " + themeES(name), "Colores: " + themeES(name)}
		},

		Mouse:     ActionWords{"ratón", "Apagar el ratón para seleccionar texto, o encenderlo"},
		MouseOn:   "El ratón actúa aquí; m lo devuelve al terminal",
		MouseOff:  "El ratón selecciona texto, como siempre en su terminal; m lo recupera",
		MouseHint: "m: seleccionar con el ratón",
		NotOpened: func(id string) string { return fmt.Sprintf("«%s» no es el id de nada que se pueda abrir", id) },

		QuitAgain:       "Pulse ctrl+c otra vez para salir",
		NothingToUndo:   "No hay nada que deshacer",
		PasteRefused:    "Texto pegado fuera de un campo: no se ha usado",
		ReadOnlyRefused: "Solo lectura: esta acción no está disponible",
		DemoMissing:     "La demostración no está disponible aquí",
		ThemeSet:        func(name string) string { return "Tema: " + themeES(name) },
		LanguageSet:     "Idioma: español",

		Copied: func(what, by string) string { return fmt.Sprintf("Copiado (%s): %s", systemES(by), what) },
		SentToTerm: func(what, size string) string {
			return fmt.Sprintf("Enviado al terminal, %s: %s. Si no se pega: y f lo guarda en un archivo", size, what)
		},
		SavedTo:    func(what, path string) string { return fmt.Sprintf("Guardado en %s: %s", path, what) },
		CopyFailed: func(what, reason string) string { return fmt.Sprintf("No se pudo copiar %s: %s", what, reason) },

		Editor: ProgramWords{
			Missing: with("No existe el editor «%s» · ponga otro: export EDITOR=vi"),
			Unfit:   with("No se puede ejecutar el editor «%s» · ponga otro: export EDITOR=vi"),
			Failed: func(name, reason string) string {
				return fmt.Sprintf("El editor «%s» no terminó bien; nada ha cambiado (%s)", name, reason)
			},
			NoFile: with("No se pudo abrir el editor; nada ha cambiado: %s"),
		},
		Pager: ProgramWords{
			Missing: with("No existe el paginador «%s» · ponga otro: export PAGER=less"),
			Unfit:   with("No se puede ejecutar el paginador «%s» · ponga otro: export PAGER=less"),
			Failed: func(name, reason string) string {
				return fmt.Sprintf("El paginador «%s» no terminó bien (%s)", name, reason)
			},
			NoFile: with("No se pudo abrir el paginador: %s"),
		},
		Crash: func(path string) string {
			if path == "" {
				path = "no se pudo escribir"
			}
			return fmt.Sprintf("hooktop falló y restauró el terminal.\nInforme: %s\nNinguna entrega se perdió.", path)
		},
		DemoFailed: func(reason string) string { return "La demostración no terminó bien: " + reason },
	}
}

func shellEN() ShellWords {
	return ShellWords{
		TooSmall: "Enlarge the window to 40×12", Least: "40×12", Demo: "DEMO", ReadOnly: "READ-ONLY",
		Webhooks: "Webhooks",
		Live:     "LIVE", Frozen: "VIEW FROZEN", Stopped: "STOPPED", Connecting: "CONNECTING",
		Owner: func(pid int) string { return fmt.Sprintf("sender pid %d", pid) },
		Handover: func(gone, pid int) string {
			now := "this screen sends now"
			if pid != 0 {
				now = fmt.Sprintf("pid %d sends now", pid)
			}
			return fmt.Sprintf("Pid %d ended; %s. If it was “hooktop serve”, nobody takes events over HTTP.", gone, now)
		},
		HereTitle: "On this screen", EverywhereTitle: "Everywhere",
		HelpTitle: "Help", PaletteTitle: "Commands",
		Message: "message", CopyMessage: "Copy the message",
		MessagesTitle: "Messages", NoMessages: "No messages yet.",
		NoMatch: "No command matches.",
		Cancel:  "cancel", EnterRuns: "enter runs", EscCloses: "esc closes", EnterTakes: "enter accepts",
		KeyNames: map[string]string{"space": "space", "shift": "shift", "up": "up", "down": "down", "left": "left", "right": "right",
			"home": "home", "end": "end", "pgup": "PgUp", "pgdown": "PgDn", "backspace": "backspace", "delete": "delete"},

		Help:      ActionWords{"help", "See every key and run any of them"},
		Palette:   ActionWords{"commands", "Find an action by its name"},
		Back:      ActionWords{"back", "Close what is in front and go back"},
		Quit:      ActionWords{"quit", "Leave hooktop"},
		Interrupt: ActionWords{"cancel", "Cancel what is running; twice in a row, quit"},
		Undo:      ActionWords{"undo", "Undo the last thing done"},
		Messages:  ActionWords{"messages", "Read the notices again"},
		Suspend:   ActionWords{"suspend", "Back to the shell; fg continues"},
		Redraw:    ActionWords{"redraw", "Draw the screen again"},
		RunDemo:   ActionWords{"demonstration", "Open the demonstration, without network or data of yours"},
		Spanish:   ActionWords{"Spanish", "Language: Spanish (español)"},
		English:   ActionWords{"English", "Language: English"},
		Tab: func(title string) ActionWords {
			return ActionWords{title, "Go to " + title}
		},
		Theme: func(name string) ActionWords {
			return ActionWords{name + " theme", "Colours: " + name}
		},

		Mouse:     ActionWords{"mouse", "Turn the mouse off to select text, or on again"},
		MouseOn:   "The mouse acts here; m gives it back to the terminal",
		MouseOff:  "The mouse selects text, as your terminal always does; m takes it back",
		MouseHint: "m: select with the mouse",
		NotOpened: func(id string) string { return fmt.Sprintf("%q is the id of nothing that can be opened", id) },

		QuitAgain:       "Press ctrl+c again to quit",
		NothingToUndo:   "There is nothing to undo",
		PasteRefused:    "Text pasted outside a field: not used",
		ReadOnlyRefused: "Read-only: this action is not available",
		DemoMissing:     "The demonstration is not available here",
		ThemeSet:        func(name string) string { return "Theme: " + name },
		LanguageSet:     "Language: English",

		Copied: func(what, by string) string { return fmt.Sprintf("Copied (%s): %s", by, what) },
		SentToTerm: func(what, size string) string {
			return fmt.Sprintf("Sent to the terminal, %s: %s. If it does not paste: y f saves it to a file", size, what)
		},
		SavedTo:    func(what, path string) string { return fmt.Sprintf("Saved to %s: %s", path, what) },
		CopyFailed: func(what, reason string) string { return fmt.Sprintf("Could not copy %s: %s", what, reason) },

		Editor: ProgramWords{
			Missing: with("There is no editor “%s” · set another: export EDITOR=vi"),
			Unfit:   with("The editor “%s” cannot be run · set another: export EDITOR=vi"),
			Failed: func(name, reason string) string {
				return fmt.Sprintf("The editor “%s” did not end well; nothing has changed (%s)", name, reason)
			},
			NoFile: with("The editor could not be opened; nothing has changed: %s"),
		},
		Pager: ProgramWords{
			Missing: with("There is no pager “%s” · set another: export PAGER=less"),
			Unfit:   with("The pager “%s” cannot be run · set another: export PAGER=less"),
			Failed: func(name, reason string) string {
				return fmt.Sprintf("The pager “%s” did not end well (%s)", name, reason)
			},
			NoFile: with("The pager could not be opened: %s"),
		},
		Crash: func(path string) string {
			if path == "" {
				path = "could not be written"
			}
			return fmt.Sprintf("hooktop crashed and restored the terminal.\nReport: %s\nNo delivery was lost.", path)
		},
		DemoFailed: func(reason string) string { return "The demonstration did not end well: " + reason },
	}
}

func systemES(by string) string {
	if by == "system" {
		return "sistema"
	}
	return by
}

func themeES(name string) string {
	switch name {
	case "auto":
		return "automático"
	case "dark":
		return "oscuro"
	case "light":
		return "claro"
	case "contrast":
		return "contraste"
	case "mono":
		return "sin color"
	}
	return name
}

// KeyName is a key as people read it: the word on the key in their language where it
// has one, "mayús+arriba", "F2"; else as the keyboard says it, "ctrl+s".
func (w ShellWords) KeyName(key string) string {
	parts := strings.Split(key, "+")
	for i, part := range parts {
		if name, ok := w.KeyNames[part]; ok {
			parts[i] = name
		}
	}
	key = strings.Join(parts, "+")
	if len(key) > 1 && key[0] == 'f' && key[1] >= '1' && key[1] <= '9' {
		return "F" + key[1:]
	}
	return key
}
