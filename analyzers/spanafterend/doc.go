// Package spanafterend defines an Analyzer that reports spans that are used
// after their end, or ended by a function that does not own them.
//
// (being written)
package spanafterend
