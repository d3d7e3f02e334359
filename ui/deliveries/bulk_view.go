package deliveries

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// Update implements page.Dialog. Cancel has the focus at first; digits go to the
// field they are meant for wherever it is.
func (b *bulk) Update(msg tea.Msg) (tea.Cmd, bool) {
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		return b.click(m.Y)
	case tea.KeyPressMsg:
		return b.key(m)
	}
	return nil, false
}

func (b *bulk) key(k tea.KeyPressMsg) (tea.Cmd, bool) {
	switch name := k.String(); name {
	case "esc":
		return b.close()
	case "s":
		return b.send()
	case "c":
		return b.instead(toCancel)
	case "t":
		return b.instead(toRetry)
	case "tab", "down":
		b.turn(1)
	case "shift+tab", "up":
		b.turn(-1)
	case "enter":
		switch b.focus {
		case spotCancel:
			return b.close()
		case spotSend:
			return b.send()
		case spotInstead:
			return b.instead(toCancel)
		case spotRetry:
			return b.instead(toRetry)
		}
		b.turn(1)
	default:
		b.typed(k)
	}
	return nil, false
}

// typed edits the field in focus, or the one that has to be filled.
func (b *bulk) typed(k tea.KeyPressMsg) {
	digit := k.Text != "" && strings.Trim(k.Text, "0123456789") == ""
	if b.focus != spotRate && digit && b.asksNumber() {
		b.at(spotNumber)
	}
	f := b.field()
	point := b.focus == spotRate && (k.Text == "." || k.Text == ",")
	if f != nil && (digit || point || k.Text == "") {
		f.Update(k)
	}
}

func (b *bulk) asksNumber() bool { return b.counted && b.n >= typeFrom }

func (b *bulk) close() (tea.Cmd, bool) {
	b.stop()
	return nil, true
}

// stuck reports that nothing can be replayed because nothing has ended.
func (b *bulk) stuck() bool { return b.counted && b.deed == toReplay && b.n == 0 && b.open > 0 }

// instead asks about another deed for what cannot be replayed.
func (b *bulk) instead(what deed) (tea.Cmd, bool) {
	if !b.stuck() {
		return nil, false
	}
	b.stop()
	return b.of.ask(what, b.sel, b.hooks), true
}

// send does it if all is said, or goes to what is missing.
func (b *bulk) send() (tea.Cmd, bool) {
	_, ok := b.perSecond()
	switch {
	case b.sure():
		b.stop()
		return b.do(), true
	case b.counted && b.n > 0 && !ok:
		b.at(spotRate)
	case b.asksNumber():
		b.at(spotNumber)
	}
	return nil, false
}

// spots are the parts that can have the focus now, from top to bottom.
func (b *bulk) spots() []spot {
	var out []spot
	if b.counted && b.n > 0 && b.deed == toReplay {
		out = append(out, spotRate)
	}
	if b.asksNumber() {
		out = append(out, spotNumber)
	}
	out = append(out, spotCancel)
	if b.counted && b.n > 0 {
		out = append(out, spotSend)
	}
	if b.stuck() {
		out = append(out, spotRetry, spotInstead)
	}
	return out
}

func (b *bulk) turn(n int) {
	all := b.spots()
	for i, s := range all {
		if s == b.focus {
			b.at(all[(i+n+len(all))%len(all)])
			return
		}
	}
}

func (b *bulk) at(s spot) {
	b.focus = s
	b.rate.Blur()
	b.number.Blur()
	if f := b.field(); f != nil {
		f.Focus()
	}
}

func (b *bulk) field() *widget.Field {
	switch b.focus {
	case spotRate:
		return b.rate
	case spotNumber:
		return b.number
	}
	return nil
}

// click puts the focus on a line; what has it already is chosen.
func (b *bulk) click(y int) (tea.Cmd, bool) {
	_, at := b.lines()
	for s, line := range at {
		switch {
		case line != y-1:
		case s == spotCancel:
			return b.close()
		case s == spotSend && b.focus == spotSend:
			return b.send()
		case s == spotInstead && b.focus == spotInstead:
			return b.instead(toCancel)
		case s == spotRetry && b.focus == spotRetry:
			return b.instead(toRetry)
		default:
			b.at(s)
		}
	}
	return nil, false
}

// fieldWidth is that of the two fields, brackets included.
const fieldWidth = 10

// lines are the question's, and on which of them the parts that have the focus stand.
func (b *bulk) lines() (out []string, at map[spot]int) {
	th, all, w := b.of.env.Theme, b.of.env.Words, b.of.env.Words.Deliveries.List
	at = map[spot]int{}
	wrap := func(s string) []string { return strings.Split(ansi.Wrap(s, b.inner(), ""), "\n") }
	add := func(s string) { out = append(out, wrap(s)...) }
	var rate, number []string
	switch {
	case b.err != nil:
		add(th.Bad.Render(all.Fault(b.err).String()))
	case !b.counted:
		add(w.Counting)
		add(w.NothingYet)
	case b.n == 0 && b.deed == toCancel:
		add(all.Deliveries.NotCancelled)
	case b.n == 0 && b.deed == toRetry:
		add(all.Deliveries.NotRetried)
	case b.stuck():
		add(w.NotEnded(b.open))
	case b.n == 0:
		add(all.Deliveries.NotSent)
	default:
		for _, h := range b.hosts {
			add("  " + h)
		}
		if b.more {
			add("  " + w.OtherHosts)
		}
		if b.open > 0 {
			add(w.Others(b.open))
		}
		if b.deed == toRetry {
			add(w.RetryHow)
		}
		if b.deed == toReplay {
			rate = wrap(w.Rate + " " + b.rate.View(th, fieldWidth) + " " + b.pace())
		}
		if b.asksNumber() {
			number = wrap(w.TypeNumber(strconv.Itoa(b.n)) + " " + b.number.View(th, fieldWidth))
		}
	}
	var foot []string
	for _, s := range b.spots() {
		if s != spotRate && s != spotNumber {
			at[s] = len(foot)
			foot = append(foot, b.button(s))
		}
	}
	fields, room := append(rate, number...), b.height-2-len(foot) // within the border, above the buttons
	top := len(out)
	if top+len(fields) < room || b.height == 0 {
		out = append(append(out, fields...), "")
	} else { // what is asked for goes before whom it is about
		out = widget.Above(th, out, room-len(fields))
		top = len(out)
		out = append(out, fields...)
	}
	for s := range at {
		at[s] += len(out)
	}
	if len(rate) > 0 {
		at[spotRate] = top
	}
	if len(number) > 0 {
		at[spotNumber] = top + len(rate)
	}
	return append(out, foot...), at
}

// pace says how long it will take at the rate, or that there is none.
func (b *bulk) pace() string {
	w := b.of.env.Words.Deliveries.List
	rate, ok := b.perSecond()
	switch {
	case !ok:
		return w.NoRate
	case rate == 0:
		return w.AtOnce
	}
	return w.Takes(b.of.env.Words.Duration(time.Duration(float64(b.n) / rate * float64(time.Second)).Round(time.Second)))
}

func (b *bulk) button(s spot) string {
	all := b.of.env.Words
	key, label := "esc", all.Shell.Cancel
	if s == spotSend {
		key = "s"
		label = map[deed]string{toReplay: all.Deliveries.AskReplay, toCancel: all.Deliveries.List.CancelThem, toRetry: all.Deliveries.AskRetry}[b.deed]
	}
	if s == spotRetry {
		key, label = "t", all.Deliveries.AskRetry
	}
	if s == spotInstead {
		key, label = "c", all.Deliveries.List.CancelThem
	}
	style := b.of.env.Theme.Text
	switch {
	case s == b.focus:
		style = b.of.env.Theme.Selected
	case s == spotSend && !b.sure():
		style = b.of.env.Theme.Dim
	}
	return style.Render(" " + all.Shell.KeyName(key) + "  " + label + " ")
}

// title says what it is about.
func (b *bulk) title() string {
	w := b.of.env.Words.Deliveries.List
	switch {
	case !b.counted || b.n == 0:
		return map[deed]string{toReplay: w.ReplaySome, toCancel: w.CancelSome, toRetry: w.RetrySome}[b.deed]
	case b.deed == toCancel:
		return w.CancelMany(b.n)
	case b.deed == toRetry:
		return w.RetryMany(b.n)
	}
	return w.ReplayMany(b.n)
}

// inner is the width within the border: of a size that does not change while it
// counts.
func (b *bulk) inner() int { return max(min(b.width-4, 58), 1) }

// View implements page.Dialog.
func (b *bulk) View(width, height int) string {
	b.width, b.height = width, height
	out, _ := b.lines()
	return widget.Box(b.of.env.Theme, b.title(), out, b.inner())
}

// Cursor implements page.Dialog.
func (b *bulk) Cursor() *tea.Cursor {
	w := b.of.env.Words.Deliveries.List
	_, at := b.lines()
	y := at[b.focus] + 1
	switch b.focus {
	case spotRate:
		return tea.NewCursor(3+text.Width(w.Rate)+b.rate.CursorX(fieldWidth), y)
	case spotNumber:
		return tea.NewCursor(3+text.Width(w.TypeNumber(strconv.Itoa(b.n)))+b.number.CursorX(fieldWidth), y)
	}
	return tea.NewCursor(3, y)
}
