package text

import (
	"maps"

	"hooktop/model"
)

func problemsES() ProblemWords {
	by := inputES()
	maps.Copy(by, storeES())
	maps.Copy(by, wireES())
	return ProblemWords{
		ByCode:    by,
		Unknown:   Problem{"No se pudo completar.", "Repita la operación; si vuelve a fallar, vea la causa exacta."},
		Cancelled: Problem{"Cancelado.", "Repita cuando quiera."},
		TooLate:   Problem{"No terminó a tiempo.", "Repita; si vuelve a fallar, suba el límite de tiempo."},
		At:        " (línea %d, columna %d)",
		Until:     "hasta %s",
		Open:      "«", Close: "»",
		Host: "su receptor",
		Where: map[string]string{
			"timeout": "en Avanzado", "rate": "en Avanzado", "ca": "en Avanzado", "private": "en Avanzado",
			"resume": "con p", "enable": "con s", "auth": "en Authorization",
		},
		Shell: map[string]string{
			"timeout": "con --timeout", "rate": "con --rate", "ca": "con --ca", "private": "con --allow-private",
			"resume": "con hooktop hook resume", "enable": "con hooktop hook enable",
			"auth": "con --auth-stdin",
		},
	}
}

// inputES is what can be wrong with what a person or a script gave.
func inputES() map[string]Problem {
	const escape = "Bórrelo o, si hace falta, escríbalo codificado: un espacio es %20."
	return problems{
		model.CodeNameEmpty:   {"Falta el nombre del webhook.", "Escriba uno, por ejemplo crm-prod."},
		model.CodeNameTaken:   {"Ya hay un webhook con el nombre {value}.", "Elija otro nombre."},
		model.CodeNameTooLong: {"El nombre pasa de {limit} caracteres.", "Acórtelo."},
		model.CodeNameControl: {"El nombre contiene caracteres de control o texto dañado.", "Escríbalo de nuevo en una sola línea."},

		model.CodeURLEmpty:    {"Falta la URL.", "Escriba la dirección de su punto de conexión HTTP, con https:// delante."},
		model.CodeURLScheme:   {"La URL debe empezar por http:// o https://{got}.", "Escriba la dirección completa, con https:// delante."},
		model.CodeURLHost:     {"La URL no tiene un servidor válido{got}.", "Escriba un nombre o una IP después de //."},
		model.CodeURLUserinfo: {"La URL lleva un usuario o una contraseña antes de @.", "Quítelos de la URL y escriba la clave en Authorization."},
		model.CodeURLFragment: {"La URL lleva un fragmento, que nunca se envía{got}.", "Borre # y lo que sigue."},
		model.CodeURLPort:     {"El puerto de la URL no es válido{got}.", "Escriba un número de 1 a 65535, o ninguno."},
		model.CodeURLControl:  {"La URL contiene un espacio o un carácter de control{got}.", escape},
		model.CodeURLSyntax:   {"La URL no se puede leer.", "Revise los signos %, los corchetes y las barras."},
		model.CodeURLTooLong:  {"La URL pasa de {limit} caracteres.", "Acórtela."},

		model.CodeAuthControl: {"Authorization contiene un salto de línea u otro carácter de control.", "Pegue la clave otra vez, en una sola línea."},
		model.CodeAuthBlanks:  {"Authorization empieza o termina con un espacio.", "Bórrelo: el valor se envía tal como se escribe."},
		model.CodeAuthASCII:   {"Authorization contiene caracteres que no son ASCII.", "Use solo letras sin acento, cifras y signos corrientes."},
		model.CodeAuthTooLong: {"Authorization pasa de {limit} caracteres.", "Acorte la clave."},

		model.CodeHeaderName:      {"El nombre de encabezado {value} no es válido.", "Use letras, cifras y guiones, sin espacios: X-Equipo."},
		model.CodeHeaderForbidden: {"El encabezado {value} lo escriben hooktop o el propio HTTP.", "Quítelo; para la clave use el campo Authorization."},
		model.CodeHeaderValue:     {"El valor del encabezado {value} tiene un carácter de control o espacios en los extremos.", "Escríbalo en una sola línea, sin espacios al principio ni al final."},
		model.CodeHeaderTooLong:   {"El encabezado {value} pasa de {size}.", "Acorte su valor."},

		model.CodeSecretFormat:            {"La clave de firma no es whsec_ seguido de base64.", "Genere una, o pegue la de su receptor entera, con sus signos =."},
		model.CodeSecretFormat + ".limit": {"La clave de firma pasa de {limit} bytes.", "Genere una de 32 bytes."},
		model.CodeNoTriggers:              {"No hay ningún disparador marcado.", "Marque al menos uno para activar el webhook."},
		model.CodeUnknownEvent:            {"No existe el disparador ni el evento {value}.", "Elija uno de la lista de hooktop sample."},
		model.CodeOwnFile:                 {"El archivo no se puede leer o tiene un error{got}{at}.", "Corríjalo; lo demás se usa."},
		model.CodeSchedule:                {"El plan de reintentos no es válido{got}.", "Escriba standard, svix, demo, none o esperas que no bajen, de hasta 7 días: 0,5s,5m,2h."},
		model.CodeSchedule + ".limit":     {"El plan de reintentos pasa de {limit} intentos.", "Quite esperas de la lista."},
		model.CodeLimit:                   {"Se pasa del límite de {limit}{got}.", "Reduzca la cantidad."},
		model.CodeLimit + ".header":       {"Hay más de {limit} encabezados.", "Quite los que sobren."},
		model.CodeLimit + ".timeout":      {"El límite de tiempo está fuera de rango{got}.", "Escriba de 1ms a 60s."},
		model.CodeLimit + ".rate":         {"El ritmo está fuera de rango{got}.", "Escriba de una milésima a {limit} entregas por segundo, o 0 para no limitarlo."},
		model.CodeLimit + ".script":       {"{value} no es un estado de 200 a {limit}, ni un archivo.", "Escriba estados separados por comas, como 500,500,200, o indique un archivo que los contenga."},
		model.CodeLimit + ".concurrency":  {"El número de envíos simultáneos está fuera de rango{got}.", "Escriba de 1 a {limit}."},
		model.CodeCondition:               {"La condición jq no es válida{got}.", "Revise la expresión."},
		model.CodeCA:                      {"El archivo no contiene un certificado PEM válido.", "Elija un archivo con bloques BEGIN CERTIFICATE."},

		model.CodeBodyEmpty:           {"El cuerpo está vacío.", "Escriba o abra un JSON; {} también vale."},
		model.CodeBodyJSON:            {"El cuerpo no es JSON válido{at}.", "Corrija ese punto y repita."},
		model.CodeBodyJSON + ".value": {"El cuerpo no es JSON válido: no se esperaba {value}{at}.", "Corrija ese punto y repita."},
		model.CodeBodyJSON + ".limit": {"El cuerpo tiene más de {limit} niveles{at}.", "Reduzca el anidamiento."},
		model.CodeBodyTooLarge:        {"El contenido pasa de {size}{got}.", "Redúzcalo."},
		model.CodeBodyUTF8:            {"El cuerpo no es texto UTF-8{at}.", "Guárdelo como UTF-8 y repita."},

		model.CodeUsage:               {"{raw}", ""},
		model.CodeLang:                {"No hay palabras en el idioma {value}.", "Use es o en."},
		model.CodeTheme:               {"No existe el tema {value}.", "Use auto, dark, light, contrast o mono."},
		model.CodeConfig:              {"El archivo de configuración no se puede leer o tiene un error{got}{at}.", "Corríjalo; mientras tanto se usa lo que se entiende."},
		model.CodeNotFound:            {"No existe {value}.", "Revise cómo está escrito."},
		model.CodeReadOnly:            {"Solo lectura: no se ha cambiado nada.", "Quite --readonly para hacer cambios."},
		model.CodeConflict:            {"Otro proceso cambió {value} mientras tanto.", "Ábralo de nuevo y repita el cambio."},
		model.CodeConflict + ".state": {"No es posible mientras el webhook está {raw}.", "Actívelo o reanúdelo primero."},

		model.CodeConflict + ".paused":     {"No es posible mientras el webhook está {raw}.", "Reanúdelo {resume}."},
		model.CodeConflict + ".disabled":   {"No es posible mientras el webhook está {raw}.", "Actívelo {enable}."},
		model.CodeConflict + ".draft":      {"No es posible mientras el webhook está {raw}.", "Actívelo {enable}."},
		model.CodePortInUse:                {"La dirección {value} ya está ocupada.", "Elija otro puerto o cierre el programa que la usa."},
		model.CodeEventName:                {"El tipo de evento {value} no es válido, o no es el del archivo{at}.", "Use letras, cifras, _ y puntos, como pedido.pagado, y el mismo tipo en el cuerpo."},
		model.CodeEventTaken:               {"{value} ya es un evento incluido o un disparador.", "Ponga otro nombre al archivo."},
		model.CodeEventNoBody:              {"{value} tiene página o etiqueta, pero no cuerpo de ejemplo.", "Añada el archivo {raw}.json."},
		model.CodeDuplicate:                {"Ya hay un evento con el identificador o la clave {value} y otros bytes.", "Dé otro identificador a lo que es nuevo, o repita los mismos bytes."},
		model.CodeEventID:                  {"{value} no puede ser el identificador de un evento ni una clave de idempotencia.", "Use de 1 a 128 letras, cifras, guiones y guiones bajos."},
		model.CodeEventID + ".idempotency": {"{value} no puede ser una clave de idempotencia.", "Use de 1 a 255 caracteres ASCII visibles, sin espacios."},

		model.CodeFilterKey:              {"El filtro no conoce la clave de {value}.", "Use state, hook, event, status, error, since, until, test, id, call o replay; para buscar el texto tal cual, póngalo entre comillas."},
		model.CodeFilterValue:            {"El filtro no entiende {value}.", "Por ejemplo: state:dead status:5xx error:timeout since:2h until:2026-03-12 test:no."},
		model.CodeFilterValue + ".state": {"El filtro no entiende {value}.", "Use queued, sending, retrying, held, delivered, dead o cancelled; varios, con comas."},
		model.CodeFilterQuote:            {"Falta cerrar unas comillas en el filtro{got}.", "Añada las comillas que faltan, o borre las que sobran."},

		model.CodeNotFound + ".name":    {"No hay ningún webhook con el nombre o id {value}.", "Vea los que hay con hooktop hook list; los eliminados, con --deleted."},
		model.CodeNotFound + ".deleted": {"{value} no está eliminado.", "No hay nada que recuperar."},
		model.CodeNotFound + ".db":      {"No existe la base de datos {value}.", "Revise la ruta de --db."},
		model.CodeNotFound + ".ca":      {"No se puede leer el archivo de la CA {value}.", "Revise la ruta y los permisos."},
		model.CodeNotFound + ".body":    {"No se puede leer el archivo {value}.", "Revise la ruta y los permisos."},
		model.CodeNotFound + ".secret":  {"El webhook {value} no tiene clave de firma.", "Désela, o indique otro webhook."},
		model.CodeImport:                {"El archivo de webhooks no se puede leer{got}{at}.", "Debe ser como lo escribe hooktop, en TOML o JSON."},
		model.CodeNotFound + ".file":    {"No se puede leer el archivo {value}.", "Revise la ruta y los permisos."},
		model.CodeNotFound + ".backup":  {"No existe la carpeta de {value}.", "Créela, o elija otra ruta."},
		model.CodeFileExists:            {"Ya hay algo en {value}; no se ha tocado.", "Elija otro nombre, o quítelo de ahí."},
	}.byName()
}

// storeES is what can be wrong with the store.
func storeES() map[string]Problem {
	return problems{
		model.CodeStoreLocked:               {"Otro proceso tiene bloqueada la base de datos {value}.", "Espere a que termine, ciérrelo, o use otra con --db."},
		model.CodeStoreLocked + ".owner":    {"Otro proceso de hooktop ya es dueño de esta base de datos.", "Use ese, o termínelo antes."},
		model.CodeStoreLocked + ".pid":      {"El proceso de hooktop con pid {raw} ya es dueño de esta base de datos.", "Use ese, o termínelo antes."},
		model.CodeStoreLocked + ".socket":   {"El proceso de hooktop dueño de esta base de datos no responde.", "Repita en un momento; si sigue así, termine ese proceso."},
		model.CodeStoreForeign:              {"{value} no es una base de datos de hooktop; no se ha tocado.", "Use otro archivo con --db."},
		model.CodeStoreNewer:                {"{value} es de una versión más nueva de hooktop; no se ha tocado.", "Actualice hooktop, o use otro archivo con --db."},
		model.CodeStoreCorrupt:              {"La base de datos {value} está dañada.", "Guarde una copia y restaure un respaldo, o use otro archivo con --db."},
		model.CodeStoreOlder:                {"{value} es de una versión anterior de hooktop y debe actualizarse antes de poder leerse.", "Ábralo una vez sin --readonly, y cierre las versiones anteriores de hooktop que aún lo usen."},
		model.CodeStoreReadOnly:             {"No se puede escribir en {value}.", "Revise los permisos del archivo y de su carpeta, o ábralo con --readonly."},
		model.CodeStoreFull:                 {"El disco está lleno: no se ha guardado nada en {value}.", "Libere espacio y repita."},
		model.CodeStoreGone:                 {"El archivo {value} se borró o se sustituyó mientras se usaba.", "Cierre hooktop, devuelva el archivo a su sitio y ábralo otra vez."},
		model.CodeStorePath:                 {"{value} no puede estar ahí: parte de la ruta es un archivo, no una carpeta.", "Elija otra ruta con --db."},
		model.CodeStoreIO:                   {"El disco falló al leer o escribir {value}.", "Compruebe el disco y abra hooktop otra vez."},
		model.CodeStoreReadOnly + ".backup": {"No se puede escribir el respaldo en {value}.", "Revise los permisos de su carpeta."},
		model.CodeStoreFull + ".backup":     {"El disco está lleno: no hay sitio para el respaldo {value}.", "Libere espacio, o elija otro disco."},
		model.CodeStorePath + ".backup":     {"El respaldo no puede estar en {value}: parte de la ruta es un archivo, no una carpeta.", "Elija otra ruta."},
		model.CodeStoreIO + ".backup":       {"El disco falló al escribir el respaldo {value}.", "Elija otro disco. La base de datos no se ha tocado."},
		model.CodeKeyMissing:                {"Falta el archivo de claves, y sin él no se leen los secretos guardados{got}.", "Devuélvalo a su sitio: hooktop paths dice cuál es."},
		model.CodeKeyWrong:                  {"El archivo de claves {value} es de otra base de datos.", "Ponga en su sitio el que corresponde, o use otra base de datos con --db."},
		model.CodeKeyMode:                   {"Otros usuarios pueden leer el archivo de claves {value}.", "Quíteles el permiso: chmod 600."},
	}.byName()
}

// wireES is how a delivery, a test or a verification can fail.
func wireES() map[string]Problem {
	const allow = "Permítalo para este webhook {private}."
	const check = "Revise la URL: hooktop nunca envía allí."
	return problems{
		model.CodeInvalidURL:                      {"La URL no es válida.", "Corríjala en el webhook."},
		model.CodeBlockedAddress + ".addr":        {"Un receptor solo escucha en {value} con una clave.", "Dele un valor de Authorization o una clave de firma, o haga que escuche en 127.0.0.1."},
		model.CodeBlockedAddress:                  {"{host} lleva a una dirección que no se permite.", check},
		model.CodeBlockedAddress + ".link_local":  {"{host} lleva a una dirección de enlace local.", check},
		model.CodeBlockedAddress + ".metadata":    {"{host} lleva al servicio de metadatos de una nube, que guarda credenciales.", check},
		model.CodeBlockedAddress + ".unspecified": {"{host} lleva a una dirección sin destino.", check},
		model.CodeBlockedAddress + ".multicast":   {"{host} lleva a una dirección de multidifusión.", check},
		model.CodeBlockedAddress + ".reserved":    {"{host} lleva a una dirección reservada.", check},
		model.CodeBlockedAddress + ".loopback":    {"{host} es esta misma máquina, y --egress public no la permite.", allow},
		model.CodeBlockedAddress + ".private":     {"{host} está en una red privada, y --egress public no la permite.", allow},

		model.CodeDNS:                  {"No se encuentra la dirección de {name}.", "Revise el nombre del servidor en la URL."},
		model.CodeDNS + ".not_found":   {"El nombre {name} no existe.", "Revise cómo está escrito en la URL."},
		model.CodeDNS + ".server":      {"El servidor de nombres no pudo buscar {name}.", "Revise su conexión y su DNS, y repita."},
		model.CodeRefused:              {"El servidor no acepta conexiones en {host}.", "¿Está arrancado?"},
		model.CodeUnreachable:          {"No hay camino hasta {host}.", "Revise la red, la VPN y el cortafuegos."},
		model.CodeReset:                {"La conexión con {host} se cortó antes de la respuesta.", "Mire el registro de su receptor en ese momento."},
		model.CodeTimeout:              {"{host} no respondió a tiempo.", "Revise su receptor, o suba los límites {timeout}."},
		model.CodeTimeout + ".dns":     {"La búsqueda del nombre {name} tardó demasiado.", "Revise su DNS y repita."},
		model.CodeTimeout + ".connect": {"{host} no aceptó la conexión a tiempo.", "Revise el puerto y el cortafuegos de su servidor."},
		model.CodeTimeout + ".tls":     {"{host} no terminó el saludo TLS a tiempo.", "Compruebe que ese puerto habla TLS."},
		model.CodeTimeout + ".headers": {"{host} recibió la petición y no respondió a tiempo.", "Responda 2xx enseguida y trabaje después, o suba el límite {timeout}."},
		model.CodeTimeout + ".total":   {"El intento con {host} pasó del límite total.", "Revise su receptor, o suba el límite total {timeout}."},

		model.CodeTLS:                    {"El cifrado con {host} falló.", "Revise la configuración TLS de su servidor."},
		model.CodeTLS + ".expired":       {"El certificado de {host} está caducado.", "Renuévelo en su servidor."},
		model.CodeTLS + ".not_yet_valid": {"El certificado de {host} todavía no es válido.", "Revise el reloj de esta máquina y la fecha del certificado."},
		model.CodeTLS + ".unknown_ca":    {"El certificado de {host} es de una autoridad desconocida.", "Añada su CA {ca}, o use un certificado público."},
		model.CodeTLS + ".hostname":      {"El certificado de {host} es para otro nombre.", "Escriba en la URL el nombre del certificado, o cambie el certificado."},
		model.CodeTLS + ".version":       {"{host} solo habla versiones antiguas de TLS.", "Active TLS 1.2 o 1.3 en su servidor."},
		model.CodeTLS + ".client_cert":   {"{host} pide un certificado de cliente, y hooktop no envía ninguno.", "Quite esa exigencia para esta ruta y compruebe Authorization."},
		model.CodeTLS + ".plain_http":    {"{host} habla HTTP sin cifrar en ese puerto.", "Escriba http:// o el puerto que habla TLS."},
		model.CodeTLS + ".other":         {"El cifrado con {host} falló.", "Vea la causa exacta y revise TLS en su servidor."},

		model.CodeProtocol:           {"{status}{host} respondió algo que no es HTTP/1.1.", "Compruebe que el puerto de la URL es el de su receptor."},
		model.CodeProxy:              {"{status}el proxy no dejó pasar la petición.", "Revise la clave del proxy, o exclúyalo con NO_PROXY."},
		model.CodeProxy + ".egress":  {"Con --egress public no se envía a través de un proxy.", "Quite el proxy del entorno, o use --egress any."},
		model.CodeProxy + ".token":   {"La clave pasaría en claro por el proxy: no se ha enviado nada.", "Use https:// en la URL, o excluya el servidor con NO_PROXY."},
		model.CodeProxy + ".connect": {"No se puede conectar con el proxy.", "Revise HTTP_PROXY y HTTPS_PROXY."},

		model.CodeRedirect:               {"{status}su receptor redirige a otra dirección.", "Escriba la dirección final en la URL: las redirecciones no se siguen."},
		model.CodeAuthRejected:           {"{status}su receptor rechazó la clave.", "Revise Authorization; Apache con PHP a veces la descarta."},
		model.CodeAuthMissing:            {"{status}su receptor rechazó la petición, y aquí no hay Authorization.", "Ponga {auth} la clave que espera."},
		model.CodeHTTPNotFound:           {"{status}esa ruta no existe en su receptor.", "Revise la ruta de la URL."},
		model.CodeHTTPNotFound + ".410":  {"{status}su receptor ya no quiere recibir nada en esa URL.", "Cambie la URL, o corrija su receptor y active el webhook otra vez."},
		model.CodePostNotAllowed:         {"{status}su receptor no acepta POST en esa ruta.", "Permita POST, o revise la ruta de la URL."},
		model.CodeJSONNotAccepted:        {"{status}su receptor no aceptó el JSON.", "Haga que acepte application/json y tipos de evento que no conozca."},
		model.CodeRateLimited:            {"{status}su receptor pide menos peticiones.", "Espere y repita, o limite el ritmo {rate}."},
		model.CodeRateLimited + ".after": {"{status}su receptor pide menos peticiones: espere {retry}.", "Después repita, o limite el ritmo {rate}."},
		model.CodeServerError:            {"{status}su receptor falló al atender la petición.", "Mire el registro de su receptor."},
		model.CodeServerError + ".after": {"{status}su receptor no está disponible: espere {retry}.", "Después repita."},
		model.CodeHTTPError:              {"{status}su receptor no dio la petición por recibida.", "Haga que responda 2xx cuando la reciba."},
		model.CodeCancelled:              {"Se canceló antes de tener respuesta.", "Repita cuando quiera."},
		model.CodeLocal:                  {"Falló esta máquina, no su receptor.", "Vea la causa exacta y repita."},
		model.CodeLocal + ".descriptors": {"Esta máquina no puede abrir más conexiones.", "Cierre programas, o suba el límite con ulimit -n."},
		model.CodeLocal + ".memory":      {"Esta máquina no tiene memoria libre.", "Cierre programas y repita."},
		model.CodeLocal + ".ports":       {"Esta máquina no tiene puertos de salida libres.", "Espere unos segundos y repita."},
		model.CodeLocal + ".forbidden":   {"Esta máquina prohíbe la conexión con {host}.", "Revise su cortafuegos y sus permisos de red."},
		model.CodeLocal + ".socket":      {"No se puede hablar con el proceso de hooktop dueño de esta base de datos.", "Repita; si sigue así, termine ese proceso y arránquelo de nuevo."},
		model.CodeLocal + ".internal":    {"Falló hooktop, no su receptor.", "Repita; si vuelve a fallar, comunique la causa exacta."},
	}.byName()
}

// problems is a list of problems by code as it is written down.
type problems map[model.Code]Problem

func (p problems) byName() map[string]Problem {
	out := make(map[string]Problem, len(p))
	for code, problem := range p {
		out[string(code)] = problem
	}
	return out
}
