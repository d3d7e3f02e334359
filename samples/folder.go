package samples

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"hooktop/model"
)

// Warning says why a file of one's own folder was left out. Its Fault names the file
// too.
type Warning struct {
	File  string // its name in the folder
	Fault *model.Fault
}

// Error is for logs; people get the words of ui/text.
func (w Warning) Error() string { return w.Fault.Error() }
func (w Warning) Unwrap() error { return w.Fault }

// maxEvents bounds a folder, so that a wrong one cannot fill the memory.
const maxEvents = 1000

// folder is what one folder has to give.
type folder struct {
	fsys     fs.FS
	taken    model.Catalogue // of the embedded events; empty while they are read
	bodies   texts
	pages    texts
	labels   texts
	order    []string // keys as labels.toml lists them
	warnings []Warning
}

// readFolder reads every file that means something. Files of other names are
// none of our business.
func readFolder(fsys fs.FS, taken model.Catalogue) *folder {
	f := &folder{fsys: fsys, taken: taken, bodies: texts{}, pages: texts{}, labels: texts{}}
	entries, err := fs.ReadDir(fsys, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return f
	}
	if err != nil {
		f.warn("samples", &model.Fault{Code: model.CodeOwnFile, Err: err})
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || e.IsDir() {
			continue
		}
		if stem, ok := strings.CutSuffix(e.Name(), ".json"); ok {
			f.readBody(e.Name(), stem)
		}
	}
	for _, e := range entries {
		stem, ok := strings.CutSuffix(e.Name(), ".md")
		if ok && !e.IsDir() && !strings.HasPrefix(stem, ".") && !strings.EqualFold(stem, "readme") {
			f.readPage(e.Name(), stem)
		}
		if e.Name() == labelsFile {
			f.readLabels()
		}
	}
	return f
}

func (f *folder) warn(file string, fault *model.Fault) {
	fault.File = file
	f.warnings = append(f.warnings, Warning{File: file, Fault: fault})
}

func (f *folder) readBody(file, stem string) {
	typ, lang := splitLang(stem)
	if fault := f.checkType(typ); fault != nil {
		f.warn(file, fault)
		return
	}
	if len(f.bodies) >= maxEvents && f.bodies[typ] == nil {
		f.warn(file, &model.Fault{Code: model.CodeLimit, Value: file, Limit: maxEvents})
		return
	}
	b, fault := f.read(file)
	if fault == nil {
		fault = checkBody(typ, b)
	}
	if fault != nil {
		f.warn(file, fault)
		return
	}
	f.bodies.put(typ, lang, b)
}

func (f *folder) checkType(typ string) *model.Fault {
	switch {
	case !validType(typ):
		return &model.Fault{Code: model.CodeEventName, Value: typ}
	case len(f.taken.Triggers()) > 0 && embeddedKey(f.taken, typ):
		return &model.Fault{Code: model.CodeEventTaken, Value: typ}
	}
	return nil
}

func (f *folder) readPage(file, stem string) {
	key, lang := splitLang(stem)
	if fault := f.checkKey(key); fault != nil {
		f.warn(file, fault)
		return
	}
	b, fault := f.read(file)
	if fault != nil {
		f.warn(file, fault)
		return
	}
	f.pages.put(key, lang, b)
}

// checkKey refuses what belongs to the embedded catalogue, and what stands for
// no body of this folder.
func (f *folder) checkKey(key string) *model.Fault {
	if len(f.taken.Triggers()) > 0 && embeddedKey(f.taken, key) {
		return &model.Fault{Code: model.CodeEventTaken, Value: key}
	}
	for typ := range f.bodies {
		if key == typ || key == model.TriggerKey(typ) {
			return nil
		}
	}
	return &model.Fault{Code: model.CodeEventNoBody, Value: key}
}

// read returns the bytes of a regular file of at most model.MaxBody.
func (f *folder) read(file string) ([]byte, *model.Fault) {
	info, err := fs.Stat(f.fsys, file)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, &model.Fault{Code: model.CodeOwnFile, Err: err}
	}
	r, err := f.fsys.Open(file)
	if err != nil {
		return nil, &model.Fault{Code: model.CodeOwnFile, Err: err}
	}
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(io.LimitReader(r, model.MaxBody+1))
	if err != nil {
		return nil, &model.Fault{Code: model.CodeOwnFile, Err: err}
	}
	if len(b) > model.MaxBody {
		return nil, &model.Fault{Code: model.CodeBodyTooLarge, Field: model.FieldBody, Limit: model.MaxBody}
	}
	return b, nil
}

// types lists the events of the folder: as labels.toml orders them, the rest by
// name. The verification is no event.
func (f *folder) types() []string {
	place := func(typ string) int {
		if i := slices.Index(f.order, typ); i >= 0 {
			return i
		}
		return len(f.order)
	}
	types := slices.DeleteFunc(slices.Collect(maps.Keys(f.bodies)), func(t string) bool {
		return t == model.VerificationType
	})
	slices.SortFunc(types, func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
	return types
}

// addTo puts the folder's texts beside those of the set. No key is in both:
// checkType and checkKey saw to it.
func (f *folder) addTo(s *Set) {
	maps.Copy(s.bodies, f.bodies)
	maps.Copy(s.pages, f.pages)
	maps.Copy(s.labels, f.labels)
}

// splitLang takes the language off a file's stem: "order.paid.es" is
// ("order.paid", "es"), "order.paid" is ("order.paid", "").
func splitLang(stem string) (key, lang string) {
	for _, l := range []string{spanish, english} {
		if k, ok := strings.CutSuffix(stem, "."+l); ok {
			return k, l
		}
	}
	return stem, neutral
}
