// Package ct hands things in at several places, and waits for none of them.
package ct

import (
	"context"
	"time"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// Policy knows the places.
type Policy struct{ logs []string }

func (p *Policy) submitAll(blob string) {
	for _, log := range p.logs {
		go func(log string) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			if err := spans.Mail(ctx, log, blob); err != nil {
				println(log)
			}
		}(log)
	}
}

// Submit is what other packages call.
func (p *Policy) Submit(blob string) { p.submitAll(blob) }
