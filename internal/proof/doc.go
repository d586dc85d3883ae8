// Package proof shows by running what tracevet is good for: it starts the sample
// services of testdata/services as they are, with the faults that were planted in
// them, sends them requests that come with a trace, and looks at what becomes of
// that trace. Then it does the same with copies that `tracevet -fix` has fixed, and
// with copies in which a person has mended the rest.
//
// A service is run as its users would run it: its own command, built and started as
// a process, with its own set-up of tracing, asked over loopback, and told to
// stop with a signal. The spans that arrive are those that its exporter sends. To see also
// those that never arrive, the probe of testdata/probe is laid over package main as one
// more file when the command is built.
//
// Nothing is measured in time, and ids do not show, so that a run gives the same
// figures on every machine: they are written to docs/proof.md and into the two
// pictures beside it by
//
//	go test ./internal/proof -update
//
// The test waits, in each request, for as many spans as testdata/counts.json says, and no longer. With
// -recount it waits instead until nothing more happens, and writes that file: for a
// service that has changed.
package proof
