package widget

// Value is the value under the cursor of the tree: the text of a string, anything
// else as it stands in the bytes. Not ok where there is no cursor.
func (v *Viewer) Value() (what string, data []byte, ok bool) {
	_, data, ok = v.Subtree()
	if ok && data[0] == '"' {
		data = []byte(unquote(data))
	}
	return v.env.Words.Viewer.CopyValue, data, ok
}

// Subtree is the same with a string's quotation marks: the very bytes of the source.
func (v *Viewer) Subtree() (what string, data []byte, ok bool) {
	what = v.env.Words.Viewer.CopySubtree
	s := v.front()
	if s == nil {
		return what, nil, false
	}
	node, ok := s.node()
	if !ok {
		return what, nil, false
	}
	end := s.outline.end(node)
	return what, s.raw[node:end:end], true
}

// Path is the jq expression that yields the value under the cursor from the body:
// ".call_details.tags[2].name".
func (v *Viewer) Path() (what string, data []byte, ok bool) {
	what = v.env.Words.Viewer.CopyPath
	s := v.front()
	if s == nil || s.many {
		return what, nil, false
	}
	node, ok := s.node()
	if !ok {
		return what, nil, false
	}
	path := s.outline.path(node)
	if s.head != "" {
		path = s.head + " | " + path
	}
	return what, []byte(path), true
}
