// Package spanflow follows spans: from where they start, through the function
// that holds them, to every way out of it.
//
// # What is tracked
//
// One span at a time (a life), in one function with the function literals in
// it. The state of a path is what has become of the span (open, ended, handed
// over), the variables that hold it or a context that carries it, the deferred
// calls that are pending, and what the branches taken so far have told about
// other values. States are sets of such paths; where two paths with the same
// history of the span meet, they become one that knows what both know. That is
// the property simulation of ESP (Das, Lerner, Seigle: "ESP: Path-Sensitive
// Program Verification in Polynomial Time", PLDI 2002).
//
// # May and must
//
// A leak is a path that may be taken: one that contradicts nothing it has
// learnt. That the span is still this function's is a must: as soon as somebody
// else may own it, the path is given up. What a function does to a parameter is
// a must as well: "ends" means on every path on which it returns.
//
// # Between functions
//
// Calls apply summaries, which are facts, so that they hold across packages: a
// function ends, keeps or passes on the span in a parameter; a result holds an
// open span, and these methods end it. Functions are summarized callees first;
// those that call each other are repeated until nothing changes, or given up.
// Function literals that run where they can be seen (called, deferred, in a
// variable that is set once) are part of the function.
//
// # What is ignored, and why
//
// Panics in calls: every call may panic, and a span without a defer would leak
// at each. Only an explicit panic counts, and only if somebody recovers.
// Concurrency: a goroutine that is given the span owns it. Aliases through
// pointers to pointers, reflection and unsafe: a span that takes such a way has
// been handed over before. Arithmetic on conditions: only equality with
// constants is understood, all else is compared by how it is written.
//
// A life that needs more than maxVisits visits of basic blocks, or more than
// maxPaths kinds of paths at one point, is given up, and nothing is said of it. So
// are the lives that are left when those of one function took maxSteps steps.
package spanflow
