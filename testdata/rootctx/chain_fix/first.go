package chain_fix

import "net/http"

// MultiFile calls a helper of another file, which does not import context here
// and does there: the fix edits both files, and this one needs no import.
func MultiFile(w http.ResponseWriter, r *http.Request) {
	_ = between(r.FormValue("id"))
	w.WriteHeader(http.StatusAccepted)
}
