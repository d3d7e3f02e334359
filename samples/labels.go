package samples

import (
	"bytes"
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"hooktop/model"
)

const labelsFile = "labels.toml"

// labelFile is the shape of labels.toml.
type labelFile struct {
	Label []struct {
		Key string `toml:"key"`
		ES  string `toml:"es"`
		EN  string `toml:"en"`
	} `toml:"label"`
}

// readLabels takes what can be used: an unknown key is warned about and the rest
// is kept; a file that is no TOML gives nothing.
func (f *folder) readLabels() {
	b, fault := f.read(labelsFile)
	if fault != nil {
		f.warn(labelsFile, fault)
		return
	}
	var file labelFile
	err := toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(&file)
	if err != nil && !f.warnTOML(err) {
		return
	}
	for _, l := range file.Label {
		if fault := f.checkKey(l.Key); fault != nil {
			fault.Line = lineOf(b, l.Key)
			f.warn(labelsFile, fault)
			continue
		}
		f.order = append(f.order, l.Key)
		if l.ES != "" {
			f.labels.put(l.Key, spanish, []byte(l.ES))
		}
		if l.EN != "" {
			f.labels.put(l.Key, english, []byte(l.EN))
		}
	}
}

// warnTOML reports whether the rest of the file was read all the same.
func (f *folder) warnTOML(err error) bool {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		for i := range unknown.Errors {
			f.warnAt(&unknown.Errors[i])
		}
		return true
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		f.warnAt(bad)
		return false
	}
	f.warn(labelsFile, &model.Fault{Code: model.CodeOwnFile, Err: err})
	return false
}

func (f *folder) warnAt(e *toml.DecodeError) {
	line, col := e.Position()
	fault := &model.Fault{Code: model.CodeOwnFile, Line: line, Col: col, Err: e}
	if k := e.Key(); len(k) > 0 {
		fault.Value = strings.Join(k, ".")
	}
	f.warn(labelsFile, fault)
}

// lineOf finds the line on which a key stands in quotes; 0 if it does not.
func lineOf(b []byte, key string) int {
	i := bytes.Index(b, []byte(`"`+key+`"`))
	if i < 0 {
		return 0
	}
	line, _ := position(b, i)
	return line
}
