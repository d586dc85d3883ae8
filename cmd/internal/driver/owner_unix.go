//go:build unix

package driver

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives w the owner of the file that it is to replace, as far as the
// process may. It matters in a container that runs as root on a user's files.
func keepOwner(w *os.File, fi fs.FileInfo) {
	if st, ok := fi.Sys().(*syscall.Stat_t); ok {
		_ = w.Chown(int(st.Uid), int(st.Gid))
	}
}
