import type { GuideContent } from './guide.types.ts';
import {
  addressOf,
  checkpointSection,
  commands,
  file,
  info,
  nextSection,
  redirectUrisSection,
  text,
} from './guide-blocks.ts';

export const content: GuideContent = (context) => {
  const { t, endpoint, appId, appSecret, redirectUri, postSignOutRedirectUri } = context;
  const { origin, path, port } = addressOf(redirectUri);
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.go.install),
        commands(`
go mod init bookstore
go get github.com/logto-io/go/v2@v2.0.0 github.com/alexedwards/scs/v2@v2.9.0
`),
      ],
    },
    {
      id: 'session',
      title: t.titles.session,
      blocks: [
        text(t.go.session),
        file(
          'session_storage.go',
          'go',
          `
package main

import (
	"context"

	"github.com/alexedwards/scs/v2"
)

type sessionStorage struct {
	sessions *scs.SessionManager
	ctx      context.Context
}

func (s *sessionStorage) GetItem(key string) string {
	return s.sessions.GetString(s.ctx, key)
}

func (s *sessionStorage) SetItem(key, value string) {
	s.sessions.Put(s.ctx, key, value)
}
`,
        ),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.go.configure),
        text(t.shared.oneFile),
        file(
          'main.go',
          'go',
          `
package main

import (
	"encoding/json"
	"fmt"
	"html"
	"log"
	"net/http"

	"github.com/alexedwards/scs/v2"
	"github.com/logto-io/go/v2/client"
	"github.com/logto-io/go/v2/core"
)

const (
	redirectURI            = "${redirectUri}"
	postSignOutRedirectURI = "${postSignOutRedirectUri}"
)

var sessions = scs.New()

func logtoClient(r *http.Request) *client.LogtoClient {
	config := &client.LogtoConfig{
		Endpoint:  "${endpoint}",
		AppId:     "${appId}",
		AppSecret: "${appSecret}",
		Scopes:    []string{core.UserScopeEmail},
	}
	return client.NewLogtoClient(config, &sessionStorage{sessions: sessions, ctx: r.Context()})
}
`,
        ),
        info(t.shared.secret),
      ],
    },
    redirectUrisSection(context),
    {
      id: 'sign-in',
      title: t.titles.signIn,
      blocks: [
        text(t.go.signIn),
        file(
          'main.go',
          'go',
          `
func startSignIn(firstScreen string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		url, err := logtoClient(r).SignIn(&client.SignInOptions{
			RedirectUri: redirectURI,
			FirstScreen: firstScreen,
		})
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		http.Redirect(w, r, url, http.StatusSeeOther)
	}
}
`,
        ),
      ],
    },
    {
      id: 'callback',
      title: t.titles.callback,
      blocks: [
        text(t.go.callback),
        file(
          'main.go',
          'go',
          `
func callback(w http.ResponseWriter, r *http.Request) {
	if err := logtoClient(r).HandleSignInCallback(r); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
`,
        ),
      ],
    },
    {
      id: 'sign-out',
      title: t.titles.signOut,
      blocks: [
        text(t.shared.signOut),
        file(
          'main.go',
          'go',
          `
func signOut(w http.ResponseWriter, r *http.Request) {
	url, err := logtoClient(r).SignOut(postSignOutRedirectURI)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	http.Redirect(w, r, url, http.StatusSeeOther)
}
`,
        ),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [
        text(t.go.home),
        file(
          'main.go',
          'go',
          `
func home(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	logto := logtoClient(r)
	if !logto.IsAuthenticated() {
		fmt.Fprint(w, \`<p>Not signed in.</p>
			<a href="/sign-in">Sign in</a>
			<a href="/sign-up">Create an account</a>\`)
		return
	}
	claims, err := logto.GetIdTokenClaims()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	details, err := json.MarshalIndent(claims, "", "  ")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintf(w, \`<pre>%s</pre><a href="/sign-out">Sign out</a>\`, html.EscapeString(string(details)))
}
`,
        ),
        text(t.go.main),
        file(
          'main.go',
          'go',
          `
func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", home)
	mux.HandleFunc("GET /sign-in", startSignIn(""))
	mux.HandleFunc("GET /sign-up", startSignIn(core.FirstScreenRegister))
	mux.HandleFunc("GET ${path}", callback)
	mux.HandleFunc("GET /sign-out", signOut)
	log.Fatal(http.ListenAndServe("localhost:${port}", sessions.LoadAndSave(mux)))
}
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [
      text(t.shared.start),
      commands(`
go mod tidy
go run .
`),
    ]),
    nextSection(context, {
      name: 'github.com/logto-io/go',
      href: 'https://pkg.go.dev/github.com/logto-io/go/v2/client',
    }),
  ];
};
