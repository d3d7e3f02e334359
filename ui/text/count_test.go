package text

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// said calls visit with what every function among the words says of n things, and with
// every format that a number goes into.
func said(v reflect.Value, path string, n int, visit func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); strings.Contains(s, "%d") {
			visit(path, strings.ReplaceAll(s, "%d", fmt.Sprint(n)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			said(v.Field(i), strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), n, visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			said(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k), n, visit)
		}
	case reflect.Func:
		if v.IsNil() || v.Type().NumOut() != 1 || v.Type().Out(0).Kind() != reflect.String {
			return
		}
		var in []reflect.Value
		for i := range v.Type().NumIn() {
			arg := reflect.New(v.Type().In(i)).Elem()
			switch arg.Kind() {
			case reflect.Int, reflect.Int64:
				arg.SetInt(int64(n))
			case reflect.String:
				arg.SetString(fmt.Sprint(n)) // a number that was made a text before
			}
			in = append(in, arg)
		}
		visit(path, v.Call(in)[0].String())
	}
}

// plural is a one with the words of many.
var plural = regexp.MustCompile(`(^|[^\d.,:/+>])1 (de )?(entregas|entregad[ao]s|reenviadas|retenidas|canceladas|fallid[ao]s|marcadas|nuevas|` +
	`pendientes|intentos|eventos|encabezados|diferencias|webhooks|activos|borradores|pausados|desactivados|eliminados|días|bytes|` +
	`deliveries|attempts|events|headers|differences|others|days|failed attempts)\b|muestran 1 |pueden recuperar 1 |1 header, H shows them|1 encabezado, H los`)

func TestOneIsNotMany(t *testing.T) {
	for _, wrong := range []string{"1 entregadas", "✓ 1 intentos fallidos", "1 events accepted.", "No se muestran 1 diferencia."} {
		if !plural.MatchString(wrong) {
			t.Errorf("%q passes for one", wrong)
		}
	}
	for _, lang := range []Lang{ES, EN} {
		seen := 0
		said(reflect.ValueOf(*For(lang)), "", 1, func(path, s string) {
			seen++
			if path == "CLI.Bad.FileTooLarge" { // the number is a limit of ours, never one
				return
			}
			if m := plural.FindString(s); m != "" {
				t.Errorf("%s: %s says %q in %q", lang, path, m, s)
			}
		})
		if seen < 100 {
			t.Errorf("%s: only %d words seen", lang, seen)
		}
	}
}

// Whatever changes with the number says many of two.
func TestManyAreNotOne(t *testing.T) {
	es, en := For(ES), For(EN)
	for _, c := range [][3]string{
		{es.Deliveries.Delivered(1), "1 entregada", es.Deliveries.Delivered(2)},
		{es.Deliveries.Failed(1), "1 fallida", es.Deliveries.Failed(2)},
		{es.Metrics.Delivered(1), "1 entregada", es.Metrics.Delivered(2)},
		{es.Metrics.Failed(1), "1 intento fallido", es.Metrics.Failed(2)},
		{en.Metrics.Failed(1), "1 failed attempt", en.Metrics.Failed(2)},
		{es.Metrics.Dead(1), "1 fallida", es.Metrics.Dead(2)},
		{es.Alert.TitleFailed(1), "1 fallida", es.Alert.TitleFailed(2)},
		{es.CLI.Say.Bytes(1), "1 byte", es.CLI.Say.Bytes(2)},
		{en.CLI.Say.Bytes(1), "1 byte", en.CLI.Say.Bytes(2)},
		{es.Deliveries.List.Result(1, 0, 0, 0), "1 entregada · v la muestra", es.Deliveries.List.Result(2, 0, 0, 0)},
		{en.Deliveries.List.Result(0, 1, 0, 0), "1 failed · v shows it", en.Deliveries.List.Result(1, 1, 0, 0)},
		{es.Delivery.MoreHeaders(1), "1 encabezado, H lo muestra", es.Delivery.MoreHeaders(2)},
		{es.Delivery.Hidden(1, false), "No se muestra 1 diferencia.", es.Delivery.Hidden(2, false)},
	} {
		if c[0] != c[1] || strings.ReplaceAll(c[2], "2", "1") == c[1] {
			t.Errorf("one is %q, want %q; two are %q", c[0], c[1], c[2])
		}
	}
}
