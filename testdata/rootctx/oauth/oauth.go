// Package oauth signs users in: what asks the provider for a token sends a request.
package oauth

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// A Login has the configuration of a provider.
type Login struct {
	config *oauth2.Config
	robot  *clientcredentials.Config
	client *http.Client
	tokens oauth2.TokenSource
}

// Callback exchanges the code on a root.
func (l *Login) Callback(c *gin.Context) {
	token, err := l.config.Exchange(context.Background(), c.Query("code")) // want `^context.Background\(\) starts a new trace, although the request's context is at hand: c.Request.Context\(\)$`
	if err != nil {
		_ = c.AbortWithError(http.StatusBadGateway, err)
		return
	}
	c.JSON(http.StatusOK, token)
}

// WithClient says which client to use: in a value of a root.
func (l *Login) WithClient(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, l.client) // want `context.Background\(\) starts a new trace, although the request's context is at hand: r.Context\(\)`
	if _, err := l.config.Exchange(ctx, r.FormValue("code")); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// Robot has the root in a function that it calls.
func (l *Login) Robot(w http.ResponseWriter, r *http.Request) {
	if _, err := l.token(); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func (l *Login) token() (*oauth2.Token, error) {
	return l.robot.Token(context.TODO()) // want `context.TODO\(\) starts a new trace: token is reached from handler \(\*Login\).Robot`
}

// Source keeps what it makes: it asks for tokens as long as it lives, for all. Silent.
func (l *Login) Source(w http.ResponseWriter, r *http.Request) {
	l.tokens = l.config.TokenSource(context.Background(), new(oauth2.Token))
}

// Client is made for later, too. Silent.
func (l *Login) Client(w http.ResponseWriter, r *http.Request) {
	l.client = l.robot.Client(context.Background())
}

// Device asks without a context, whatever it is given. Silent: the library makes its
// request without it.
func (l *Login) Device(w http.ResponseWriter, r *http.Request) {
	_, _ = l.config.DeviceAuth(context.Background())
}

// Right gives it the context of the request. Silent.
func (l *Login) Right(w http.ResponseWriter, r *http.Request) {
	_, _ = l.config.Exchange(r.Context(), r.FormValue("code"))
}
