package ui

// WriteTwice writes the last word of a session and then what a late command has.
func WriteTwice(path string, last, late Session) {
	k := keeping{path: path}
	k.write(last, true)
	k.write(late, false)
}
