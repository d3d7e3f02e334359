package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"

	"hooktop/model"
)

// maxImport is as large as a file of webhooks may be, in bytes.
const maxImport = 4 << 20

// exportCmd prints TOML for people and repositories; with --json an object for each.
func (a *app) exportCmd() *cobra.Command {
	w := a.all.Export
	return &cobra.Command{
		Use:   "export",
		Short: w.Export,
		Long:  w.ExportLong,
		Args:  a.arguments(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.existing(cmd.Context(), func(d *Desk) error {
				views, err := d.Hooks(cmd.Context())
				if err != nil {
					return err
				}
				var file portables
				for _, v := range views {
					p := portableOf(v.Hook)
					if strings.Contains(p.URL, "?") {
						a.note("%s", w.Query(a.line(p.Name)))
					}
					file.Hooks = append(file.Hooks, p)
					if a.opts.JSON {
						if err := a.emit(p); err != nil {
							return err
						}
					}
				}
				if a.opts.JSON {
					return nil
				}
				var b bytes.Buffer
				if err := toml.NewEncoder(&b).Encode(file); err != nil {
					return fmt.Errorf("write toml: %w", err)
				}
				return a.raw(b.Bytes())
			})
		},
	}
}

// What an import does with a webhook.
const (
	importNew    = "new"     // it becomes a draft
	importSame   = "same"    // it is there already
	importDiffer = "differs" // it is there, and stays as it is
	importChange = "changed" // it is made like that of the file, and becomes a draft
)

type importJSON struct {
	Name    string       `json:"name"`
	Action  string       `json:"action"`
	ID      string       `json:"id"` // "": nothing was written
	Changes []difference `json:"changes"`
	Needs   []string     `json:"needs"` // keys that it had where it was exported, and has not here
}

// planned is what an import will do with one webhook.
type planned struct {
	importJSON
	hook model.Hook
}

func (a *app) importCmd() *cobra.Command {
	w := a.all.Export
	var dry, replace bool
	cmd := &cobra.Command{Use: "import FILE|-", Short: w.Import, Long: w.ImportLong, Args: a.arguments(1, "FILE")}
	cmd.Flags().BoolVar(&dry, "dry-run", false, w.FlagDry)
	cmd.Flags().BoolVar(&replace, "replace", false, w.FlagReplace)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		b, err := a.readImport(ctx, args[0])
		if err != nil {
			return err
		}
		list, err := readPortables(b)
		if err != nil {
			return err
		}
		desk := a.writing
		if dry {
			desk = a.desk
		}
		return desk(ctx, func(d *Desk) error {
			plan, err := a.planImport(ctx, d, list, replace)
			if err != nil {
				return err
			}
			return a.carryOut(ctx, d, plan, dry)
		})
	}
	return cmd
}

// readImport reads a file, or stdin for "-".
func (a *app) readImport(ctx context.Context, path string) ([]byte, error) {
	if path != "-" {
		return a.readFile(path, model.FieldFile, maxImport)
	}
	b, err := a.readIn(ctx, maxImport+1)
	if err == nil && len(b) > maxImport {
		err = usage(a.words().Bad.FileTooLarge, path, maxImport)
	}
	return b, err
}

// planImport looks at all of a file before anything of it is stored.
func (a *app) planImport(ctx context.Context, d *Desk, list []portable, replace bool) ([]planned, error) {
	s, err := a.Samples(a.opts, a.left)
	if err != nil {
		return nil, err
	}
	var out []planned
	names := map[string]bool{}
	for _, p := range list {
		if names[p.Name] {
			return nil, &model.Fault{Code: model.CodeNameTaken, Field: model.FieldName, Value: p.Name}
		}
		names[p.Name] = true
		one, err := planOne(ctx, d, p, s.Catalogue(), replace)
		if err != nil {
			var f *model.Fault
			if errors.As(err, &f) {
				f.File = p.Name // where in the file it is
			}
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func planOne(ctx context.Context, d *Desk, p portable, c model.Catalogue, replace bool) (planned, error) {
	view, err := d.Hook(ctx, p.Name)
	var f *model.Fault
	there := err == nil && view.Name == p.Name // it could be another's id
	if err != nil && !(errors.As(err, &f) && f.Code == model.CodeNotFound) {
		return planned{}, err
	}
	h := d.New()
	if there {
		h = view.Hook.Clone()
	}
	if err := p.apply(&h, c); err != nil {
		return planned{}, err
	}
	if faults := model.CheckHook(h, c); len(faults) > 0 {
		return planned{}, faults[0]
	}
	out := planned{importJSON{Name: p.Name, Action: importNew, Changes: []difference{}}, h}
	if there {
		out.Changes = some(differences(portableOf(view.Hook), portableOf(h)))
		switch {
		case len(out.Changes) == 0:
			out.Action = importSame
		case replace:
			out.Action = importChange
		default:
			out.Action = importDiffer
		}
	}
	if there && origin(view.URL) != origin(h.URL) { // a file from strangers must not lead keys elsewhere
		out.hook.Authorization, out.hook.Headers = model.Secret{}, nil
		out.hook.Secret, out.hook.OldSecret, out.hook.OldSecretUntil = model.Secret{}, model.Secret{}, time.Time{}
	}
	out.Needs = some(needs(p, out.hook))
	return out, nil
}

// origin is who is at a URL.
func origin(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Scheme + "://" + strings.ToLower(u.Host)
}

// needs are the keys that are to be given anew, by the names of fields and headers.
func needs(p portable, h model.Hook) []string {
	var out []string
	if p.Authorization && h.Authorization.IsZero() {
		out = append(out, string(model.FieldAuth))
	}
	if p.Signed && h.Secret.IsZero() {
		out = append(out, string(model.FieldSecret))
	}
	for _, name := range p.Headers {
		if model.HeaderValue(h.Headers, name) == "" {
			out = append(out, name)
		}
	}
	return out
}

func (a *app) carryOut(ctx context.Context, d *Desk, plan []planned, dry bool) error {
	for _, p := range plan {
		if (p.Action == importNew || p.Action == importChange) && !dry {
			saved, err := d.Save(ctx, p.hook, model.SaveDraft, nil)
			if err != nil {
				return err
			}
			p.ID = saved.Hook.ID
		}
		if err := a.imported(p.importJSON, dry); err != nil {
			return err
		}
	}
	if dry {
		a.note("%s", a.all.Export.Dry)
	}
	return nil
}

func (a *app) imported(p importJSON, dry bool) error {
	if a.opts.JSON {
		return a.emit(p)
	}
	w := a.all.Export
	a.say("%s  %s", a.line(p.Name), w.Actions[p.Action])
	for _, c := range p.Changes {
		a.say("  %s: %s → %s", c.Field, orDash(a.line(c.Before)), orDash(a.line(c.After)))
	}
	if len(p.Needs) > 0 && (p.Action == importNew || p.Action == importChange) {
		var words []string
		for _, name := range p.Needs {
			switch f := model.Field(name); f {
			case model.FieldAuth, model.FieldSecret:
				name = a.all.Field(f)
			}
			words = append(words, a.line(name))
		}
		a.say("  %s", w.Needs(strings.Join(words, ", ")))
	}
	return nil
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
