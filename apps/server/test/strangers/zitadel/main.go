// An OpenID provider of zitadel/oidc: its example server with its two users, at paths that are told by the environment.
package main

import (
	"net/http"
	"os"
	"strings"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"
)

func main() {
	issuer := os.Getenv("ISSUER")
	storage.RegisterClients(
		storage.WebClient(os.Getenv("CLIENT_ID"), os.Getenv("CLIENT_SECRET"), strings.Split(os.Getenv("REDIRECT_URIS"), " ")...),
	)
	provider := exampleop.SetupServer(
		issuer,
		storage.NewStorage(storage.NewUserStore(issuer)),
		nil,
		false,
		op.WithCustomEndpoints(
			op.NewEndpoint("oauth/authorize"),
			op.NewEndpoint("oauth/token"),
			op.NewEndpoint("oauth/userinfo"),
			op.NewEndpoint("oauth/revoke"),
			op.NewEndpoint("oauth/logout"),
			op.NewEndpoint("oauth/discovery/keys"),
		),
	)
	if err := http.ListenAndServe(strings.TrimPrefix(issuer, "http://"), provider); err != nil {
		panic(err)
	}
}
