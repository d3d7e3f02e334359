package cli

import (
	"context"

	"github.com/spf13/pflag"

	"hooktop/model"
	"hooktop/sender/sign"
	"hooktop/ui/text"
)

// credentials are the flags that say where an Authorization value and a signing secret
// come from. None of them takes one as its value.
type credentials struct {
	fs                        *pflag.FlagSet
	authStdin, secretStdin    bool
	authEnv, authFile, secret string
}

func (c *credentials) authFlags(w text.FlagWords) {
	c.fs.BoolVar(&c.authStdin, "auth-stdin", false, w.AuthStdin)
	c.fs.StringVar(&c.authEnv, "auth-env", "", w.AuthEnv)
	c.fs.StringVar(&c.authFile, "auth-file", "", w.AuthFile)
	placeholders(c.fs, map[string]string{"auth-env": "VAR", "auth-file": "FILE"})
}

func (c *credentials) secretFlags(w text.FlagWords) {
	c.fs.StringVar(&c.secret, "secret", "", w.Secret)
	c.fs.BoolVar(&c.secretStdin, "secret-stdin", false, w.SecretStdin)
	placeholders(c.fs, map[string]string{"secret": "generate"})
}

func (a *app) checkCredentials(c *credentials) error {
	w := a.words().Bad
	auths := 0
	for _, given := range []bool{c.authStdin, c.fs.Changed("auth-env"), c.fs.Changed("auth-file")} {
		if given {
			auths++
		}
	}
	switch {
	case auths > 1:
		return usage(w.Together, "--auth-stdin, --auth-env, --auth-file")
	case c.authStdin && c.secretStdin:
		return usage(w.Together, "--auth-stdin, --secret-stdin")
	case c.secretStdin && c.secret != "":
		return usage(w.Together, "--secret, --secret-stdin")
	case c.fs.Changed("secret") && c.secret != "generate":
		return usage("%s", w.SecretWord)
	}
	return nil
}

// readCredentials reads what the flags say; what was not asked for is zero.
func (a *app) readCredentials(ctx context.Context, c *credentials) (auth, secret model.Secret, err error) {
	if auth, err = a.readAuth(ctx, c); err != nil {
		return auth, secret, err
	}
	switch {
	case c.secretStdin:
		v, err := a.readSecret(ctx, a.words().Say.SecretPrompt, "--secret-stdin")
		return auth, model.NewSecret(v), err
	case c.secret == "generate":
		secret, err = sign.Generate()
	}
	return auth, secret, err
}

func (a *app) readAuth(ctx context.Context, c *credentials) (model.Secret, error) {
	w := a.words()
	switch {
	case c.authStdin:
		v, err := a.readSecret(ctx, w.Say.AuthPrompt, "--auth-stdin")
		return model.NewSecret(v), err
	case c.authEnv != "":
		v := a.Env(c.authEnv)
		if v == "" {
			return model.Secret{}, usage(w.Bad.EnvUnset, c.authEnv, "--auth-env")
		}
		return model.NewSecret(v), nil
	case c.authFile != "":
		b, err := a.readFile(c.authFile, model.FieldAuth, 64<<10)
		if err == nil && oneLine(b) == "" {
			err = usage(w.Bad.EmptyValue, "--auth-file")
		}
		return model.NewSecret(oneLine(b)), err
	}
	return model.Secret{}, nil
}
