package chain_fix

import stdcontext "context"

// last has the import under another name: the fix writes stdcontext.Context.
func last(id string) error {
	work(stdcontext.Background(), id) // want `starts a new trace: last is reached from handler MultiFile through between$`
	return nil
}
