// Package orm is a program of the kind that has its database in one global handle.
package orm

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"github.com/tracevet/tracevet/testdata/ctxlesscall/reached/orm/db"
)

// An Article is a row.
type Article struct {
	gorm.Model
	Slug string
}

// Show is the handler.
func Show(c *gin.Context) {
	a, err := find(c.Param("slug"))
	if err != nil {
		_ = c.AbortWithError(http.StatusNotFound, err)
		return
	}
	c.JSON(http.StatusOK, a)
}

func find(slug string) (a Article, err error) {
	d := db.Get()
	tx := d.Where("slug = ?", slug) // want `^d carries no context, so its queries are not in the trace: find is reached from handler Show$`
	return a, tx.First(&a).Error
}

// Save has a context at hand, and a handle that it is lent.
func Save(c *gin.Context) {
	var a Article
	if err := c.ShouldBind(&a); err != nil {
		return
	}
	_ = db.Get().Save(&a).Error // want `db.Get\(\) carries no context, so its queries are not in the trace: WithContext gives it one`
}

// Delete has it in a variable.
func Delete(c *gin.Context) {
	handle := db.Get()
	handle.Delete(&Article{}, c.Param("id")) // want `handle carries no context`
}

// List gives it the context. Silent.
func List(c *gin.Context) {
	handle := db.Get().WithContext(c.Request.Context())
	var all []Article
	handle.Find(&all)
	c.JSON(http.StatusOK, all)
}

// Count sets the context by hand. Silent.
func Count(c *gin.Context) {
	handle := db.Get()
	handle.Statement.Context = c.Request.Context()
	var n int64
	handle.Model(&Article{}).Count(&n)
	c.JSON(http.StatusOK, n)
}

// Migrate is called at the start. Silent.
func Migrate() error { return db.Get().Exec("SELECT 1").Error }
