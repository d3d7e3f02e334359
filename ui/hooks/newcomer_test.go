package hooks

import (
	"testing"

	"hooktop/model"
)

func TestAnUnverifiedDisabledWebhookIsVerifiedBeforeItIsEnabled(t *testing.T) {
	f := few()
	f.answer = failsWith(model.CodeAuthRejected, "401")
	d := open(t, f, es80).Press("down", "down", "down", "s").Has("Verificar y activar datalake", "✗ Falló la verificación")
	if h, _ := f.sees("datalake"); h.State == model.HookActive {
		t.Error("it was enabled although the verification failed")
	}
	d.Press("A").Has("¡Eso es todo!")
	if h, _ := f.sees("datalake"); h.State != model.HookActive {
		t.Errorf("it is %s", h.State)
	}
}

func TestASaveNamesItsWarnings(t *testing.T) {
	f := few()
	v := verifiedBy(crm().Hook)
	v.Warnings = []model.Warning{model.WarnHTML, model.WarnKeyOpen}
	f.answer = &v
	d := editing(t, f, look{200, 60, es80.lang, false}, "crm-prod").Press("tab").Type("/v2").Press("ctrl+s")
	d.WaitFor("Guardado y activo").Has("! ¡Eso es todo!", "página HTML", "acepta peticiones sin la clave")
	open(t, f, es80).Has("✓ ! hace")
}
