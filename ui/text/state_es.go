package text

import "hooktop/model"

func stateES() StateWords {
	return StateWords{
		Hook: map[model.HookState]string{
			model.HookDraft: "borrador", model.HookActive: "activo", model.HookPaused: "pausado", model.HookDisabled: "desactivado",
		},
		Verify: map[model.VerifyState]string{
			model.Unverified: "Sin verificar", model.Verified: "Verificado", model.VerifiedEcho: "Verificado · eco",
			model.VerifyFailed: "Falló la verificación", model.VerifyStale: "Caducada",
		},
		Delivery: map[model.DeliveryState]string{
			model.DeliveryQueued: "en cola", model.DeliverySending: "enviando", model.DeliveryRetrying: "reintento",
			model.DeliveryHeld: "retenida", model.DeliveryDelivered: "entregada", model.DeliveryDead: "fallida", model.DeliveryCancelled: "cancelada",
		},
		Outcome: map[model.Outcome]string{
			model.OutcomeDelivered: "entregado", model.OutcomeFailed: "fallido",
			model.OutcomeUnknown: "sin saber si llegó", model.OutcomeInterrupted: "interrumpido",
		},
		Breaker: map[model.BreakerState]string{
			model.BreakerClosed: "normal", model.BreakerOpen: "cortado", model.BreakerHalfOpen: "probando",
		},
		Change: map[model.ChangeKind]string{
			model.ChangeCreated: "creado", model.ChangeEdited: "editado", model.ChangeActivated: "activado",
			model.ChangeUnverified: "activado sin verificar", model.ChangePaused: "pausado", model.ChangeResumed: "reanudado",
			model.ChangeDisabled: "desactivado", model.ChangeDrafted: "pasado a borrador", model.ChangeDeleted: "eliminado",
			model.ChangeRestored: "restaurado", model.ChangeSecretRotated: "clave de firma renovada",
		},
		Disabled: map[model.DisableReason]string{
			model.DisabledByUser: "lo desactivó una persona", model.DisabledGone: "su receptor respondió 410: ya no quiere recibir",
			model.DisabledFailing:  "ningún 2xx en 5 días y 10 intentos",
			model.DisabledImported: "vino de un archivo y espera su confirmación",
		},
		Step: map[model.StepName]string{
			model.StepURL: "URL", model.StepDNS: "DNS", model.StepConnect: "conexión", model.StepTLS: "TLS",
			model.StepPost: "POST", model.StepEcho: "eco", model.StepKey: "sin clave",
		},
		Doing: map[model.StepState]string{
			model.StepPending: "pendiente", model.StepRunning: "en curso", model.StepOK: "bien",
			model.StepWarn: "aviso", model.StepFailed: "falló", model.StepSkipped: "omitido",
		},
		Warning: map[model.Warning]string{
			model.WarnHTML:         "La respuesta es una página HTML. Compruebe que la URL es la de su receptor.",
			model.WarnHTTP:         "URL sin HTTPS; el contenido viaja en claro. Use https:// si su receptor lo admite.",
			model.WarnHTTPToken:    "URL sin HTTPS; la clave de Authorization viaja en claro. Use https:// antes de activar.",
			model.WarnSharedURL:    "Otro webhook envía a esta misma URL. Si no es lo que quiere, cambie una de las dos.",
			model.WarnKeyOpen:      "Su receptor acepta peticiones sin la clave. Haga que la compruebe y responda 401 si falta.",
			model.WarnIDN:          "El servidor se escribe de otra forma en la red. Compare el nombre ASCII con el que espera.",
			model.WarnMixedScripts: "El nombre del servidor mezcla alfabetos o imita a otro. Compruébelo letra por letra.",
			model.WarnClockSkew:    "El reloj de su receptor y el de esta máquina difieren en más de 60 s. Ponga en hora el que falla.",
			model.WarnSkipVerify:   "No se comprueba el certificado. Añada su CA en vez de omitir la comprobación.",
			model.WarnProxy:        "Las peticiones pasan por un proxy. Use NO_PROXY si deben ir directas.",
		},
		Echo: map[model.Echo]string{
			model.EchoNone: "sin eco", model.EchoJSON: "eco en el campo challenge del JSON", model.EchoText: "eco en el texto de la respuesta",
			model.EchoForm: "eco en un campo de formulario", model.EchoHeader: "eco en el encabezado Validation-Token",
		},
		Key: map[model.KeyCheck]string{
			model.KeySkipped: "clave sin comprobar", model.KeyEnforced: "comprobada: sin la clave, su receptor rechaza la petición",
			model.KeyOpen: "su receptor acepta peticiones sin la clave", model.KeyUnknown: "la respuesta sin la clave no aclara si se comprueba",
		},
		Field: map[model.Field]string{
			model.FieldName: "Nombre", model.FieldURL: "URL", model.FieldAuth: "Authorization", model.FieldTriggers: "Disparadores",
			model.FieldSecret: "Clave de firma", model.FieldHeader: "Encabezados", model.FieldRetry: "Reintentos", model.FieldTimeout: "Límites de tiempo",
			model.FieldRate: "Ritmo", model.FieldConcurrency: "Simultáneas", model.FieldCondition: "Condición", model.FieldCA: "CA propia",
			model.FieldSkipVerify: "Omitir la comprobación TLS", model.FieldPrivate: "Direcciones privadas", model.FieldBody: "Cuerpo",
			model.FieldState: "Estado", model.FieldDB: "Base de datos", model.FieldKey: "Archivo de claves", model.FieldBackup: "Respaldo", model.FieldFile: "Archivo",
			model.FieldFilter: "Filtro", model.FieldID: "Identificador", model.FieldIdempotency: "Clave de idempotencia", model.FieldOwner: "Dueño", model.FieldSocket: "Socket",
		},
	}
}
