// Package sessions uses gorm's handle as it was opened, although a context is at
// hand to give it.
package sessions

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	fiber "github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A Member is a row.
type Member struct {
	gorm.Model
	Name  string
	Boss  uint
	Teams []Team `gorm:"many2many:member_teams"`
}

// A Team is another.
type Team struct {
	ID   uint
	Name string
}

// Members is a repository.
type Members struct{ db *gorm.DB }

// First is the shortest.
func (r *Members) First(ctx context.Context, id string) (m Member, err error) {
	return m, r.db.First(&m, "id = ?", id).Error // want `^r.db carries no context, so its queries are not in the trace: WithContext gives it one$`
}

// Chain is longer, and over several lines.
func (r *Members) Chain(ctx context.Context, name string) (ms []Member, err error) {
	err = r.db. // want `r.db carries no context`
			Preload("Teams").
			Where("name LIKE ?", name+"%").
			Order(clause.OrderByColumn{Column: clause.Column{Name: "id"}, Desc: true}).
			Limit(10).
			Find(&ms).Error
	return ms, err
}

// Built builds its query step by step.
func (r *Members) Built(c *gin.Context) {
	q := r.db.Model(&Member{}) // want `r.db carries no context`
	if name := c.Query("name"); name != "" {
		q = q.Where("name = ?", name)
	}
	if c.Query("boss") != "" {
		q = q.Where("boss > 0")
	}
	var n int64
	if err := q.Count(&n).Error; err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.JSON(http.StatusOK, n)
}

// Create writes in a handler of echo.
func (r *Members) Create(c echo.Context) error {
	m := &Member{Name: c.FormValue("name")}
	res := r.db.Clauses(clause.OnConflict{DoNothing: true}).Create(m) // want `r.db carries no context`
	if res.Error != nil {
		return res.Error
	}
	return c.JSON(http.StatusCreated, res.RowsAffected)
}

// Tx runs a transaction whose handle has its context, or none, from r.db.
func (r *Members) Tx(ctx context.Context, ids ...uint) error {
	return r.db.Transaction(func(tx *gorm.DB) error { // want `r.db carries no context`
		for _, id := range ids {
			if err := tx.Delete(&Member{}, id).Error; err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// Begin begins one by hand.
func (r *Members) Begin(w http.ResponseWriter, req *http.Request) {
	tx := r.db.Begin() // want `r.db carries no context`
	if err := tx.Exec("UPDATE members SET boss = 0 WHERE name = ?", req.FormValue("name")).Error; err != nil {
		tx.Rollback()
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	tx.Commit()
}

// Raw scans raw SQL into a struct.
func (r *Members) Raw(c fiber.Ctx) error {
	var out struct{ N int }
	if err := r.db.Raw("SELECT count(*) AS n FROM members").Scan(&out).Error; err != nil { // want `r.db carries no context`
		return err
	}
	return c.JSON(out)
}

// Association saves what belongs to a member.
func (r *Members) Association(ctx context.Context, m *Member, t Team) error {
	ctx, span := otel.Tracer("sessions").Start(ctx, "Association")
	defer span.End()
	if err := r.db.Model(m).Association("Teams").Append(&t); err != nil { // want `r.db carries no context`
		return err
	}
	return ctx.Err()
}

// If has the query in an if statement, and asks for the error.
func (r *Members) If(ctx context.Context, name string) (bool, error) {
	var m Member
	if err := r.db.Where(&Member{Name: name}).Take(&m).Error; errors.Is(err, gorm.ErrRecordNotFound) { // want `r.db carries no context`
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, nil
}

// Embedded has the handle embedded.
type Embedded struct{ *gorm.DB }

// Touch updates.
func (e *Embedded) Touch(ctx context.Context, id uint) error {
	return e.DB.Model(&Member{}).Where("id = ?", id).Update("boss", 1).Error // want `e.DB carries no context`
}

// Generic is a repository of anything.
type Generic[T any] struct{ handle *gorm.DB }

// All finds all.
func (g Generic[T]) All(ctx context.Context) (ts []T, err error) {
	return ts, g.handle.Find(&ts).Error // want `g.handle carries no context`
}

// Scoped uses a helper of the team for the page.
func (r *Members) Scoped(ctx context.Context, n int) (ms []Member, err error) {
	return ms, r.db.Scopes(page(n)).Find(&ms).Error // want `r.db carries no context`
}

func page(n int) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB { return db.Offset(10 * n).Limit(10) }
}

// Closure has the call in a literal that it calls.
func (r *Members) Closure(ctx context.Context, ms []Member) error {
	save := func(m *Member) error { return r.db.Save(m).Error } // want `r.db carries no context`
	for i := range ms {
		if err := save(&ms[i]); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// DB is the handle of programs that have no repositories.
var DB *gorm.DB

// Global uses it in a handler.
func Global(c *gin.Context) {
	var m Member
	if err := DB.Where("name = ?", c.Param("name")).First(&m).Error; err != nil { // want `DB carries no context`
		c.Status(http.StatusNotFound)
		return
	}
	c.JSON(http.StatusOK, m)
}
