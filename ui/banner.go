package ui

import tea "charm.land/bubbletea/v2"

// above is how many lines stand over the page.
func (a *App) above() int { return 1 }

func (a *App) settleBanner() {}

func (a *App) openAlerts() tea.Cmd { return nil }
