// Package branches has roots in the branches of errors, written otherwise than
// with an if.
package branches

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
)

// Jobs keeps the state of jobs.
type Jobs struct{ db *sql.DB }

func (j *Jobs) mark(ctx context.Context, id, state string) error {
	_, err := j.db.ExecContext(ctx, "UPDATE jobs SET state = $1 WHERE id = $2", state, id)
	return err
}

func (j *Jobs) work(ctx context.Context, id string) error {
	_, err := j.db.ExecContext(ctx, "SELECT work($1)", id)
	return err
}

// Switched writes down what became of the job where its context is over.
func (j *Jobs) Switched(ctx context.Context, id string) error {
	err := j.work(ctx, id)
	switch {
	case errors.Is(err, context.Canceled):
		return j.mark(context.Background(), id, "cancelled")
	case err != nil:
		return j.mark(context.Background(), id, "failed")
	}
	return j.mark(ctx, id, "done")
}

// Else is the other branch of the question whether all went well.
func (j *Jobs) Else(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if err := j.work(r.Context(), id); err == nil {
		_ = j.mark(r.Context(), id, "done")
	} else {
		_ = j.mark(context.Background(), id, "failed")
		w.WriteHeader(http.StatusInternalServerError)
	}
}
