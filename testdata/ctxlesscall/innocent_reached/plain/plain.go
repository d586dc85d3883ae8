// Package plain asks a database that nothing instruments, as far as it shows.
package plain

import (
	"database/sql"
	"net/http"
)

// A Shop has a database.
type Shop struct{ db *sql.DB }

// ServeHTTP serves. Silent: no span would come of it, as far as is seen.
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, err := s.count(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (s *Shop) count() (n int, err error) {
	return n, s.db.QueryRow("SELECT count(*) FROM goods").Scan(&n)
}
