package text

import "fmt"

// SettingsWords are the words of the settings screen.
type SettingsWords struct {
	Tab                            string
	Next, Prev, Copy               ActionWords
	Lang, Theme, Color, ASCII      SettingWords
	Motion, Mouse, Notify          SettingWords
	Egress, Retention, Version     SettingWords
	Config, Data, Key, Samples     SettingWords
	State, Log, Token              SettingWords
	On, Off                        string
	Setting, Value, From           string            // the columns
	Names                          map[string]string // of values that are words of ours
	FromFlag, FromEnv              func(name string) string
	FromFile, FromDefault, FromNow string
	Wins                           func(name string) string // what overrides the file at the next start
	NextStart, NotKept             string
	SaveFailed                     func(why string) string
	Kept                           func(delivered, dead, size string) string
}

// SettingWords name a setting and say what it does.
type SettingWords struct{ Label, Help string }

func settingsES() SettingsWords {
	return SettingsWords{
		Tab:       "Ajustes",
		Next:      ActionWords{"cambiar", "Poner el valor siguiente"},
		Prev:      ActionWords{"anterior", "Poner el valor anterior"},
		Copy:      ActionWords{"copiar", "Copiar el valor"},
		Lang:      SettingWords{"Idioma", "El idioma de las pantallas y de la ayuda."},
		Theme:     SettingWords{"Tema", "Automático sigue los colores de su terminal, claros u oscuros."},
		Color:     SettingWords{"Color", "Automático dibuja en color donde el terminal puede; NO_COLOR lo quita."},
		ASCII:     SettingWords{"Solo ASCII", "Dibuja líneas y símbolos con caracteres ASCII."},
		Motion:    SettingWords{"Movimiento", "Apagado, nada se mueve por sí solo: ni relojes ni contadores."},
		Mouse:     SettingWords{"Ratón", "Apagado, el ratón selecciona texto como siempre en su terminal."},
		Notify:    SettingWords{"Notificación", "Suena y notifica (OSC 9) cuando una entrega se da por fallida."},
		Egress:    SettingWords{"Salida", "A qué direcciones se puede enviar; se cambia con --egress o en el archivo."},
		Retention: SettingWords{"Historial", "Cuánto se guarda; lo que está por entregar no se borra nunca."},
		Version:   SettingWords{"Versión", "La versión de hooktop."},
		Config:    SettingWords{"Configuración", "Este archivo guarda los ajustes; sus comentarios se respetan."},
		Data:      SettingWords{"Datos", "La base de datos con los webhooks y las entregas."},
		Key:       SettingWords{"Clave", "La clave que cifra los secretos en la base de datos."},
		Samples:   SettingWords{"Ejemplos", "Sus propios eventos de ejemplo van en esta carpeta."},
		State:     SettingWords{"Estado", "La sesión, el registro y los informes de fallos."},
		Log:       SettingWords{"Registro", "Lo que hooktop anota de su trabajo; nunca secretos."},
		Token:     SettingWords{"Token", "El token que acepta «hooktop serve»."},
		On:        "sí", Off: "no",
		Setting: "ajuste", Value: "valor", From: "de",
		Names: map[string]string{"es": "español", "en": "inglés (English)", "auto": "automático", "dark": "oscuro", "light": "claro",
			"contrast": "contraste", "mono": "sin color", "always": "siempre", "never": "nunca", "any": "cualquiera", "public": "solo públicas"},
		FromFlag: func(name string) string { return "opción " + name }, FromEnv: func(name string) string { return "entorno " + name },
		FromFile: "archivo", FromDefault: "por omisión", FromNow: "solo ahora",
		Wins: func(name string) string {
			return fmt.Sprintf("Guardado en el archivo; al empezar manda %s", name)
		},
		NextStart: "Habrá color desde el próximo inicio",
		NotKept:   "Cambia ahora; la demostración no guarda nada",
		SaveFailed: func(why string) string {
			return "El ajuste vale ahora, pero no se pudo guardar: " + why
		},
		Kept: func(delivered, dead, size string) string {
			return fmt.Sprintf("entregadas %s, fallidas %s, hasta %s", delivered, dead, size)
		},
	}
}

func settingsEN() SettingsWords {
	return SettingsWords{
		Tab:       "Settings",
		Next:      ActionWords{"change", "Set the next value"},
		Prev:      ActionWords{"previous", "Set the previous value"},
		Copy:      ActionWords{"copy", "Copy the value"},
		Lang:      SettingWords{"Language", "The language of the screens and of the help."},
		Theme:     SettingWords{"Theme", "Automatic follows the colours of your terminal, light or dark."},
		Color:     SettingWords{"Colour", "Automatic draws in colour where the terminal can; NO_COLOR takes it away."},
		ASCII:     SettingWords{"ASCII only", "Draws lines and symbols with ASCII characters."},
		Motion:    SettingWords{"Motion", "Off, nothing moves by itself: neither clocks nor counters."},
		Mouse:     SettingWords{"Mouse", "Off, the mouse selects text as always in your terminal."},
		Notify:    SettingWords{"Notification", "Rings and notifies (OSC 9) when a delivery is given up."},
		Egress:    SettingWords{"Egress", "Which addresses may be sent to; --egress or the file changes it."},
		Retention: SettingWords{"History", "How much is kept; what is still to be delivered is never deleted."},
		Version:   SettingWords{"Version", "The version of hooktop."},
		Config:    SettingWords{"Configuration", "This file keeps the settings; its comments are respected."},
		Data:      SettingWords{"Data", "The database with the webhooks and the deliveries."},
		Key:       SettingWords{"Key", "The key that encrypts the secrets in the database."},
		Samples:   SettingWords{"Samples", "Sample events of your own go into this folder."},
		State:     SettingWords{"State", "The session, the log and the crash reports."},
		Log:       SettingWords{"Log", "What hooktop notes of its work; never secrets."},
		Token:     SettingWords{"Token", "The token that \"hooktop serve\" accepts."},
		On:        "on", Off: "off",
		Setting: "setting", Value: "value", From: "from",
		Names: map[string]string{"es": "Spanish (español)", "en": "English", "auto": "automatic", "dark": "dark", "light": "light",
			"contrast": "contrast", "mono": "no colour", "always": "always", "never": "never", "any": "any", "public": "public only"},
		FromFlag: func(name string) string { return "option " + name }, FromEnv: func(name string) string { return "environment " + name },
		FromFile: "file", FromDefault: "default", FromNow: "for now",
		Wins: func(name string) string {
			return fmt.Sprintf("Kept in the file; at the start %s decides", name)
		},
		NextStart: "There will be colour from the next start on",
		NotKept:   "Changed for now; the demonstration keeps nothing",
		SaveFailed: func(why string) string {
			return "The setting holds now, but could not be kept: " + why
		},
		Kept: func(delivered, dead, size string) string {
			return fmt.Sprintf("delivered %s, failed %s, up to %s", delivered, dead, size)
		},
	}
}
