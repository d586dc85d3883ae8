// Package ctxflow follows contexts from where they begin to the work that they
// are given to.
package ctxflow
