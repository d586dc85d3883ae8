package chain_tags

import "net/http"

// Windows calls the helper on one system only.
func Windows(w http.ResponseWriter, r *http.Request) { everywhere("windows") }
