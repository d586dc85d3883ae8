package driver

import (
	"runtime"
	"runtime/debug"
)

// startHeap is up to where the heap of a unit grows without a collection. Few units ever
// need more.
const startHeap = 64 << 20

// growHeap spares units the collection of garbage. A process that lives for a tenth of a second
// would else collect whenever its heap has doubled, from 4 MB on; a fifth of its
// time is in that. Above startHeap the collector works as usual, so that large units need no more memory
// than they did. The compiler does the same.
//
// A user who has set GOGC knows better.
func growHeap(gogc string) {
	if gogc != "" {
		return
	}
	const minHeap = 4 << 20 // of the collector, at 100 percent
	debug.SetGCPercent(100 * startHeap / minHeap)
	// The finalizer of garbage runs after the first collection.
	sentinel := new([]byte)
	runtime.SetFinalizer(sentinel, func(*[]byte) { debug.SetGCPercent(100) })
}
