package model

import "strings"

// Code is a stable, translated name of something that went wrong. The words for
// it live in ui/text.
type Code string

// What can be wrong with what a person or a script gave.
const (
	CodeNameEmpty       Code = "name_empty"
	CodeNameTaken       Code = "name_taken"
	CodeNameTooLong     Code = "name_too_long"
	CodeNameControl     Code = "name_control" // control characters or broken text
	CodeURLEmpty        Code = "url_empty"
	CodeURLScheme       Code = "url_scheme"
	CodeURLHost         Code = "url_host"
	CodeURLUserinfo     Code = "url_userinfo"
	CodeURLFragment     Code = "url_fragment"
	CodeURLPort         Code = "url_port"
	CodeURLControl      Code = "url_control"
	CodeURLSyntax       Code = "url_syntax"
	CodeURLTooLong      Code = "url_too_long"
	CodeAuthControl     Code = "auth_control" // CR, LF, NUL or another control character
	CodeAuthBlanks      Code = "auth_blanks"  // blank at the beginning or the end
	CodeAuthASCII       Code = "auth_ascii"
	CodeAuthTooLong     Code = "auth_too_long"
	CodeHeaderName      Code = "header_name"
	CodeHeaderForbidden Code = "header_forbidden"
	CodeHeaderValue     Code = "header_value"
	CodeHeaderTooLong   Code = "header_too_long"
	CodeSecretFormat    Code = "secret_format"
	CodeNoTriggers      Code = "no_triggers"
	CodeUnknownEvent    Code = "unknown_event"
	CodeSchedule        Code = "schedule"
	CodeLimit           Code = "limit" // a number outside its bounds
	CodeCondition       Code = "condition"
	CodeCA              Code = "ca"
	CodeBodyEmpty       Code = "body_empty"
	CodeBodyJSON        Code = "body_json" // Line and Col say where
	CodeBodyTooLarge    Code = "body_too_large"
	CodeBodyUTF8        Code = "body_utf8"
	CodeUsage           Code = "usage" // flags and arguments; Value is the plain text
	CodeLang            Code = "lang"
	CodeTheme           Code = "theme"
	CodeConfig          Code = "config"
	CodeNotFound        Code = "not_found_here" // no such webhook, event, delivery, file
	CodeReadOnly        Code = "readonly"       // refused by --readonly
	CodeConflict        Code = "conflict"       // changed by someone else meanwhile
	CodePortInUse       Code = "port_in_use"    // Value is the address asked for
	CodeEventName       Code = "event_name"     // Value is no event type, or not the one the body carries
	CodeEventTaken      Code = "event_taken"    // one's own event has the name of an embedded one, or of a toggle
	CodeEventNoBody     Code = "event_no_body"  // a page or a label without the sample body it belongs to
	CodeImport          Code = "import"         // a file of webhooks that cannot be read; Value is a key it does not know
	CodeFileExists      Code = "file_exists"    // Value is not written over
	CodeOwnFile         Code = "own_file"       // File, one of one's own events, cannot be read or used; Value is the place
)

// What can be wrong with an event or with a filter of deliveries.
const (
	CodeDuplicate   Code = "duplicate"    // Value, an event's id or idempotency key, came before with other bytes
	CodeEventID     Code = "event_id"     // Value cannot be an event's id, or an idempotency key
	CodeFilterKey   Code = "filter_key"   // Value is the word whose key is none of ours
	CodeFilterValue Code = "filter_value" // Value is the word whose value its key cannot have
	CodeFilterQuote Code = "filter_quote" // a quotation mark is left open; Value is what follows it
)

// What can be wrong with the store.
const (
	CodeStoreLocked   Code = "store_locked"
	CodeStoreForeign  Code = "store_foreign"   // not a hooktop database
	CodeStoreNewer    Code = "store_newer"     // written by a newer hooktop
	CodeStoreOlder    Code = "store_older"     // by an older one; it cannot be read before it is brought up to date
	CodeStoreCorrupt  Code = "store_corrupt"   //
	CodeStoreReadOnly Code = "store_read_only" // file or folder cannot be written
	CodeStoreFull     Code = "store_full"
	CodeStoreGone     Code = "store_gone" // the file was deleted or replaced
	CodeStoreIO       Code = "store_io"
	CodeStorePath     Code = "store_path"  // the path leads through a file that is no folder
	CodeKeyMissing    Code = "key_missing" // the database has secrets, the key file is absent
	CodeKeyWrong      Code = "key_wrong"   // the key file is another database's
	CodeKeyMode       Code = "key_mode"    // the key file is readable by others
)

// How a delivery, a test or a verification can fail (DOMAIN.md 4.3).
const (
	CodeInvalidURL      Code = "invalid_url"
	CodeBlockedAddress  Code = "blocked_address"
	CodeDNS             Code = "dns"
	CodeRefused         Code = "refused"
	CodeUnreachable     Code = "unreachable" // no route, host or network unreachable
	CodeReset           Code = "reset"       // the connection broke off before an answer
	CodeTimeout         Code = "timeout"     // Reason is the phase
	CodeTLS             Code = "tls"         // Reason says which
	CodeProtocol        Code = "protocol"    // the answer is not HTTP/1.1
	CodeProxy           Code = "proxy"
	CodeRedirect        Code = "redirect"
	CodeAuthRejected    Code = "auth_rejected"     // 401, 403
	CodeAuthMissing     Code = "auth_missing"      // 401, 403 to a request without Authorization
	CodeHTTPNotFound    Code = "not_found"         // 404, 410
	CodePostNotAllowed  Code = "post_not_allowed"  // 405
	CodeJSONNotAccepted Code = "json_not_accepted" // 400, 415, 422
	CodeRateLimited     Code = "rate_limited"      // 429
	CodeServerError     Code = "server_error"      // 5xx
	CodeHTTPError       Code = "http_error"        // any other status
	CodeCancelled       Code = "cancelled"         // a person or the shutdown stopped it
	CodeLocal           Code = "local"             // our own machine: descriptors, memory
)

// Reasons of CodeTLS.
const (
	TLSExpired     = "expired"
	TLSNotYetValid = "not_yet_valid"
	TLSUnknownCA   = "unknown_ca"
	TLSHostname    = "hostname"
	TLSVersion     = "version"
	TLSClientCert  = "client_cert"
	TLSPlainHTTP   = "plain_http" // the port speaks plain HTTP
	TLSOther       = "other"
)

// Failure is why an attempt or a verification did not get a 2xx.
type Failure struct {
	Code       Code   `json:"code"`
	Reason     string `json:"reason,omitempty"`      // refines the code: a phase, a TLS cause, a kind of address
	Detail     string `json:"detail,omitempty"`      // raw text of the cause; untrusted
	Host       string `json:"host,omitempty"`        // host:port concerned
	RetryAfter string `json:"retry_after,omitempty"` // header as received; untrusted
}

// Field names the input a fault is about. Fields are the words of CLI.md's flags.
type Field string

const (
	FieldName        Field = "name"
	FieldURL         Field = "url"
	FieldAuth        Field = "authorization"
	FieldTriggers    Field = "triggers"
	FieldSecret      Field = "secret"
	FieldHeader      Field = "header"
	FieldRetry       Field = "retry"
	FieldTimeout     Field = "timeout"
	FieldRate        Field = "rate"
	FieldConcurrency Field = "concurrency"
	FieldCondition   Field = "condition"
	FieldCA          Field = "ca"
	FieldSkipVerify  Field = "skip_verify"
	FieldPrivate     Field = "allow_private"
	FieldBody        Field = "body"
	FieldState       Field = "state"
	FieldDB          Field = "db"
	FieldBackup      Field = "backup"
	FieldFile        Field = "file"
	FieldKey         Field = "key"
	FieldFilter      Field = "filter"
	FieldID          Field = "id"
	FieldIdempotency Field = "idempotency" // the key that makes a repetition harmless
	FieldOwner       Field = "owner"       // of the database: the program that sends
	FieldSocket      Field = "socket"      // by which others speak to the owner
)

// Fault is an error a person can mend: a code, the field it is about and the
// value at fault. It carries no words; ui/text has them.
type Fault struct {
	Code  Code
	Field Field
	Value string // what was given; never a secret. Untrusted
	File  string // name of the file it was found in, when that is not what was given
	Line  int    // of a body or a file, from 1; 0: does not apply
	Col   int
	Limit int   // the bound that was passed; 0: does not apply
	Err   error // the cause below; may be nil
}

// Error is for logs; people get the words of ui/text.
func (f *Fault) Error() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File + ": ")
	}
	b.WriteString(string(f.Code))
	if f.Field != "" {
		b.WriteString(" (" + string(f.Field) + ")")
	}
	if f.Err != nil {
		b.WriteString(": " + f.Err.Error())
	}
	return b.String()
}

func (f *Fault) Unwrap() error { return f.Err }

// HeaderValue returns the value of the first header of that name, or "".
func HeaderValue(hs []Header, name string) string {
	for _, h := range hs {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}
