package driver

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// TestGrowHeap checks that the collector works as usual once it has run.
func TestGrowHeap(t *testing.T) {
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100))

	growHeap("off")
	if p := percent(); p != 100 {
		t.Fatalf("growHeap sets %d percent though the user has set GOGC", p)
	}
	growHeap("")
	if p := percent(); p <= 100 {
		t.Fatalf("growHeap leaves %d percent", p)
	}
	for percent() != 100 { // the finalizer runs in its own time
		runtime.GC()
		runtime.Gosched()
	}
}
