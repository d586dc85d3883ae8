// Package service sits on three layers of wrappers, and sees OpenTelemetry nowhere.
package service

import (
	"context"
	"errors"

	"github.com/tracevet/tracevet/testdata/spanleak/chain/app"
	"github.com/tracevet/tracevet/testdata/spanleak/chain/obs"
)

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }

// TwoLayers leaks a span that was started two packages down.
func TwoLayers(ctx context.Context) error {
	ctx, span := obs.Start(ctx, "two-layers") // want `span is not ended on the path that returns on line 20,`
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// TwoLayersStruct leaks the struct that holds such a span.
func TwoLayersStruct(ctx context.Context, id string) error {
	r := obs.NewRequest(ctx, id) // want `r is not ended on the path that returns on line 30,`
	if id == "" {
		return errEmpty
	}
	err := work(r.Context())
	r.Close(err)
	return err
}

// ThreeLayers leaks the interface over it.
func ThreeLayers(ctx context.Context) error {
	s := app.Enter(ctx, "three-layers") // want `s is never ended, so it is never exported`
	s.Note("begin")
	return work(s.Context())
}

// ThreeLayersFunc leaks the end function.
func ThreeLayersFunc(ctx context.Context) error {
	ctx, end := app.EnterFunc(ctx, "three-layers-func") // want `end is not ended on the path that returns on line 48,`
	if err := work(ctx); err != nil {
		return err
	}
	end(nil)
	return nil
}

// ThreeLayersDiscarded discards it.
func ThreeLayersDiscarded(ctx context.Context) error {
	app.Enter(ctx, "three-layers-discarded") // want `the span that app.Enter returns is discarded`
	return work(ctx)
}

// Right uses every layer as it is meant to be used.
func Right(ctx context.Context) (err error) {
	ctx, span := obs.Start(ctx, "right")
	defer obs.Finish(span, &err)
	r := obs.NewRequest(ctx, "right")
	defer func() { r.Close(err) }()
	s := app.Enter(r.Context(), "right")
	defer s.Close(nil)
	sctx, end := app.EnterFunc(s.Context(), "right")
	end(work(sctx))
	return app.Do(ctx, "right", func(s app.Scope) error {
		s.Note("lent by Do")
		return work(s.Context())
	})
}

// RightChecked ends the span where there is one: the wrapper returns nil with
// an error.
func RightChecked(ctx context.Context) error {
	ctx, span, err := obs.Checked(ctx, "right-checked", func() error { return nil })
	if err != nil {
		return err
	}
	defer span.End()
	return work(ctx)
}

// CheckedPath leaks after the check of the error.
func CheckedPath(ctx context.Context) error {
	ctx, span, err := obs.Checked(ctx, "checked-path", func() error { return nil }) // want `span is not ended on the path that returns on line 94,`
	if err != nil {
		return err
	}
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}
