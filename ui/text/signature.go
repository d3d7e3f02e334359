package text

// SignatureWords are the words of the commands that make and judge signatures.
type SignatureWords struct {
	Signature, SignatureLong              string
	Sign, Verify, Explain                 string
	FlagHook, FlagEnv, FlagFile, FlagData string
	FlagID, FlagTimestamp, FlagSignature  string
	Good                                  string
	Mistakes                              map[string]Problem // by their words in JSON
}

func signatureES() SignatureWords {
	return SignatureWords{
		Signature:     "Firma, comprueba y explica firmas de Standard Webhooks",
		SignatureLong: "Se firma el texto «webhook-id.webhook-timestamp.cuerpo» con la clave decodificada de base64. Si una firma\nno coincide, explain prueba los errores conocidos, del receptor y del emisor, y dice cuál se cometió.",
		Sign:          "Imprime los tres encabezados de la firma de un cuerpo",
		Verify:        "Dice si una firma es correcta, como lo haría un receptor",
		Explain:       "Dice qué error hace que una firma no coincida",
		FlagHook:      "las claves de firma de este webhook: nombre o id",
		FlagEnv:       "toma la clave de firma de una variable de entorno",
		FlagFile:      "lee la clave de firma de un archivo",
		FlagData:      "el cuerpo, byte a byte: un archivo, o - para la entrada estándar",
		FlagID:        "valor de webhook-id",
		FlagTimestamp: "valor de webhook-timestamp",
		FlagSignature: "valor de webhook-signature",
		Good:          "La firma es correcta.",
		Mistakes: map[string]Problem{
			"headers_missing":  {"Falta webhook-id, webhook-timestamp o webhook-signature.", "Indique los tres tal como llegaron, con --id, --timestamp y --signature."},
			"timestamp_text":   {"webhook-timestamp no es un número entero.", "Son segundos desde 1970, sin decimales."},
			"timestamp_millis": {"webhook-timestamp está en milisegundos.", "Son segundos desde 1970: divida entre 1000."},
			"timestamp_old":    {"Se firmó hace más de 5 minutos.", "Un receptor la rechaza: puede ser una repetición, o un reloj atrasado."},
			"timestamp_ahead":  {"Se firmó con más de 5 minutos de adelanto.", "El reloj de quien firma va adelantado, o el de quien comprueba va atrasado."},
			"body_line_end":    {"Al cuerpo le falta o le sobra un fin de línea al final.", "Firme y compruebe los bytes tal como viajan; echo y los editores añaden uno."},
			"body_rewritten":   {"El cuerpo se interpretó y se escribió de nuevo: cambian espacios o escapes.", "Compruebe los bytes de la petición antes de interpretar el JSON."},
			"secret_whole":     {"Se usó como clave el texto entero de la clave de firma.", "Quite whsec_ y decodifique el resto de base64."},
			"secret_undecoded": {"La clave de firma no se decodificó.", "Lo que sigue a whsec_ es base64: decodifíquelo."},
			"signed_body":      {"Se firmó solo el cuerpo.", "Firme webhook-id, un punto, webhook-timestamp, un punto y el cuerpo."},
			"signed_no_id":     {"Se firmó sin webhook-id.", "Firme webhook-id, un punto, webhook-timestamp, un punto y el cuerpo."},
			"written_hex":      {"La firma está en hexadecimal.", "Escríbala en base64."},
			"written_url":      {"La firma está en base64 para URL, o sin relleno.", "Use base64 corriente, con + / y =."},
			"written_bare":     {"A la firma le falta «v1,» delante.", "Escriba v1, una coma y la firma en base64."},
			"no_match":         {"La firma no corresponde a la clave y los bytes.", "Para saber por qué: hooktop signature explain."},
			"unknown":          {"La firma no corresponde, y no es ninguno de los errores conocidos.", "Es otra clave de firma, o no son los bytes que se firmaron: tome los de la petición, sin tocar."},
		},
	}
}

func signatureEN() SignatureWords {
	return SignatureWords{
		Signature:     "Sign, verify and explain Standard Webhooks signatures",
		SignatureLong: "What is signed is the text \"webhook-id.webhook-timestamp.body\", with the secret decoded from base64. When a\nsignature does not match, explain tries the known mistakes of receivers and senders and says which was made.",
		Sign:          "Print the three headers that sign a body",
		Verify:        "Say whether a signature is right, as a receiver would",
		Explain:       "Say which mistake makes a signature fail",
		FlagHook:      "the signing secrets of this webhook: name or id",
		FlagEnv:       "take the signing secret from an environment variable",
		FlagFile:      "read the signing secret from a file",
		FlagData:      "the body, byte for byte: a file, or - for stdin",
		FlagID:        "value of webhook-id",
		FlagTimestamp: "value of webhook-timestamp",
		FlagSignature: "value of webhook-signature",
		Good:          "The signature is right.",
		Mistakes: map[string]Problem{
			"headers_missing":  {"webhook-id, webhook-timestamp or webhook-signature is missing.", "Give all three as they arrived, with --id, --timestamp and --signature."},
			"timestamp_text":   {"webhook-timestamp is no whole number.", "It is seconds since 1970, without decimals."},
			"timestamp_millis": {"webhook-timestamp is in milliseconds.", "It is seconds since 1970: divide by 1000."},
			"timestamp_old":    {"It was signed more than 5 minutes ago.", "A receiver refuses it: it may be a repetition, or a clock is slow."},
			"timestamp_ahead":  {"It was signed more than 5 minutes ahead.", "The clock of who signs is fast, or that of who verifies is slow."},
			"body_line_end":    {"The body lacks a line end at its end, or has one too many.", "Sign and verify the bytes as they travel; echo and editors add one."},
			"body_rewritten":   {"The body was parsed and written again: blanks or escapes differ.", "Verify the bytes of the request before the JSON is parsed."},
			"secret_whole":     {"The whole text of the signing secret was the key.", "Take whsec_ away and decode the rest from base64."},
			"secret_undecoded": {"The signing secret was not decoded.", "What follows whsec_ is base64: decode it."},
			"signed_body":      {"Only the body was signed.", "Sign webhook-id, a dot, webhook-timestamp, a dot, and the body."},
			"signed_no_id":     {"It was signed without webhook-id.", "Sign webhook-id, a dot, webhook-timestamp, a dot, and the body."},
			"written_hex":      {"The signature is in hexadecimal.", "Write it in base64."},
			"written_url":      {"The signature is in base64 for URLs, or without padding.", "Use plain base64, with + / and =."},
			"written_bare":     {"The signature lacks \"v1,\" before it.", "Write v1, a comma, and the signature in base64."},
			"no_match":         {"The signature does not fit the secret and the bytes.", "To know why: hooktop signature explain."},
			"unknown":          {"The signature does not fit, and none of the known mistakes is why.", "It is another signing secret, or not the bytes that were signed: take those of the request, untouched."},
		},
	}
}
