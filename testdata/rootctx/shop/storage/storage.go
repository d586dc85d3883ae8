// Package storage keeps articles with gorm. It has one implementation of what
// package catalog asks for, which imports it.
package storage

import (
	"context"

	"gorm.io/gorm"
)

// An Article is for sale.
type Article struct {
	gorm.Model
	Name  string
	Price int64
}

// Articles is what a storage of articles can do.
type Articles interface {
	One(id string) (*Article, error)
	All(ctx context.Context) ([]Article, error)
	Save(a *Article) error
}

// Gorm is the only one.
type Gorm struct{ conn *gorm.DB }

var _ Articles = (*Gorm)(nil)

// New makes one.
func New(conn *gorm.DB) Articles { return &Gorm{conn: conn} }

// One has a root.
func (g *Gorm) One(id string) (*Article, error) {
	a := new(Article)
	return a, g.session().First(a, "id = ?", id).Error
}

// All takes the context.
func (g *Gorm) All(ctx context.Context) (as []Article, err error) {
	return as, g.conn.WithContext(ctx).Find(&as).Error
}

// Save has the same root.
func (g *Gorm) Save(a *Article) error { return g.session().Save(a).Error }

// session is what every method without a context uses.
func (g *Gorm) session() *gorm.DB { return g.conn.WithContext(context.Background()) }

// Repo is a generic repository, for types that have no own one.
type Repo[T any] struct{ Conn *gorm.DB }

// First has a root.
func (r *Repo[T]) First(id string) (v T, err error) {
	return v, r.Conn.WithContext(context.TODO()).First(&v, "id = ?", id).Error
}

// Each runs fn on all of them, in a transaction with a root.
func (r Repo[T]) Each(fn func(*T) error) error {
	return r.Conn.WithContext(context.Background()).Transaction(func(tx *gorm.DB) error {
		var all []T
		if err := tx.Find(&all).Error; err != nil {
			return err
		}
		for i := range all {
			if err := fn(&all[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
