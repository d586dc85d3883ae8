package dropped

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"golang.org/x/sync/errgroup"
)

// Branch starts its span in one branch and works there.
func Branch(ctx context.Context, repo *store.Orders, id string, traced bool) (store.Order, error) {
	if traced {
		_, span := tracer.Start(ctx, "Branch") // want `the context of span is dropped and ctx is used on line 18,`
		defer span.End()
		return repo.Find(ctx, id)
	}
	return repo.Find(ctx, id)
}

// Switch does so in a case.
func Switch(ctx context.Context, repo *store.Orders, kind string, it store.Order) error {
	switch kind {
	case "save":
		_, span := tracer.Start(ctx, "save") // want `the context of span is dropped and ctx is used on line 29,`
		defer span.End()
		if err := repo.Save(ctx, it); err != nil {
			return fmt.Errorf("save: %w", err)
		}
	case "skip":
		_, span := tracer.Start(ctx, "skip")
		defer span.End()
	default:
		return errEmpty
	}
	return nil
}

// Loop has one span for each item, ended in the iteration.
func Loop(ctx context.Context, repo *store.Orders, items []store.Order) error {
	for i := range items {
		_, span := tracer.Start(ctx, "item") // want `the context of span is dropped and ctx is used on line 45,`
		if err := repo.Save(ctx, items[i]); err != nil {
			span.End()
			return err
		}
		span.End()
	}
	return nil
}

// EarlyEnd ends the span on the path that fails and works on on the other.
func EarlyEnd(ctx context.Context, repo *store.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "EarlyEnd") // want `the context of span is dropped and ctx is used on line 61,`
	if it.ID == "" {
		span.End()
		return errEmpty
	}
	err := repo.Save(ctx, it)
	span.End()
	return err
}

// DeferredUse flushes in a defer that runs before the span's End does.
func DeferredUse(ctx context.Context, repo *store.Orders, it store.Order) {
	_, span := tracer.Start(ctx, "DeferredUse") // want `the context of span is dropped and ctx is used on line 70,`
	defer span.End()
	defer repo.Save(ctx, it)
	span.AddEvent("prepared")
}

// CalledLiteral works in a literal that is called on the spot.
func CalledLiteral(ctx context.Context, repo *store.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "CalledLiteral") // want `the context of span is dropped and ctx is used on line 79,`
	defer span.End()
	return func() error {
		return repo.Save(ctx, it)
	}()
}

// HeldLiteral works in a literal that a local holds.
func HeldLiteral(ctx context.Context, repo *store.Orders, items []store.Order) error {
	save := func(it store.Order) error {
		return repo.Save(ctx, it)
	}
	_, span := tracer.Start(ctx, "HeldLiteral")
	defer span.End()
	for _, it := range items {
		if err := save(it); err != nil {
			return err
		}
	}
	return nil
}

// InLiteral has span and work inside of a literal.
func InLiteral(ctx context.Context, repo *store.Orders, items []store.Order) error {
	each := func(it store.Order) error {
		_, span := tracer.Start(ctx, "each") // want `the context of span is dropped and ctx is used on line 103,`
		defer span.End()
		return repo.Save(ctx, it)
	}
	for _, it := range items {
		if err := each(it); err != nil {
			return err
		}
	}
	return nil
}

// SortFunc asks for prices while it sorts.
func SortFunc(ctx context.Context, ids []string) {
	_, span := tracer.Start(ctx, "SortFunc") // want `the context of span is dropped and ctx is used on line 118,`
	defer span.End()
	slices.SortFunc(ids, func(a, b string) int {
		pa, _ := price(ctx, a)
		pb, _ := price(ctx, b)
		return int(pa - pb)
	})
}

// Group fans out and waits while its span is open.
func Group(ctx context.Context, repo *store.Orders, items []store.Order) error {
	_, span := tracer.Start(ctx, "Group") // want `the context of span is dropped and ctx is used on line 131,`
	defer span.End()
	var g errgroup.Group
	for _, it := range items {
		g.Go(func() error {
			return repo.Save(ctx, it)
		})
	}
	return g.Wait()
}

// WaitGroup does so with goroutines.
func WaitGroup(ctx context.Context, repo *store.Orders, items []store.Order) {
	_, span := tracer.Start(ctx, "WaitGroup") // want `the context of span is dropped and ctx is used on line 146,`
	defer span.End()
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = repo.Save(ctx, it)
		}()
	}
	wg.Wait()
}

// InWorker starts and works in each goroutine.
func InWorker(ctx context.Context, repo *store.Orders, in <-chan store.Order, n int) {
	var wg sync.WaitGroup
	for w := range n {
		wg.Go(func() {
			for it := range in {
				_, span := tracer.Start(ctx, fmt.Sprint("worker ", w)) // want `the context of span is dropped and ctx is used on line 159,`
				_ = repo.Save(ctx, it)
				span.End()
			}
		})
	}
	wg.Wait()
}

// Label goes on in a loop with a label.
func Label(ctx context.Context, repo *store.Orders, pages [][]string) error {
pages:
	for _, page := range pages {
		_, span := tracer.Start(ctx, "page") // want `the context of span is dropped and ctx is used on line 177,`
		for _, id := range page {
			if id == "" {
				span.End()
				continue pages
			}
			if _, err := repo.Find(ctx, id); err != nil {
				span.End()
				break pages
			}
		}
		span.End()
	}
	return nil
}
