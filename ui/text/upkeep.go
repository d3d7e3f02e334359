package text

import "strconv"

// UpkeepWords are the words of the commands that look after the database.
type UpkeepWords struct {
	Backup, BackupLong string
	BackedUp           func(file, size string) string
	BackupKey          func(keyFile string) string // what a backup is of no use without

	Doctor, DoctorLong                       string
	Fine, Note, Bad                          string // how a thing is; Note does no harm
	Database, Integrity, Commits, Files, Key string // what is looked at
	Disk, Sender, Content                    string
	Sizes                                    func(schema int, db, free, wal string) string
	Whole, Unclean                           string
	Waits, Hurries, Unseen                   string // whether commits wait for the disk
	Private                                  string
	Others                                   func(file string) string // can get at it
	NoKey                                    string
	Free                                     func(size string) string
	Full                                     string
	Sends                                    func(pid int) string
	Nobody                                   string
	Events                                   func(n int) string
	EventsSince                              func(n int, day string) string
	Deliveries                               func(n int) string
}

func upkeepES() UpkeepWords {
	events := func(n int) string { return ES.Count(n, "evento", "de eventos", "eventos") }
	return UpkeepWords{
		Backup:     "Guarda una copia comprobada de la base de datos",
		BackupLong: "Copia la base de datos tal como está, también mientras se usa, a un archivo nuevo, y comprueba la\ncopia. Nunca sustituye un archivo. Lo cifrado sigue cifrado: guarde también el archivo de claves, en\notro lugar. Para restaurarla, cierre hooktop, borre los archivos -wal y -shm y ponga la copia en el\nsitio de la base de datos. Lo que esperaba al hacerla se envía entonces, aunque ya se hubiera enviado.",
		BackedUp:   func(file, size string) string { return "Copiada y comprobada: " + file + " (" + size + ")." },
		BackupKey: func(key string) string {
			return "Las claves que contiene solo se leen con " + key + ": guarde una copia de ese archivo en otro lugar."
		},
		Doctor:     "Examina la base de datos: integridad, permisos, claves, espacio y quién envía",
		DoctorLong: "Lee toda la base de datos y dice qué está bien y qué no. El código de salida es 7 si algo está mal;\nun aviso no lo cambia.",
		Fine:       "bien", Note: "aviso", Bad: "mal",
		Database: "Base de datos", Integrity: "Integridad", Commits: "Escritura", Files: "Permisos", Key: "Claves",
		Disk: "Disco", Sender: "Envío", Content: "Contenido",
		Sizes: func(schema int, db, free, wal string) string {
			return "esquema " + ES.Number(schema) + " · " + db + ", " + free + " sin usar · -wal " + wal
		},
		Whole: "todo se lee", Unclean: "todo se lee; el último proceso que escribió se interrumpió",
		Waits: "cada confirmación espera al disco", Hurries: "las confirmaciones no esperan al disco",
		Unseen:  "abierta solo para leer: no se mira cómo se escribe",
		Private: "solo para usted",
		Others:  func(file string) string { return "otros usuarios tienen acceso a " + file + ": chmod 600" },
		NoKey:   "aún no hay nada cifrado",
		Free:    func(size string) string { return size + " libres" },
		Full:    "la base de datos está llena: no se aceptan eventos",
		Sends:   func(pid int) string { return "envía el proceso " + strconv.Itoa(pid) },
		Nobody:  "nadie envía: abra las pantallas o use hooktop serve",
		Events:  events,
		EventsSince: func(n int, day string) string {
			return events(n) + " desde el " + day
		},
		Deliveries: func(n int) string { return ES.Count(n, "entrega", "de entregas", "entregas") },
	}
}

func upkeepEN() UpkeepWords {
	events := func(n int) string { return EN.Count(n, "event", "", "events") }
	return UpkeepWords{
		Backup:     "Save a checked copy of the database",
		BackupLong: "Copies the database as it is, also while it is used, to a new file, and checks the copy. Never writes\nover a file. What is sealed stays sealed: keep the key file too, elsewhere. To restore it, end hooktop,\nremove the -wal and -shm files and put the copy in the place of the database. What waited when it\nwas made is sent then, even if it has been sent since.",
		BackedUp:   func(file, size string) string { return "Copied and checked: " + file + " (" + size + ")." },
		BackupKey: func(key string) string {
			return "The keys in it can be read with " + key + " only: keep a copy of that file elsewhere."
		},
		Doctor:     "Look at the database: integrity, permissions, keys, room and who sends",
		DoctorLong: "Reads the whole database and says what is well and what is not. The exit code is 7 if something is\nbad; a note does not change it.",
		Fine:       "ok", Note: "note", Bad: "bad",
		Database: "Database", Integrity: "Integrity", Commits: "Commits", Files: "Permissions", Key: "Keys",
		Disk: "Disk", Sender: "Sender", Content: "Content",
		Sizes: func(schema int, db, free, wal string) string {
			return "schema " + EN.Number(schema) + " · " + db + ", " + free + " unused · -wal " + wal
		},
		Whole: "all of it can be read", Unclean: "all of it can be read; the last process that wrote was interrupted",
		Waits: "each commit waits for the disk", Hurries: "commits do not wait for the disk",
		Unseen:  "opened to read only: how it is written was not looked at",
		Private: "for you alone",
		Others:  func(file string) string { return "other users can get at " + file + ": chmod 600" },
		NoKey:   "nothing is sealed yet",
		Free:    func(size string) string { return size + " free" },
		Full:    "the database is full: no events are accepted",
		Sends:   func(pid int) string { return "process " + strconv.Itoa(pid) + " sends" },
		Nobody:  "nobody sends: open the screens or use hooktop serve",
		Events:  events,
		EventsSince: func(n int, day string) string {
			return events(n) + " since " + day
		},
		Deliveries: func(n int) string { return EN.Count(n, "delivery", "", "deliveries") },
	}
}
