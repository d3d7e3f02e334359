package widget

import (
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Problem says what happened and what helps, with the keys; the raw cause on request.
func Problem(env *page.Env, err error, cause bool, width int) []string {
	th, w := env.Theme, env.Words.Hooks
	m := env.Words.Fault(err)
	var out []string
	add := func(s string, style theme.Style) {
		for _, l := range Wrap(s, width-2) {
			out = append(out, " "+style.Render(l))
		}
	}
	add(th.Sym.Fail+" "+m.What, th.Bad)
	add(m.Cure, th.Text)
	out = append(out, "", " "+th.Key.Render("r")+" "+w.Do.Reload.Label+"   "+th.Key.Render("enter")+" "+w.Do.Cause.Label)
	if cause && err != nil {
		out = append(out, "")
		add(w.Why+": "+text.Clean(err.Error()), th.Dim)
	}
	return out
}
