package ctxflow

// A Spawn is work that is started in a goroutine.
type Spawn struct{}

func (r *Result) findSpawns() {}
