// Package variable has the function that sets the propagator in a table.
package variable

import "github.com/tracevet/tracevet/testdata/nopropagator/asleep/propagate"

var steps = []func(){propagate.Install}

// Run runs the steps.
func Run() {
	for _, step := range steps {
		step()
	}
}
