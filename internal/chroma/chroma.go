// Package chroma stands in for the highlighter that Glamour links (the replace in
// go.mod). Pages of triggers have no highlighted code, and the real one costs 3.5 MB
// of every process and 12 ms of every start, those of commands too. It has what
// Glamour names of it, and shows code as it is written.
package chroma

// TokenType is a kind of word in a program.
type TokenType int

// The kinds that Glamour's styles name.
const (
	Text TokenType = iota
	Error
	Comment
	CommentPreproc
	Keyword
	KeywordReserved
	KeywordNamespace
	KeywordType
	Operator
	Punctuation
	Name
	NameBuiltin
	NameTag
	NameAttribute
	NameClass
	NameConstant
	NameDecorator
	NameException
	NameFunction
	NameOther
	Literal
	LiteralNumber
	LiteralDate
	LiteralString
	LiteralStringEscape
	GenericDeleted
	GenericEmph
	GenericInserted
	GenericStrong
	GenericSubheading
	Background
)

// StyleEntries say how each kind looks.
type StyleEntries map[TokenType]string

// Style is a set of looks that nothing is drawn in.
type Style struct{ Name string }

// MustNewStyle names a style.
func MustNewStyle(name string, _ StyleEntries) *Style { return &Style{name} }
