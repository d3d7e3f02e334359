package cli

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
	"hooktop/sender/sign"
)

// signature are the flags of the commands that make and judge signatures.
type signature struct {
	id, timestamp, value, data  string
	stdin                       bool
	secretEnv, secretFile, hook string
}

func (a *app) signatureCmd() *cobra.Command {
	w := a.all.Signature
	group := &cobra.Command{
		Use:   "signature COMMAND",
		Short: w.Signature,
		Long:  w.SignatureLong,
		Args:  a.subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	group.AddCommand(
		a.signatureVerb("sign", w.Sign, false, a.signBody),
		a.signatureVerb("verify", w.Verify, true, a.verifySignature),
		a.signatureVerb("explain", w.Explain, true, a.explainSignature))
	return group
}

// signatureVerb reads secrets and body for a verb; judges says that it is given a
// signature.
func (a *app) signatureVerb(use, short string, judges bool, run func(s signature, secrets []model.Secret, body []byte) error) *cobra.Command {
	w := a.all.Signature
	var s signature
	cmd := &cobra.Command{Use: use, Short: short, Args: a.arguments(0)}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVar(&s.hook, "hook", "", w.FlagHook)
	fs.BoolVar(&s.stdin, "secret-stdin", false, a.words().Flag.SecretStdin)
	fs.StringVar(&s.secretEnv, "secret-env", "", w.FlagEnv)
	fs.StringVar(&s.secretFile, "secret-file", "", w.FlagFile)
	fs.StringVar(&s.data, "data", "", w.FlagData)
	fs.StringVar(&s.id, "id", "", w.FlagID)
	fs.StringVar(&s.timestamp, "timestamp", "", w.FlagTimestamp)
	if judges {
		fs.StringVar(&s.value, "signature", "", w.FlagSignature)
	}
	placeholders(fs, map[string]string{"hook": "HOOK", "secret-env": "VAR", "secret-file": "FILE", "data": "FILE|-", "id": "ID", "timestamp": "SECONDS", "signature": "v1,..."})
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		secrets, body, err := a.signatureInput(cmd.Context(), &s)
		if err != nil {
			return err
		}
		return run(s, secrets, body)
	}
	return cmd
}

func (a *app) signatureInput(ctx context.Context, s *signature) ([]model.Secret, []byte, error) {
	w := a.words().Bad
	given := 0
	for _, is := range []bool{s.hook != "", s.stdin, s.secretEnv != "", s.secretFile != ""} {
		if is {
			given++
		}
	}
	const most, last = "--hook, --secret-stdin, --secret-env", "--secret-file"
	switch {
	case given > 1:
		return nil, nil, usage(w.Together, most+", "+last)
	case given == 0:
		return nil, nil, usage(w.Either, most, last)
	case s.data == "":
		return nil, nil, usage(w.Required, "--data")
	case s.data == "-" && s.stdin:
		return nil, nil, usage(w.Together, "--data -, --secret-stdin")
	}
	secrets, err := a.signatureSecrets(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	body, err := a.signatureBody(ctx, s.data)
	return secrets, body, err
}

func (a *app) signatureBody(ctx context.Context, data string) ([]byte, error) {
	if data != "-" {
		return a.readFile(data, model.FieldBody, model.MaxBody)
	}
	body, err := a.readIn(ctx, model.MaxBody+1)
	if err == nil && len(body) > model.MaxBody {
		err = &model.Fault{Code: model.CodeBodyTooLarge, Field: model.FieldBody, Limit: model.MaxBody}
	}
	return body, err
}

func (a *app) signatureSecrets(ctx context.Context, s *signature) (secrets []model.Secret, err error) {
	var v string
	switch {
	case s.hook != "":
		err := a.existing(ctx, func(d *Desk) error {
			h, err := d.Hook(ctx, s.hook)
			if err == nil && h.Secret.IsZero() {
				err = &model.Fault{Code: model.CodeNotFound, Field: model.FieldSecret, Value: h.Name}
			}
			if secrets = []model.Secret{h.Secret}; a.Now().Before(h.OldSecretUntil) {
				secrets = append(secrets, h.OldSecret)
			}
			return err
		})
		return secrets, err
	case s.stdin:
		v, err = a.readSecret(ctx, a.words().Say.SecretPrompt, "--secret-stdin")
	case s.secretEnv != "":
		if v = a.Env(s.secretEnv); v == "" {
			err = usage(a.words().Bad.EnvUnset, s.secretEnv, "--secret-env")
		}
	default:
		var b []byte
		b, err = a.readFile(s.secretFile, model.FieldFile, 64<<10)
		v = oneLine(b)
	}
	if err == nil {
		_, err = sign.NewKey(model.NewSecret(v))
	}
	return []model.Secret{model.NewSecret(v)}, err
}

type signedJSON struct {
	ID        string `json:"webhook-id"`
	Timestamp string `json:"webhook-timestamp"`
	Signature string `json:"webhook-signature"`
}

// signBody prints the headers as curl's -H @file takes them.
func (a *app) signBody(s signature, secrets []model.Secret, body []byte) error {
	at := a.Now()
	if s.timestamp != "" {
		seconds, err := strconv.ParseInt(s.timestamp, 10, 64)
		if err != nil {
			return usage(a.words().Bad.Value, s.timestamp, "--timestamp")
		}
		at = time.Unix(seconds, 0)
	}
	if s.id == "" {
		s.id = "evt_" + strconv.FormatInt(a.Now().UnixMicro(), 36)
	}
	var keys []*sign.Key
	for _, secret := range secrets {
		if secret.IsZero() {
			continue
		}
		k, err := sign.NewKey(secret)
		if err != nil {
			return err
		}
		keys = append(keys, k)
	}
	value, err := sign.Header(keys, s.id, at, body)
	if err != nil {
		return &model.Fault{Code: model.CodeEventID, Field: model.FieldID, Value: s.id, Err: err}
	}
	out := signedJSON{s.id, strconv.FormatInt(at.Unix(), 10), value}
	if a.opts.JSON {
		return a.emit(out)
	}
	return a.raw([]byte(sign.HeaderID + ": " + out.ID + "\n" + sign.HeaderTimestamp + ": " + out.Timestamp + "\n" + sign.HeaderSignature + ": " + out.Signature + "\n"))
}

// judgedJSON says what is wrong with a signature; nothing: it is good.
type judgedJSON struct {
	OK       bool           `json:"ok"`
	Mistakes []sign.Mistake `json:"mistakes"`
}

func (s signature) headers() sign.Headers {
	return sign.Headers{ID: strings.TrimSpace(s.id), Timestamp: strings.TrimSpace(s.timestamp), Signature: strings.TrimSpace(s.value)}
}

// verifySignature says what a receiver says.
func (a *app) verifySignature(s signature, secrets []model.Secret, body []byte) error {
	mistakes, err := sign.Refusal(secrets, s.headers(), body, a.Now())
	if err != nil {
		return err
	}
	return a.judged(mistakes)
}

// explainSignature tries what is known to go wrong.
func (a *app) explainSignature(s signature, secrets []model.Secret, body []byte) error {
	mistakes, err := sign.Explain(secrets, s.headers(), body, a.Now())
	if err != nil {
		return err
	}
	return a.judged(mistakes)
}

func (a *app) judged(mistakes []sign.Mistake) error {
	w := a.all.Signature
	if a.opts.JSON {
		if err := a.emit(judgedJSON{len(mistakes) == 0, some(mistakes)}); err != nil {
			return err
		}
	} else if len(mistakes) == 0 {
		a.say("%s", w.Good)
	}
	if len(mistakes) == 0 {
		return nil
	}
	for _, m := range mistakes {
		p := w.Mistakes[string(m)]
		a.say("%s\n  %s", p.What, p.Cure)
	}
	return &Failed{Code: model.CodeAuthRejected}
}
