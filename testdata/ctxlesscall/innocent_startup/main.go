// Command innocent_startup has a context at start-up, in main and in tests, and
// does without it where no request is.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"
	"time"

	"gorm.io/gorm"
)

type server struct {
	db  *sql.DB
	orm *gorm.DB
}

// newServer has no context.
func newServer(dsn string, orm *gorm.DB) (*server, error) {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	if _, err := db.Exec("SET TIME ZONE 'UTC'"); err != nil {
		return nil, err
	}
	return &server{db: db, orm: orm}, orm.AutoMigrate(&row{})
}

type row struct{ ID uint }

// sweep is a worker.
func (s *server) sweep() {
	for range time.Tick(time.Minute) {
		if _, err := s.db.Exec("DELETE FROM sessions WHERE expired"); err != nil {
			log.Print(err)
		}
		s.orm.Where("id < 0").Delete(&row{})
	}
}

// health is asked by a process of its own, without a request.
func health(url string) int {
	resp, err := http.Get(url)
	if err != nil {
		return 1
	}
	defer resp.Body.Close()
	return resp.StatusCode / 300
}

func main() {
	if len(os.Args) > 1 {
		os.Exit(health(os.Args[1]))
	}
	s, err := newServer(os.Getenv("DSN"), nil)
	if err != nil {
		log.Fatal(err)
	}
	go s.sweep()
	req, err := http.NewRequest(http.MethodGet, os.Getenv("READY"), nil)
	if err != nil {
		log.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	log.Print(resp.Status)
}
