// Package boot leads to the propagator through a function, which is asleep too, through
// a method, which may run through an interface, and through a variable.
package boot

import "github.com/tracevet/tracevet/testdata/nopropagator/asleep/propagate"

// All sets up what a service needs.
func All() { propagate.InstallAll() }

// Name says what the package is.
func Name() string { return "boot " + propagate.Version() }
