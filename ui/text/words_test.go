package text

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// blank are the words that are empty on purpose.
var blank = map[string]bool{
	"Problem.ByCode[usage].Cure": true, // the sentence comes whole
}

// walk calls visit with every string of v and its path.
func walk(v reflect.Value, path string, visit func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			walk(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k), visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Func:
		if v.IsNil() {
			visit(path, "")
		}
	}
}

func TestNoWordIsBlank(t *testing.T) {
	var paths [2][]string
	for i, lang := range []Lang{ES, EN} {
		walk(reflect.ValueOf(*For(lang)), "", func(path, s string) {
			paths[i] = append(paths[i], path)
			if strings.TrimSpace(s) == "" && !blank[path] {
				t.Errorf("%s: %s is blank", lang, path)
			}
			if CleanBlock(s) != s {
				t.Errorf("%s: %s is not clean: %q", lang, path, s)
			}
		})
	}
	if len(paths[0]) < 300 {
		t.Errorf("only %d words seen", len(paths[0]))
	}
	slices.Sort(paths[0])
	slices.Sort(paths[1])
	if !slices.Equal(paths[0], paths[1]) {
		t.Error("the languages do not have the same words")
	}
}

func sorted(s []string) []string { slices.Sort(s); return s }
