package text

// CLIWords are the words of the command line: help, messages and the people's
// side of every verb. Flags, verbs and keys of JSON are never translated.
type CLIWords struct {
	Help HelpWords
	Cmd  CommandWords
	Flag FlagWords
	Bad  UsageWords
	Say  SayWords
}

// HelpWords are the headings of the help. Default and More are formats.
type HelpWords struct {
	Usage, Commands, Command, Flags, Global, Options, Default, More, Help, Version string
}

// CommandWords has one line for each command and a paragraph where one line is
// not enough.
type CommandWords struct {
	Root, RootLong, Demo, DemoLong                     string
	Hook, Add, AddLong, List, Show, History, Edit      string
	Delete, Restore, Enable, Disable, Pause, Resume    string
	Verify, Rotate, RotateLong, Test, TestLong, Sample string
	SampleLong, Paths, Completion, Reset, HelpCmd      string
}

// FlagWords describe the flags.
type FlagWords struct {
	DB, Lang, JSON, JQ, Quiet, NoInput, ReadOnly, Color, ASCII string
	Accessible, Egress, Config, Debug                          string
	Open, FreshScreens                                         string
	Name, URL, AuthStdin, AuthEnv, AuthFile, Trigger           string
	Secret, SecretStdin, Header, Retry, Timeout, Rate          string
	Concurrency, CA, SkipVerify, AllowPrivate, Draft, NoVerify string
	NoProxy, NoKeyCheck, VerifySample                          string
	Clear, Overlap, Data, SampleLang, Fresh, To, Limit         string
	Verifications, Tests, Deleted                              string
}

// UsageWords say what is wrong with a command line or a setting. They are formats;
// what was typed is cleaned before it is put in.
type UsageWords struct {
	Command, Suggest, Flag, NeedsValue, Value, Syntax string
	MissingArg, TooMany, Choice, Together, Required   string
	EmptyValue, EnvUnset, Stdin, File, FileTooLarge   string
	HeaderSyntax, SecretWord, Duration                string
	Either, FlagLike, NoChange, NotOpened             string
	Address, When                                     string
	JQ, JQTime, JQSize, Hint                          string
	OneEvent                                          string // a trigger of several events where one is needed
	Warning, ConfigKey, ConfigValue, ConfigRead       string
	Lang, Theme, Env                                  string
}

// SayWords are what the verbs say to people. Sentences with %s are formats.
type SayWords struct {
	Saved, Draft, Unverified, Activated               string
	NotVerified                                       string // of what was enabled
	NoDeleted, ColDeleted, ColUndo                    string
	OnlyDeleted, Bytes                                func(n int) string
	Location, UseLocation, OpenedReadOnly             string
	Deleted, Restored, Enabled, Disabled              string
	Paused, Resumed, SecretOnce, Rotated, NoHooks     string
	ShownOnce, OldSigns                               string // behind Rotated
	Summary, Yes, No, None, Never, NoAnswer           string
	TestSent, Truncated                               string
	Phases                                            string // the limits of an attempt: connect, TLS, headers, total
	ColName, ColState, ColVerify, ColURL, ColTriggers string
	ColLast, ColID, ColEvent, ColLabel, ColAt         string
	ColChange, ColRev, ColWhat, ColResult             string
	Secret, Triggers, Headers, Retry, Limits          string
	CreatedAt, UpdatedAt, LastAttempt, Latency        string
	Config, Data, State, Log, Crash, Samples, Key     string
	AuthPrompt, SecretPrompt                          string
	DemoCRM, DemoBI, DemoFlow, DemoOwn                string
	DemoTry, DemoStop                                 string
	Crashed                                           string
	Ended                                             string // by a signal, and where the log is
	DemoEnded                                         string // by a signal
	Safe, SafeElse                                    string // no delivery was lost; Else: another program sends
	Tab                                               string // of the webhooks' screens
	DemoReceiver, DemoDB                              string
	Kept, StillDraft, Unkept                          string
	Private, CA, Trusted, NotChecked                  string
	SignatureOpen                                     string // of a webhook with a signing secret and no Authorization
}
