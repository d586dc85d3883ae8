// Package values tells whether a value is bounded: one of a few that the
// program knows, such as the names of its operations, or one of as many as
// there are requests, users or errors. It asks this of the values that become
// names of spans and labels of metrics, where the latter kind does harm.
//
// # What is tracked
//
// A value is traced back to what it is made from: through concatenation,
// formatting, conversions, builders, slices, maps, struct fields, variables
// that closures share, and calls. What it ends at is judged by the table of
// package knowledge (the path of a request, an id, the text of an error), by
// its type (a type whose constants are declared is bounded, a UUID is not), or
// not at all: then it is unknown.
//
// # May and must
//
// A value that may be unbounded, on one branch, is unbounded: it takes one
// branch to fill a backend. But each step has to be shown. An unknown part
// makes a value unknown and not unbounded, and a value that the program
// compares with a constant, looks up in a table or hands to a function that
// checks it, on the way to its use, is taken to be bounded there.
//
// # Between functions
//
// Both ways, by facts. A parameter that becomes a name or a label makes the
// caller's argument the thing to judge; a result carries what it was made
// from: a source of its own, or parameters, which are the caller's again.
// Functions are built in rounds, as they turn out to matter: those that name a
// span, then those that they call for the name, and those that call them.
//
// # What is ignored, and why
//
// The order of stores: a variable that closures share, and the elements of a
// slice or map, have all values that are ever put in. Fields of structs are
// told apart; across functions only where the package sets the field to
// nothing but constants and unbounded values: else another object of that type
// may be meant. Calls through interfaces, as no body is seen. Splitting,
// mapping and regular expressions, as what comes out may be a normal form.
package values
