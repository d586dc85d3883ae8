// Package method has the propagator set by a method: who runs it is not known.
package method

import "github.com/tracevet/tracevet/testdata/nopropagator/asleep/propagate"

// A Hook is run by a framework.
type Hook struct{}

// Start may be called through an interface of the framework.
func (Hook) Start() error {
	propagate.Install()
	return nil
}
