// Package innocent_sessions uses gorm with a context, where none is needed, or
// where nobody can know.
package innocent_sessions

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

// A Shelf is a row.
type Shelf struct {
	ID   uint
	Name string
	Room uint
}

// Shelves is a repository.
type Shelves struct{ db *gorm.DB }

// With has the context at the begin of the chain.
func (r *Shelves) With(ctx context.Context, id uint) (s Shelf, err error) {
	return s, r.db.WithContext(ctx).First(&s, id).Error
}

// Middle has it further on.
func (r *Shelves) Middle(c *gin.Context) {
	var all []Shelf
	if err := r.db.Model(&Shelf{}).Where("room = ?", c.Param("room")).WithContext(c.Request.Context()).Find(&all).Error; err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// Kept keeps the session in a variable.
func (r *Shelves) Kept(ctx context.Context, id uint) error {
	db := r.db.WithContext(ctx)
	var s Shelf
	if err := db.First(&s, id).Error; err != nil {
		return err
	}
	return db.Model(&s).Update("room", 2).Error
}

// Session has it as an option.
func (r *Shelves) Session(ctx context.Context, s *Shelf) error {
	return r.db.Session(&gorm.Session{Context: ctx, SkipHooks: true}).Save(s).Error
}

// Tx has a transaction that inherits it.
func (r *Shelves) Tx(ctx context.Context, ids ...uint) error {
	return r.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		for _, id := range ids {
			if err := tx.Delete(&Shelf{}, id).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// Begin begins one of a session by hand.
func (r *Shelves) Begin(ctx context.Context, s *Shelf) error {
	tx := r.db.WithContext(ctx).Begin()
	if err := tx.Create(s).Error; err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit().Error
}

// Parameter is given a session, which may have a context.
func Parameter(ctx context.Context, tx *gorm.DB, id uint) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return tx.Delete(&Shelf{}, id).Error
}

// conn is a helper that gives the context.
func (r *Shelves) conn(ctx context.Context) *gorm.DB { return r.db.WithContext(ctx) }

// Helper uses it.
func (r *Shelves) Helper(ctx context.Context, id uint) (s Shelf, err error) {
	return s, r.conn(ctx).Preload("Room").First(&s, id).Error
}

// Assigned builds the query first and gives the context before it runs.
func (r *Shelves) Assigned(w http.ResponseWriter, req *http.Request) {
	q := r.db.Model(&Shelf{})
	if n := req.FormValue("name"); n != "" {
		q = q.Where("name = ?", n)
	}
	q = q.WithContext(req.Context())
	var n int64
	if err := q.Count(&n).Error; err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// Grouped has conditions that are built on the handle and never run.
func (r *Shelves) Grouped(ctx context.Context, a, b string) (all []Shelf, err error) {
	err = r.db.WithContext(ctx).
		Where(r.db.Where("name = ?", a).Or("name = ?", b)).
		Where("room > 1").
		Find(&all).Error
	return all, err
}

// Subquery has a query as an argument of another.
func (r *Shelves) Subquery(ctx context.Context) (all []Shelf, err error) {
	rooms := r.db.Table("rooms").Select("id").Where("open")
	return all, r.db.WithContext(ctx).Where("room IN (?)", rooms).Find(&all).Error
}

// Builder returns a query to its caller, who may give it the context.
func (r *Shelves) Builder(ctx context.Context, room uint) *gorm.DB {
	if ctx.Err() != nil {
		return r.db
	}
	return r.db.Model(&Shelf{}).Where("room = ?", room)
}

// Properties asks the handle for what is no query.
func (r *Shelves) Properties(ctx context.Context) (string, error) {
	pool, err := r.db.DB()
	if err != nil {
		return "", err
	}
	return r.db.Name(), pool.PingContext(ctx)
}

// DryRun has a statement built, and not run.
func (r *Shelves) DryRun(ctx context.Context) string {
	if ctx.Err() != nil {
		return ""
	}
	return r.db.ToSQL(func(tx *gorm.DB) *gorm.DB { return tx.Find(&[]Shelf{}) })
}

// Open is start-up.
func Open(d gorm.Dialector) (*Shelves, error) {
	db, err := gorm.Open(d, &gorm.Config{})
	if err != nil {
		return nil, err
	}
	if err := db.AutoMigrate(&Shelf{}); err != nil {
		return nil, err
	}
	r := &Shelves{db: db}
	return r, r.db.FirstOrCreate(&Shelf{Name: "first"}).Error
}

// ForRequest makes a repository for one request: its handle carries the context.
func (r *Shelves) ForRequest(ctx context.Context) *Scoped {
	return &Scoped{session: r.db.WithContext(ctx)}
}

// Scoped is that repository; its field is set with a context wherever it is.
type Scoped struct{ session *gorm.DB }

// Find has the context that came with the session, whatever it is given.
func (s *Scoped) Find(ctx context.Context, id uint) (sh Shelf, err error) {
	if ctx.Err() != nil {
		return sh, ctx.Err()
	}
	return sh, s.session.First(&sh, id).Error
}

// Deferred works in a defer.
func (r *Shelves) Deferred(ctx context.Context, id uint) error {
	defer r.db.Delete(&Shelf{}, id)
	return r.db.WithContext(ctx).Model(&Shelf{ID: id}).Update("room", 0).Error
}

// Goroutine works when the handler has returned.
func (r *Shelves) Goroutine(c *gin.Context) {
	id := c.Param("id")
	go func() { r.db.Delete(&Shelf{}, "id = ?", id) }()
	c.Status(http.StatusAccepted)
}

// Hook is gorm's: the handle that it is given has the statement's context.
func (s *Shelf) BeforeCreate(tx *gorm.DB) error {
	return tx.Model(&Shelf{}).Where("id = ?", s.ID).Error
}

// Migrate asks for changes of the schema, which are start-up's, whoever gives a
// context.
func (r *Shelves) Migrate(ctx context.Context) error {
	if ctx.Err() != nil || r.db.Migrator().HasTable("shelves") {
		return ctx.Err()
	}
	return r.db.AutoMigrate(&Shelf{})
}
