package page

import tea "charm.land/bubbletea/v2"

// Pointer is a page that can be used with the mouse. Coordinates are relative to
// the page's top left corner, as those of Cursor.
type Pointer interface {
	// Click is the left button on a cell. again says that the same line was clicked
	// just before and nothing happened in between: a page opens what is selected
	// already, and only that, since rows may have moved under the pointer.
	Click(x, y int, again bool) tea.Cmd
	// Wheel scrolls n lines down, up if negative.
	Wheel(n int) tea.Cmd
}

// Keeper is the first page of a tab that wants to look the next time as it does
// now: filter, selected id, pane, sort. Never marks, questions or revealed secrets.
type Keeper interface {
	// Keep is what to remember, by names of the page's own. It is asked for often.
	Keep() map[string]string
	// Restore is called before Init with what Keep gave once: another version's, or
	// edited by hand. What makes no sense now is left out.
	Restore(map[string]string)
}

// Opener is the first page of a tab that can show one thing by its id or name, as
// hooktop --open asks for. It may be called before anything has been read.
type Opener interface{ OpenID(id string) tea.Cmd }
