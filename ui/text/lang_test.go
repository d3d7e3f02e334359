package text

import "testing"

func TestMatch(t *testing.T) {
	for value, want := range map[string]Lang{
		"es": ES, "es-MX": ES, "es_ES.UTF-8": ES, "es_AR@euro": ES, "es-419": ES, "ES": ES, " es ": ES,
		"en": EN, "en_GB.UTF-8": EN, "en-US": EN,
	} {
		if got, ok := Match(value); got != want || !ok {
			t.Errorf("%q: %s %v", value, got, ok)
		}
	}
	for _, value := range []string{"", "C", "C.UTF-8", "POSIX", "xx_YY", "fr_FR.UTF-8", "pt-BR", "ja", "\x1b[31m", "es\x00", "español"} {
		if got, ok := Match(value); got != EN || ok {
			t.Errorf("%q: %s %v", value, got, ok)
		}
	}
}
