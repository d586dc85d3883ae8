// Package spanleak defines an Analyzer that reports spans that are not ended
// on every path.
//
// (being written)
package spanleak
