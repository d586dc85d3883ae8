package deferinloop

import (
	"context"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

// Silent: the deferred end is that of the literal, which each turn calls.
func called(ctx context.Context, ids []string) {
	for _, id := range ids {
		func() {
			ctx, span := tracer.Start(ctx, "item")
			defer span.End()
			_, _ = work.Load(ctx, id)
		}()
	}
}

// Silent: once for each function that the group runs.
func group(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error {
			ctx, span := tracer.Start(ctx, "item")
			defer span.End()
			_, err := work.Load(ctx, id)
			return err
		})
	}
	return g.Wait()
}

// Silent: once for each goroutine.
func goroutines(ctx context.Context, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ctx, span := tracer.Start(ctx, "item")
			defer span.End()
			_, _ = work.Load(ctx, id)
		}()
	}
	wg.Wait()
}

// Silent: the same by wg.Go, with the span started outside.
func handedToGoroutine(ctx context.Context, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		itemCtx, span := tracer.Start(ctx, "item")
		wg.Go(func() {
			defer span.End()
			_, _ = work.Load(itemCtx, id)
		})
	}
	wg.Wait()
}

// Silent: once for each request that the handler serves.
func handlers(mux *http.ServeMux, paths []string) {
	for _, path := range paths {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			ctx, span := tracer.Start(r.Context(), "serve")
			defer span.End()
			_, _ = work.Load(ctx, r.PathValue("id"))
		})
	}
}

// Silent: every way past the defer leaves the function, so there is one span.
func once(ctx context.Context, value string) error {
	for {
		item, ok := work.Next(ctx)
		if ok && item == "" {
			continue
		}
		ctx, span := tracer.Start(ctx, "save")
		defer span.End()
		return work.Save(ctx, value)
	}
}

// Silent: the first that is found is the last that is looked at.
func first(ctx context.Context, ids []string) (value string) {
	for _, id := range ids {
		if id == "" {
			continue
		}
		ctx, span := tracer.Start(ctx, "found")
		defer span.End()
		value, _ = work.Load(ctx, id)
		break
	}
	return value
}

// Silent: the same where the way out is a labelled break out of two loops.
func firstOfAll(ctx context.Context, lists [][]string) (value string) {
search:
	for _, ids := range lists {
		for _, id := range ids {
			if id != "" {
				ctx, span := tracer.Start(ctx, "found")
				defer span.End()
				value, _ = work.Load(ctx, id)
				break search
			}
		}
	}
	return value
}

// Silent: one span around the loop, ended after it.
func around(ctx context.Context, ids []string) {
	ctx, span := tracer.Start(ctx, "all")
	defer span.End()
	for _, id := range ids {
		_, _ = work.Load(ctx, id)
	}
}

// Silent: ended by hand in each turn, on both ways out of it.
func byHand(ctx context.Context, ids []string) {
	for _, id := range ids {
		itemCtx, span := tracer.Start(ctx, "item")
		if _, err := work.Load(itemCtx, id); err != nil {
			span.End()
			continue
		}
		span.End()
	}
}

// Silent: each turn calls a function that defers.
func ownFunction(ctx context.Context, ids []string) {
	for _, id := range ids {
		oneItem(ctx, id)
	}
}

// Silent: no loop here.
func oneItem(ctx context.Context, id string) {
	ctx, span := tracer.Start(ctx, "item")
	defer span.End()
	_, _ = work.Load(ctx, id)
}

// Silent: what the loop defers is another thing than the end of a span.
func otherDefers(ctx context.Context, locks []*sync.Mutex) {
	ctx, span := tracer.Start(ctx, "locked")
	defer span.End()
	for _, mu := range locks {
		mu.Lock()
		defer mu.Unlock()
	}
	_, _ = work.Load(ctx, "all")
}

// Silent: a loop whose every turn returns.
func anyOf(ctx context.Context, items <-chan string) error {
	for item := range items {
		ctx, span := tracer.Start(ctx, "item")
		defer span.End()
		if item == "stop" {
			return nil
		}
		return work.Save(ctx, item)
	}
	return nil
}
