package text

import (
	"maps"

	"hooktop/model"
)

func problemsEN() ProblemWords {
	by := inputEN()
	maps.Copy(by, storeEN())
	maps.Copy(by, wireEN())
	return ProblemWords{
		ByCode:    by,
		Unknown:   Problem{"This could not be done.", "Try again; if it fails again, look at the exact cause."},
		Cancelled: Problem{"Cancelled.", "Repeat it when you like."},
		TooLate:   Problem{"It did not finish in time.", "Try again; if it fails again, raise the time limit."},
		At:        " (line %d, column %d)",
		Until:     "until %s",
		Open:      `"`, Close: `"`,
		Host: "your receiver",
		Where: map[string]string{
			"timeout": "under Advanced", "rate": "under Advanced", "ca": "under Advanced", "private": "under Advanced",
			"resume": "with p", "enable": "with s", "auth": "under Authorization",
		},
		Shell: map[string]string{
			"timeout": "with --timeout", "rate": "with --rate", "ca": "with --ca", "private": "with --allow-private",
			"resume": "with hooktop hook resume", "enable": "with hooktop hook enable",
			"auth": "with --auth-stdin",
		},
	}
}

// inputEN is what can be wrong with what a person or a script gave.
func inputEN() map[string]Problem {
	return problems{
		model.CodeNameEmpty:   {"The webhook has no name.", "Type one, for example crm-prod."},
		model.CodeNameTaken:   {"There is already a webhook with the name {value}.", "Choose another name."},
		model.CodeNameTooLong: {"The name has more than {limit} characters.", "Shorten it."},
		model.CodeNameControl: {"The name contains control characters or broken text.", "Type it again on one line."},

		model.CodeURLEmpty:    {"The URL is missing.", "Type the address of your HTTP endpoint, with https:// in front."},
		model.CodeURLScheme:   {"The URL must begin with http:// or https://{got}.", "Type the whole address, with https:// in front."},
		model.CodeURLHost:     {"The URL has no valid host{got}.", "Type a name or an IP address after //."},
		model.CodeURLUserinfo: {"The URL carries a user or a password before @.", "Take them out of the URL and type the key in Authorization."},
		model.CodeURLFragment: {"The URL has a fragment, which is never sent{got}.", "Delete # and what follows."},
		model.CodeURLPort:     {"The port of the URL is not valid{got}.", "Type a number from 1 to 65535, or none."},
		model.CodeURLControl:  {"The URL contains a blank or a control character{got}.", "Delete it or, if it is needed, encode it: a blank is %20."},
		model.CodeURLSyntax:   {"The URL cannot be read.", "Check the % signs, the brackets and the slashes."},
		model.CodeURLTooLong:  {"The URL has more than {limit} characters.", "Shorten it."},

		model.CodeAuthControl: {"Authorization contains a line break or another control character.", "Paste the key again, on one line."},
		model.CodeAuthBlanks:  {"Authorization begins or ends with a blank.", "Delete it: the value is sent exactly as typed."},
		model.CodeAuthASCII:   {"Authorization contains characters that are not ASCII.", "Use plain letters, digits and signs only."},
		model.CodeAuthTooLong: {"Authorization has more than {limit} characters.", "Shorten the key."},

		model.CodeHeaderName:      {"The header name {value} is not valid.", "Use letters, digits and hyphens, without blanks: X-Team."},
		model.CodeHeaderForbidden: {"The header {value} is written by hooktop or by HTTP itself.", "Remove it; for the key use the field Authorization."},
		model.CodeHeaderValue:     {"The value of header {value} has a control character or blanks at its ends.", "Type it on one line, without blanks at the beginning or the end."},
		model.CodeHeaderTooLong:   {"The header {value} is larger than {size}.", "Shorten its value."},

		model.CodeSecretFormat:            {"The signing secret is not whsec_ followed by base64.", "Generate one, or paste your receiver's whole, with its = signs."},
		model.CodeSecretFormat + ".limit": {"The signing secret has more than {limit} bytes.", "Generate one of 32 bytes."},
		model.CodeNoTriggers:              {"No trigger is chosen.", "Choose at least one to activate the webhook."},
		model.CodeUnknownEvent:            {"There is no trigger or event {value}.", "Choose one from the list of hooktop sample."},
		model.CodeOwnFile:                 {"The file cannot be read or has a mistake{got}{at}.", "Correct it; the rest is used."},
		model.CodeSchedule:                {"The retry schedule is not valid{got}.", "Type standard, svix, demo, none, or waits that never decrease, up to 7 days: 0,5s,5m,2h."},
		model.CodeSchedule + ".limit":     {"The retry schedule has more than {limit} attempts.", "Take waits off the list."},
		model.CodeLimit:                   {"There are more than the limit of {limit}{got}.", "Reduce the number."},
		model.CodeLimit + ".header":       {"There are more than {limit} headers.", "Remove those you do not need."},
		model.CodeLimit + ".timeout":      {"The time limit is out of range{got}.", "Type 1ms to 60s."},
		model.CodeLimit + ".rate":         {"The rate is out of range{got}.", "Type 0.001 to {limit} deliveries per second, or 0 for no limit."},
		model.CodeLimit + ".script":       {"{value} is no status from 200 to {limit}, and no file.", "Write statuses with commas between them, as 500,500,200, or name a file of them."},
		model.CodeLimit + ".concurrency":  {"The number of deliveries in flight is out of range{got}.", "Type 1 to {limit}."},
		model.CodeCondition:               {"The jq condition is not valid{got}.", "Check the expression."},
		model.CodeCA:                      {"The file has no valid PEM certificate in it.", "Choose a file with BEGIN CERTIFICATE blocks."},

		model.CodeBodyEmpty:           {"The body is empty.", "Type or open a JSON text; {} will do."},
		model.CodeBodyJSON:            {"The body is not valid JSON{at}.", "Correct that place and repeat."},
		model.CodeBodyJSON + ".value": {"The body is not valid JSON: {value} is not expected{at}.", "Correct that place and repeat."},
		model.CodeBodyJSON + ".limit": {"The body has more than {limit} levels{at}.", "Reduce the nesting."},
		model.CodeBodyTooLarge:        {"The content is larger than {size}{got}.", "Make it smaller."},
		model.CodeBodyUTF8:            {"The body is not UTF-8 text{at}.", "Save it as UTF-8 and repeat."},

		model.CodeUsage:               {"{raw}", ""},
		model.CodeLang:                {"There are no words in the language {value}.", "Use es or en."},
		model.CodeTheme:               {"There is no theme {value}.", "Use auto, dark, light, contrast or mono."},
		model.CodeConfig:              {"The configuration file cannot be read or has a mistake{got}{at}.", "Correct it; until then, what is understood is used."},
		model.CodeNotFound:            {"{value} does not exist.", "Check how it is spelled."},
		model.CodeReadOnly:            {"Read-only: nothing was changed.", "Leave out --readonly to make changes."},
		model.CodeConflict:            {"Another process changed {value} in the meantime.", "Open it again and repeat the change."},
		model.CodeConflict + ".state": {"That is not possible while the webhook is {raw}.", "Enable or resume it first."},

		model.CodeConflict + ".paused":     {"That is not possible while the webhook is {raw}.", "Resume it {resume}."},
		model.CodeConflict + ".disabled":   {"That is not possible while the webhook is {raw}.", "Enable it {enable}."},
		model.CodeConflict + ".draft":      {"That is not possible while the webhook is {raw}.", "Enable it {enable}."},
		model.CodePortInUse:                {"The address {value} is already in use.", "Choose another port or close the program that uses it."},
		model.CodeEventName:                {"The event type {value} is not valid, or is not the file's{at}.", "Use letters, digits, _ and dots, like order.paid, and the same type in the body."},
		model.CodeEventTaken:               {"{value} is already an event that comes with hooktop, or a trigger.", "Give the file another name."},
		model.CodeEventNoBody:              {"{value} has a page or a label, but no sample body.", "Add the file {raw}.json."},
		model.CodeDuplicate:                {"There is an event with the id or key {value} and other bytes already.", "Give what is new an id of its own, or repeat the same bytes."},
		model.CodeEventID:                  {"{value} can be neither an event's id nor an idempotency key.", "Use 1 to 128 letters, digits, hyphens and underscores."},
		model.CodeEventID + ".idempotency": {"{value} cannot be an idempotency key.", "Use 1 to 255 visible ASCII characters, without spaces."},

		model.CodeFilterKey:              {"The filter does not know the key of {value}.", "Use state, hook, event, status, error, since, until, test, id, call or replay; to search for the text as it is, put it in quotes."},
		model.CodeFilterValue:            {"The filter does not understand {value}.", "For example: state:dead status:5xx error:timeout since:2h until:2026-03-12 test:no."},
		model.CodeFilterValue + ".state": {"The filter does not understand {value}.", "Use queued, sending, retrying, held, delivered, dead or cancelled; several, with commas."},
		model.CodeFilterQuote:            {"A quotation mark in the filter is not closed{got}.", "Add the one that is missing, or delete the one too many."},

		model.CodeNotFound + ".name":    {"There is no webhook with the name or id {value}.", "See which there are with hooktop hook list; deleted ones with --deleted."},
		model.CodeNotFound + ".deleted": {"{value} is not deleted.", "There is nothing to restore."},
		model.CodeNotFound + ".db":      {"The database {value} does not exist.", "Check the path given to --db."},
		model.CodeNotFound + ".ca":      {"The CA file {value} cannot be read.", "Check its path and permissions."},
		model.CodeNotFound + ".body":    {"The file {value} cannot be read.", "Check its path and permissions."},
		model.CodeNotFound + ".secret":  {"The webhook {value} has no signing secret.", "Give it one, or name another webhook."},
		model.CodeImport:                {"The file of webhooks cannot be read{got}{at}.", "It must be as hooktop writes it, in TOML or JSON."},
		model.CodeNotFound + ".file":    {"The file {value} cannot be read.", "Check its path and permissions."},
		model.CodeNotFound + ".backup":  {"There is no folder for {value}.", "Make it, or choose another path."},
		model.CodeFileExists:            {"There is already something at {value}; it was not touched.", "Choose another name, or move it away."},
	}.byName()
}

// storeEN is what can be wrong with the store.
func storeEN() map[string]Problem {
	return problems{
		model.CodeStoreLocked:               {"Another process has locked the database {value}.", "Wait until it ends, close it, or use another one with --db."},
		model.CodeStoreLocked + ".owner":    {"Another hooktop process already owns this database.", "Use that one, or end it first."},
		model.CodeStoreLocked + ".pid":      {"The hooktop process with pid {raw} already owns this database.", "Use that one, or end it first."},
		model.CodeStoreLocked + ".socket":   {"The hooktop process that owns this database does not answer.", "Repeat in a moment; if it goes on, end that process."},
		model.CodeStoreForeign:              {"{value} is not a hooktop database; it was not touched.", "Use another file with --db."},
		model.CodeStoreNewer:                {"{value} is from a newer version of hooktop; it was not touched.", "Update hooktop, or use another file with --db."},
		model.CodeStoreCorrupt:              {"The database {value} is damaged.", "Keep a copy and restore a backup, or use another file with --db."},
		model.CodeStoreOlder:                {"{value} is from an older version of hooktop and must be brought up to date before it can be read.", "Open it once without --readonly, and end older versions of hooktop that still use it."},
		model.CodeStoreReadOnly:             {"{value} cannot be written.", "Check the permissions of the file and its folder, or open it with --readonly."},
		model.CodeStoreFull:                 {"The disk is full: nothing was saved in {value}.", "Free some space and repeat."},
		model.CodeStoreGone:                 {"The file {value} was deleted or replaced while in use.", "Close hooktop, put the file back and open it again."},
		model.CodeStorePath:                 {"{value} cannot be there: a part of the path is a file and no folder.", "Choose another path with --db."},
		model.CodeStoreIO:                   {"The disk failed while reading or writing {value}.", "Check the disk and open hooktop again."},
		model.CodeStoreReadOnly + ".backup": {"The backup cannot be written to {value}.", "Check the permissions of its folder."},
		model.CodeStoreFull + ".backup":     {"The disk is full: there is no room for the backup {value}.", "Free some space, or choose another disk."},
		model.CodeStorePath + ".backup":     {"The backup cannot be at {value}: a part of the path is a file and no folder.", "Choose another path."},
		model.CodeStoreIO + ".backup":       {"The disk failed while writing the backup {value}.", "Choose another disk. The database itself was not touched."},
		model.CodeKeyMissing:                {"The key file is missing, and without it the stored secrets cannot be read{got}.", "Put it back: hooktop paths says where."},
		model.CodeKeyWrong:                  {"The key file {value} belongs to another database.", "Put the right one in its place, or use another database with --db."},
		model.CodeKeyMode:                   {"Other users can read the key file {value}.", "Take the permission away: chmod 600."},
	}.byName()
}

// wireEN is how a delivery, a test or a verification can fail.
func wireEN() map[string]Problem {
	const allow = "Allow it for this webhook {private}."
	const check = "Check the URL: hooktop never sends there."
	return problems{
		model.CodeInvalidURL:                      {"The URL is not valid.", "Correct it in the webhook."},
		model.CodeBlockedAddress + ".addr":        {"A receiver listens on {value} only with a key.", "Give it an Authorization value or a signing secret, or let it listen on 127.0.0.1."},
		model.CodeBlockedAddress:                  {"{host} leads to an address that is not allowed.", check},
		model.CodeBlockedAddress + ".link_local":  {"{host} leads to a link-local address.", check},
		model.CodeBlockedAddress + ".metadata":    {"{host} leads to a cloud's metadata service, which holds credentials.", check},
		model.CodeBlockedAddress + ".unspecified": {"{host} leads to an address without a destination.", check},
		model.CodeBlockedAddress + ".multicast":   {"{host} leads to a multicast address.", check},
		model.CodeBlockedAddress + ".reserved":    {"{host} leads to a reserved address.", check},
		model.CodeBlockedAddress + ".loopback":    {"{host} is this very machine, and --egress public does not allow it.", allow},
		model.CodeBlockedAddress + ".private":     {"{host} is in a private network, and --egress public does not allow it.", allow},

		model.CodeDNS:                  {"The address of {name} cannot be found.", "Check the host name in the URL."},
		model.CodeDNS + ".not_found":   {"The name {name} does not exist.", "Check how it is spelled in the URL."},
		model.CodeDNS + ".server":      {"The name server could not look up {name}.", "Check your connection and your DNS, and repeat."},
		model.CodeRefused:              {"Nothing accepts connections at {host}.", "Is it running?"},
		model.CodeUnreachable:          {"There is no route to {host}.", "Check the network, the VPN and the firewall."},
		model.CodeReset:                {"The connection to {host} broke off before the answer.", "Look at your receiver's log at that moment."},
		model.CodeTimeout:              {"{host} did not answer in time.", "Check your receiver, or raise the limits {timeout}."},
		model.CodeTimeout + ".dns":     {"Looking up the name {name} took too long.", "Check your DNS and repeat."},
		model.CodeTimeout + ".connect": {"{host} did not accept the connection in time.", "Check the port and your server's firewall."},
		model.CodeTimeout + ".tls":     {"{host} did not finish the TLS handshake in time.", "Check that this port speaks TLS."},
		model.CodeTimeout + ".headers": {"{host} got the request and did not answer in time.", "Answer 2xx at once and work later, or raise the limit {timeout}."},
		model.CodeTimeout + ".total":   {"The attempt at {host} passed the total limit.", "Check your receiver, or raise the total limit {timeout}."},

		model.CodeTLS:                    {"Encryption with {host} failed.", "Check the TLS settings of your server."},
		model.CodeTLS + ".expired":       {"The certificate of {host} has expired.", "Renew it on your server."},
		model.CodeTLS + ".not_yet_valid": {"The certificate of {host} is not valid yet.", "Check this machine's clock and the date of the certificate."},
		model.CodeTLS + ".unknown_ca":    {"The certificate of {host} comes from an unknown authority.", "Add your CA {ca}, or use a public certificate."},
		model.CodeTLS + ".hostname":      {"The certificate of {host} is for another name.", "Use the certificate's name in the URL, or change the certificate."},
		model.CodeTLS + ".version":       {"{host} speaks old versions of TLS only.", "Turn on TLS 1.2 or 1.3 on your server."},
		model.CodeTLS + ".client_cert":   {"{host} wants a client certificate, and hooktop sends none.", "Drop that demand for this path and check Authorization."},
		model.CodeTLS + ".plain_http":    {"{host} speaks unencrypted HTTP on that port.", "Type http://, or the port that speaks TLS."},
		model.CodeTLS + ".other":         {"Encryption with {host} failed.", "Look at the exact cause and check TLS on your server."},

		model.CodeProtocol:           {"{status}{host} answered something that is not HTTP/1.1.", "Check that the port in the URL is your receiver's."},
		model.CodeProxy:              {"{status}the proxy did not let the request through.", "Check the proxy's password, or exclude the host with NO_PROXY."},
		model.CodeProxy + ".egress":  {"With --egress public nothing is sent through a proxy.", "Take the proxy out of the environment, or use --egress any."},
		model.CodeProxy + ".token":   {"The key would pass the proxy in clear: nothing was sent.", "Use https:// in the URL, or exclude the host with NO_PROXY."},
		model.CodeProxy + ".connect": {"The proxy cannot be reached.", "Check HTTP_PROXY and HTTPS_PROXY."},

		model.CodeRedirect:               {"{status}your receiver redirects to another address.", "Put the final address in the URL: redirects are not followed."},
		model.CodeAuthRejected:           {"{status}your receiver rejected the key.", "Check Authorization; Apache with PHP sometimes drops it."},
		model.CodeAuthMissing:            {"{status}your receiver rejected the request, and no Authorization is set here.", "Set the key it expects {auth}."},
		model.CodeHTTPNotFound:           {"{status}that path does not exist on your receiver.", "Check the path of the URL."},
		model.CodeHTTPNotFound + ".410":  {"{status}your receiver wants nothing more at that URL.", "Change the URL, or mend your receiver and activate the webhook again."},
		model.CodePostNotAllowed:         {"{status}your receiver does not accept POST on that path.", "Allow POST, or check the path of the URL."},
		model.CodeJSONNotAccepted:        {"{status}your receiver did not accept the JSON.", "Make it accept application/json and event types it does not know."},
		model.CodeRateLimited:            {"{status}your receiver asks for fewer requests.", "Wait and repeat, or limit the rate {rate}."},
		model.CodeRateLimited + ".after": {"{status}your receiver asks for fewer requests: wait {retry}.", "Then repeat, or limit the rate {rate}."},
		model.CodeServerError:            {"{status}your receiver failed while handling the request.", "Look at your receiver's log."},
		model.CodeServerError + ".after": {"{status}your receiver is not available: wait {retry}.", "Then repeat."},
		model.CodeHTTPError:              {"{status}your receiver did not acknowledge the request.", "Make it answer 2xx once it has the request."},
		model.CodeCancelled:              {"It was cancelled before an answer came.", "Repeat it when you like."},
		model.CodeLocal:                  {"This machine failed, not your receiver.", "Look at the exact cause and repeat."},
		model.CodeLocal + ".descriptors": {"This machine cannot open more connections.", "Close programs, or raise the limit with ulimit -n."},
		model.CodeLocal + ".memory":      {"This machine has no free memory.", "Close programs and repeat."},
		model.CodeLocal + ".ports":       {"This machine has no free outgoing ports.", "Wait a few seconds and repeat."},
		model.CodeLocal + ".forbidden":   {"This machine forbids the connection to {host}.", "Check its firewall and network permissions."},
		model.CodeLocal + ".socket":      {"The hooktop process that owns this database cannot be reached.", "Repeat; if it goes on, end that process and start it again."},
		model.CodeLocal + ".internal":    {"hooktop failed, not your receiver.", "Repeat; if it fails again, report the exact cause."},
	}.byName()
}
