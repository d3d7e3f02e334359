package page

// EngineState is what the sender does, as the header says it on every screen.
type EngineState string

const (
	EngineLive       EngineState = "live"
	EngineStopped    EngineState = "stopped" // nobody sends
	EngineConnecting EngineState = "connecting"
	EngineReadOnly   EngineState = "readonly"
)

// EngineMsg tells the shell what the sender does now. Only the newest one counts.
type EngineMsg struct {
	State EngineState
	Rate  float64 // attempts per second; 0: not shown
	Owner int     // pid of another process that sends; 0: this one
}

// Freezer is a page whose view can stand still while the sender works on: the
// header says so while Frozen reports it.
type Freezer interface{ Frozen() bool }
