// Package parse reads requests.
package parse

import (
	"errors"
	"net/http"
)

// Event reads what a request tells of. It is a variable, as in packages that export
// what others of them have.
var Event = event

func event(r *http.Request) (string, error) {
	if r.Body == nil {
		return "", errors.New("no event")
	}
	return r.Header.Get("X-Event"), nil
}
