// Package pkgvar keeps a root in a variable of the package, which functions
// without a context use on behalf of requests.
package pkgvar

import (
	"context"
	"database/sql"
	"net/http"
)

var background = context.Background()

// Shelf is a store of books.
type Shelf struct{ db *sql.DB }

func (s *Shelf) title(isbn string) (title string, err error) {
	err = s.db.QueryRowContext(background, "SELECT title FROM books WHERE isbn = $1", isbn).Scan(&title) // want `^background is context.Background\(\) and starts a new trace: title is reached from handler \(\*Shelf\).Show$`
	return title, err
}

// Show serves a request.
func (s *Shelf) Show(w http.ResponseWriter, r *http.Request) {
	title, err := s.title(r.PathValue("isbn"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	_, _ = w.Write([]byte(title))
}

func (s *Shelf) move(isbn, to string) error {
	tx, err := s.db.BeginTx(background, nil) // want `move is reached from \(\*Shelf\).Reorder through moveAll`
	if err != nil {
		return err
	}
	// One finding is enough for a function.
	if _, err := tx.ExecContext(background, "UPDATE books SET shelf = $1 WHERE isbn = $2", to, isbn); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *Shelf) moveAll(isbns []string, to string) error {
	for _, isbn := range isbns {
		if err := s.move(isbn, to); err != nil {
			return err
		}
	}
	return nil
}

// Reorder has its context from a caller, and does other work for it.
func (s *Shelf) Reorder(ctx context.Context, isbns []string, to string) error {
	if _, err := s.db.ExecContext(ctx, "UPDATE shelves SET changed = true WHERE name = $1", to); err != nil {
		return err
	}
	return s.moveAll(isbns, to)
}

// Count is silent: it is reached from nowhere with a context.
func (s *Shelf) Count() (n int, err error) {
	err = s.db.QueryRowContext(background, "SELECT count(*) FROM books").Scan(&n)
	return n, err
}

// Watch is silent: it is the program that counts, all the time.
func (s *Shelf) Watch(report func(int)) {
	for {
		n, err := s.Count()
		if err != nil {
			return
		}
		report(n)
	}
}

// undo is silent: it runs when the context of its caller may have ended.
func (s *Shelf) undo(isbn string) error {
	_, err := s.db.ExecContext(background, "DELETE FROM books WHERE isbn = $1", isbn)
	return err
}

// Add calls it behind an error.
func (s *Shelf) Add(ctx context.Context, isbn string) error {
	if _, err := s.db.ExecContext(ctx, "INSERT INTO books (isbn) VALUES ($1)", isbn); err != nil {
		return s.addFailed(isbn, err)
	}
	return nil
}

func (s *Shelf) addFailed(isbn string, cause error) error {
	if cause != nil {
		_ = s.undo(isbn)
	}
	return cause
}

// isNotBound is silent: nothing is done with the root but to ask it.
func isNotBound() bool { return background.Err() == nil }

// Ready serves a request.
func (s *Shelf) Ready(w http.ResponseWriter, _ *http.Request) {
	if isNotBound() {
		w.WriteHeader(http.StatusNoContent)
	}
}
