package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// above is how many lines stand over the page: the header, and the banner while
// there is one.
func (a *App) above() int {
	if a.banner {
		return 2
	}
	return 1
}

// loud are the alerts that get a banner. Who sends stands in the header already.
func (a *App) loud() []page.Alert {
	return slices.DeleteFunc(slices.Clone(a.engine.Alerts), func(al page.Alert) bool { return al.Kind == page.AlertOwner })
}

// hear takes the newest word about the sender.
func (a *App) hear(msg page.EngineMsg) tea.Cmd {
	before := a.engine
	a.engine, a.env.Alerts = msg, msg.Alerts
	if !a.banner && len(a.loud()) > 0 {
		a.banner = true
		a.refit()
	}
	return tea.Batch(a.ring(before), a.handover(msg), a.listen())
}

// handover says that another program has taken the place of the one that sent.
func (a *App) handover(msg page.EngineMsg) tea.Cmd {
	if msg.State != page.EngineLive {
		return nil
	}
	gone := a.sender
	a.sender = msg.Owner
	if gone == 0 || gone == msg.Owner {
		return nil
	}
	return page.Toast(page.ToastWarn, a.env.Words.Shell.Handover(gone, msg.Owner))
}

// ring notifies, where a person wants it, of deliveries given up since before.
func (a *App) ring(before page.EngineMsg) tea.Cmd {
	if !a.env.Choices.Notify || before.State == "" || a.engine.Failed <= before.Failed {
		return nil
	}
	return tea.Raw("\a" + ansi.Notify(a.env.Words.Alert.FailedN(a.env.Words.Number(a.engine.Failed))))
}

// settleBanner gives the banner's row back once all is over. That waits for a key or
// a click, so that the page never moves by itself a second time.
func (a *App) settleBanner() {
	if a.banner && len(a.loud()) == 0 {
		a.banner = false
		a.refit()
	}
}

func (a *App) refit() {
	for _, stack := range a.stacks {
		for _, p := range stack {
			a.fit(p)
		}
	}
}

// bannerLine is the gravest alert, how many more there are, and the key to all.
func (a *App) bannerLine() string {
	th, all := a.env.Theme, a.loud()
	if len(all) == 0 {
		return widget.Say(th.Sym.OK+" "+a.env.Words.Alert.Over, th.Dim).Fit(a.width, "").Render()
	}
	more := " F2"
	if n := len(all) - 1; n > 0 {
		more = fmt.Sprintf(" (+%d)", n) + more
	}
	n := note{ToastMsg: page.ToastMsg{Kind: kindOf(all[0]), Text: a.sayAlert(all[0])}}
	line := n.within(th, a.width-len(more))
	if what, _, ok := strings.Cut(n.Text, ": "); ok && strings.HasSuffix(line.Plain(), th.Sym.Ellipsis) {
		n.Text = what // the list has the rest
		line = n.within(th, a.width-len(more))
	}
	if strings.HasSuffix(line.Plain(), th.Sym.Ellipsis) {
		more = strings.TrimSuffix(more, " F2")
		line = n.within(th, a.width-len(more))
	}
	return append(line, widget.Span{Text: more, Style: th.Dim}).Render()
}

// kindOf is how an alert is drawn: red where nothing is delivered.
func kindOf(al page.Alert) page.ToastKind {
	switch al.Kind {
	case page.AlertOwner:
		return page.ToastInfo
	case page.AlertFailing, page.AlertBreaker, page.AlertSkew:
		return page.ToastWarn
	}
	return page.ToastError
}

// sayAlert is what happened, since when, and what to do.
func (a *App) sayAlert(al page.Alert) string {
	all := a.env.Words
	w := all.Alert
	ago := func() string { return all.Ago(al.Since, a.env.Now()) }
	switch al.Kind {
	case page.AlertGone:
		return w.Gone
	case page.AlertFull:
		return w.Full
	case page.AlertStalled:
		return w.Stalled(al.Value)
	case page.AlertStopped:
		return w.Stopped + because(al.Value)
	case page.AlertDisabled:
		if al.Value == string(model.DisabledGone) {
			return w.Refused(al.Hook, ago())
		}
		return w.GivenUp(al.Hook, ago())
	case page.AlertFailing:
		return w.Failing(al.Hook, text.Date(al.Since), text.Date(al.Since.Add(model.FailingFor))) + because(a.cause(al))
	case page.AlertBreaker:
		at := ""
		if !al.Until.IsZero() {
			at = text.Clock(al.Until)
		}
		return w.Breaker(al.Hook, a.cause(al), at)
	case page.AlertCondition:
		return w.Condition(al.Hook, al.Value)
	case page.AlertSkew:
		return w.Skew(all.Duration(al.Span.Abs()))
	}
	return w.Owner(al.Value)
}

// cause is why a webhook's last attempt failed, as a part of a sentence.
func (a *App) cause(al page.Alert) string {
	if al.Code == "" {
		return ""
	}
	return strings.TrimSuffix(a.env.Words.Failure(&model.Failure{Code: al.Code, Reason: al.Reason}).What, ".")
}

// because is a reason as the last part of a sentence.
func because(why string) string {
	if why == "" {
		return ""
	}
	return " · " + why
}

// openAlerts lists all there is; one about a webhook opens it.
func (a *App) openAlerts() tea.Cmd {
	w := a.env.Words.Alert
	var list []widget.Entry
	for _, al := range a.engine.Alerts {
		e := widget.Entry{Label: a.sayAlert(al)}
		if al.Hook != "" {
			e.Do = func() tea.Cmd { return a.openID(al.Hook) }
		}
		list = append(list, e)
	}
	if len(list) == 0 {
		list = []widget.Entry{{Label: w.None}}
	}
	return a.env.Open(widget.NewList(a.env, w.Title, list...))
}

// title is the window's: the name, and what failed today.
func (a *App) title() string {
	if a.engine.Failed == 0 {
		return Name
	}
	return Name + " · " + a.env.Words.Alert.TitleFailed(a.engine.Failed)
}
