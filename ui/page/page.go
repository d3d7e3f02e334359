// Package page is the contract between the shell (package ui) and every screen.
//
// Promises: the shell calls all methods from one goroutine. View is pure and
// returns exactly the size last given to SetSize. Update never blocks; whatever
// takes time is in the command it returns, and the answer carries an identity so
// that a stale one is dropped. Screens never import each other: navigation is a
// message.
package page

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Page is one screen on the shell's stack.
type Page interface {
	Init() tea.Cmd
	// Update gets every message but the key presses that matched an Action.
	Update(msg tea.Msg) tea.Cmd
	// View draws the page: at most the height of SetSize in lines, none wider.
	View() string
	SetSize(width, height int)
	// Cursor is where the real cursor sits, relative to the page's top left
	// corner: the focused row or field, so that screen readers and input methods
	// follow. Nil hides it.
	Cursor() *tea.Cursor
	// Actions are all the page can do now, in the order of the footer. Dispatch,
	// footer, help and palette are made of nothing else.
	Actions() []Action
	// Title is the breadcrumb of the page, already clean.
	Title() string
	// Typing reports that a text field has the focus: then printable keys, left,
	// right, home, end, backspace and delete go to Update; only the others (ctrl,
	// esc, tab, enter, up, down, function keys) reach actions.
	Typing() bool
}

// Leaver is a page that wants a word before it is popped: Leave returns nil when
// the page may go, or a command (typically opening a question) when it may not yet.
type Leaver interface{ Leave() tea.Cmd }

// Interrupter is a page with work that can be cancelled: Interrupt cancels it and
// returns what to do next, or nil when nothing runs.
type Interrupter interface{ Interrupt() tea.Cmd }

// Paster is a page that has a use for a paste even while it is not Typing: Pastes
// reports so, and the tea.PasteMsg goes to Update. Elsewhere a paste outside a
// field is refused, so that pasted text never triggers commands.
type Paster interface{ Pastes() bool }

// Action is one thing a page or the shell can do: one entry for the key, the
// footer, the help, the palette and the reference.
type Action struct {
	ID     string   // stable, "hook.verify"
	Keys   []string // Bubble Tea key names; the first is shown; none: palette only
	Label  string   // one or two words, for the footer
	Help   string   // one line, for help and palette; empty: Label
	Foot   bool     // shown in the footer, in order, while there is room
	Off    bool     // not possible right now: listed dimmed, never dispatched
	Writes bool     // taken away by --readonly
	Twin   string   // the command that does the same: "hooktop hook verify"
	Do     func() tea.Cmd
}

// Act joins words, keys and deed.
func Act(id string, w text.ActionWords, do func() tea.Cmd, keys ...string) Action {
	return Action{ID: id, Keys: keys, Label: w.Label, Help: w.Help, Do: do}
}

// Env is what every page is given and only the shell changes (inside its Update).
// A page keeps the pointer and reads it when it draws. Its methods navigate; they
// may be called from Update and from an Action only.
type Env struct {
	Words    *text.Words
	Theme    *theme.Theme
	Now      func() time.Time
	ReadOnly bool
	Motion   bool // false: nothing moves by itself
	Demo     bool // the shell answers DemoMsg
	Passing  bool // this is the demonstration: nothing outlives it
	Choices  Choices
	Alerts   []Alert // what stands in the way of deliveries now; the shell keeps it

	posted []tea.Msg
}

// Post hands the shell a message that it takes before it looks at anything else.
// Navigation goes this way: a key typed right behind the one that opens a page is
// meant for that page, and a command's answer could come after it. The command it
// returns does nothing; it says that something was done.
func (e *Env) Post(msg tea.Msg) tea.Cmd {
	e.posted = append(e.posted, msg)
	return func() tea.Msg { return nil }
}

// Posted takes what was posted. It is the shell's.
func (e *Env) Posted() []tea.Msg {
	posted := e.posted
	e.posted = nil
	return posted
}

// Push, Pop and Open post the messages of these names. PopWith takes the page from
// away, and gives result to the one below; wherever it is by then.
func (e *Env) Push(p Page) tea.Cmd   { return e.Post(PushMsg{p}) }
func (e *Env) Pop() tea.Cmd          { return e.Post(PopMsg{}) }
func (e *Env) Open(d Dialog) tea.Cmd { return e.Post(DialogMsg{Dialog: d}) }
func (e *Env) PopWith(from Page, result tea.Msg) tea.Cmd {
	return e.Post(PopMsg{From: from, Result: result, Force: true})
}

// Tick is the command that asks for msg again in a second, so that a clock on the
// screen runs; nil without motion: then it stands.
func (e *Env) Tick(msg tea.Msg) tea.Cmd {
	if !e.Motion {
		return nil
	}
	return After(time.Second, msg)
}

// RestyledMsg tells every page that words, theme or symbols in Env have changed.
type RestyledMsg struct{}

// PushMsg puts a page on the stack.
type PushMsg struct{ Page Page }

// PopMsg takes the top page off the stack; with From that page and whatever has
// come to stand on it, and nothing if it is gone already. Result, if any, is given
// to the page below as a message. Force skips Leaver.
type PopMsg struct {
	From   Page
	Result tea.Msg
	Force  bool
}

// ToastKind says how a toast is drawn and how long it stays.
type ToastKind int

const (
	ToastInfo  ToastKind = iota // fades after 4 s
	ToastGood                   // fades after 4 s
	ToastWarn                   // stays until a key is pressed
	ToastError                  // stays until dismissed
)

// ToastMsg shows one line above the footer and adds it to the messages log. Text
// must be clean. Undo, if set, is what the undo key does while the toast shows.
type ToastMsg struct {
	Kind ToastKind
	Text string
	Undo func() tea.Cmd
}

// Toast is the command for ToastMsg.
func Toast(kind ToastKind, text string) tea.Cmd {
	return func() tea.Msg { return ToastMsg{Kind: kind, Text: text} }
}

// CopyMsg asks the shell to bring Data to the clipboard by the copy ladder and to
// say truthfully what came of it. What names the thing, for the toast.
type CopyMsg struct {
	What string
	Data []byte
}

// Copy is the command for CopyMsg.
func Copy(what string, data []byte) tea.Cmd {
	return func() tea.Msg { return CopyMsg{what, data} }
}

// SaveMsg asks the shell to write Data to a new file that only its owner can read,
// and to say where. Name is what the file's name begins and ends with:
// "payload.json".
type SaveMsg struct {
	What, Name string
	Data       []byte
}

// EditMsg asks the shell to open Data in $EDITOR; EditedMsg comes back to every
// page with the same ID.
type EditMsg struct {
	ID   string
	Name string // file name, for the editor's syntax: "call.tag.added.json"
	Data []byte
}

// EditedMsg is the answer to EditMsg. Data is what was saved, byte for byte.
type EditedMsg struct {
	ID      string
	Data    []byte
	Changed bool
	Err     error
}

// ReadMsg asks the shell to show Data in $PAGER, as clean as on a page.
type ReadMsg struct {
	Name string // file name, for the pager's title: "call.tag.added.json"
	Data []byte
}

// DialogMsg puts a dialog over the pages. Sudden says that it opens by itself, not
// in answer to a key: then it swallows the keys already in flight.
type DialogMsg struct {
	Dialog Dialog
	Sudden bool
}

// Dialog is an overlay: a menu, a question, the palette. It gets all keys while
// it is on top. Done closes it; cmd runs then.
type Dialog interface {
	Update(msg tea.Msg) (cmd tea.Cmd, done bool)
	// View draws the dialog within the given size, its own border included.
	View(width, height int) string
	// Cursor is relative to the top left corner of what View last drew; nil hides it.
	Cursor() *tea.Cursor
}

// QuitMsg asks the shell to quit as if the quit key had been pressed.
type QuitMsg struct{}

// Quit is the command for QuitMsg.
func Quit() tea.Cmd { return func() tea.Msg { return QuitMsg{} } }

// DemoMsg asks the shell to run the demonstration and to come back after it.
type DemoMsg struct{}

// LanguageMsg asks the shell for the other language, or for Lang when it is set.
type LanguageMsg struct{ Lang text.Lang }

// AfterMsg asks the shell to deliver Msg to everyone once Wait has passed. Pages
// use it instead of tea.Tick, so that tests never wait for a clock.
type AfterMsg struct {
	Wait time.Duration
	Msg  tea.Msg
}

// After is the command for AfterMsg.
func After(wait time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg { return AfterMsg{wait, msg} }
}

// ReservedKeys are the shell's everywhere; no page may bind them. Esc, the digits
// and q are the shell's only where a page has no use of its own for them.
func ReservedKeys() []string {
	return []string{"?", "f1", ":", "ctrl+p", "u", "!", "m", "f2", "ctrl+c", "ctrl+l", "ctrl+z"}
}
