// Package catalog is the service between the handlers and the storage.
package catalog

import (
	"context"
	"fmt"

	"github.com/tracevet/tracevet/testdata/rootctx/shop/storage"
	"gorm.io/gorm"

	"go.opentelemetry.io/otel"
)

// A Tax is kept by the generic repository.
type Tax struct {
	ID   string
	Rate int64
}

// Catalog has the storage as an interface, and the repository by embedding.
type Catalog struct {
	storage.Repo[Tax]
	articles storage.Articles
}

// New makes one.
func New(conn *gorm.DB) *Catalog {
	return &Catalog{Repo: storage.Repo[Tax]{Conn: conn}, articles: storage.New(conn)}
}

// Gross has a context that cannot go on: the generic repository has a root.
func (c *Catalog) Gross(ctx context.Context, id string) (int64, error) {
	all, err := c.articles.All(ctx)
	if err != nil {
		return 0, err
	}
	tax, err := c.First(id) // a limit: whether the caller serves a request is not known
	if err != nil {
		return 0, err
	}
	return tax.Rate * int64(len(all)), nil
}

// Raise has a literal that the repository runs; the repository has the root.
func (c *Catalog) Raise(ctx context.Context, by int64) error {
	ctx, span := otel.Tracer("catalog").Start(ctx, "Raise")
	defer span.End()
	return c.Each(func(t *Tax) error { // a limit: whether the caller serves a request is not known
		if ctx.Err() != nil {
			return ctx.Err()
		}
		t.Rate += by
		return nil
	})
}

// Article has no context, and calls through the interface.
func (c *Catalog) Article(id string) (*storage.Article, error) {
	a, err := c.articles.One(id)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	return a, nil
}

// Price takes the context and calls through the interface.
func (c *Catalog) Price(ctx context.Context, id string, price int64) error {
	_, span := otel.Tracer("catalog").Start(ctx, "Price")
	defer span.End()
	return c.articles.Save(&storage.Article{Name: id, Price: price}) // a limit: whether the caller serves a request is not known
}
