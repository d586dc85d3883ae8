// Package innocent_comments has roots that a comment accounts for.
package innocent_comments

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"gorm.io/gorm"
)

var tracer = otel.Tracer("comments")

// Audit writes what must be written.
type Audit struct{ db *gorm.DB }

func (a *Audit) write(ctx context.Context, line string) error {
	ctx, span := tracer.Start(ctx, "Audit.write")
	defer span.End()
	return a.db.WithContext(ctx).Exec("INSERT INTO audit VALUES (?)", line).Error
}

// Above has the reason in the line above.
func (a *Audit) Above(c *gin.Context) {
	// must not be cancelled with the request
	if err := a.write(context.Background(), c.FullPath()); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// Beside has it on the line.
func (a *Audit) Beside(ctx context.Context, line string) error {
	if line == "" {
		return a.write(ctx, "empty")
	}
	return a.write(context.Background(), line) // detached on purpose: the client may be gone
}

// Block has it in a comment of several lines.
func (a *Audit) Block(w http.ResponseWriter, r *http.Request) {
	/*
	 * The payment has been taken: the record of it has to outlive the request,
	 * whatever the client does.
	 */
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := a.write(ctx, r.Method); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Separate has it for the variable that is used further down.
func (a *Audit) Separate(ctx context.Context, lines []string) error {
	// Use a background context, so that a cancellation does not leave half of them.
	bg := context.Background()
	for _, l := range lines {
		if err := a.write(bg, l); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Inside has it between the arguments.
func (a *Audit) Inside(ctx context.Context, line string) error {
	if ctx.Err() != nil {
		return nil
	}
	return a.write(
		// independent of the caller's deadline
		context.Background(),
		line,
	)
}

// Reached has the reason in the helper.
func (a *Audit) Reached(c *gin.Context) { a.final(c.Param("line")) }

func (a *Audit) final(line string) {
	// survives the cancellation of the request
	_ = a.write(context.Background(), line)
}

// Shared has it in other words.
func (a *Audit) Shared(ctx context.Context, line string) error {
	if ctx.Err() != nil {
		return nil
	}
	// The stream is for all: its context must be something different from that of this call.
	return a.write(context.Background(), line)
}
