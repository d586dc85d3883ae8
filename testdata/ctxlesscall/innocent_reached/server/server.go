// Package server calls all that is in parts from handlers.
package server

import (
	"database/sql"
	"net/http"

	"gorm.io/gorm"

	"github.com/tracevet/tracevet/testdata/ctxlesscall/innocent_reached/parts"
)

// A Server has handlers.
type Server struct {
	db   *sql.DB
	gorm *gorm.DB
}

// Run opens the database, and serves. Silent: no request yet.
func (s *Server) Run() (err error) {
	s.db, err = parts.Open("postgres://")
	return err
}

// ServeHTTP calls them. Silent, by the reasons that stand there.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() { _ = parts.Close(s.db) }()
	if req, err := parts.NewRequest("http://api"); err == nil {
		if res, err := http.DefaultClient.Do(req.WithContext(r.Context())); err == nil {
			_ = res.Body.Close()
		}
	}
	_ = parts.Sign("http://api", func(req *http.Request) *http.Request { return req.WithContext(r.Context()) })
	_, _ = parts.NewBooks(s.gorm.WithContext(r.Context())).Titles()
	_ = parts.Table(s.db)
	_ = parts.Audit(s.db, r.URL.Path)
	go refresh(s.db)
}

// refresh runs in a goroutine. Silent: what that works on is for another rule.
func refresh(db *sql.DB) { _, _ = db.Exec("REFRESH MATERIALIZED VIEW sums") }
