package driver

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A stamp tells whether a file was changed.
type stamp struct {
	size int64
	mod  time.Time
}

func stampOf(file string) (stamp, error) {
	fi, err := os.Stat(file)
	if err != nil {
		return stamp{}, err
	}
	return stamp{fi.Size(), fi.ModTime()}, nil
}

var errChanged = errors.New("the file changed while it was analysed; run tracevet again")

// readUnchanged reads a file that is still as it was before it was analysed.
func (f *fixer) readUnchanged(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	st, err := stampOf(file)
	if err != nil {
		return nil, err
	}
	if st != f.stamps[file] {
		return nil, errChanged
	}
	return data, nil
}

// writable reports, as an error, why a file cannot be replaced.
func writable(file string) error {
	file, err := filepath.EvalSymlinks(file)
	if err != nil {
		return err
	}
	fi, err := os.Stat(file)
	if err != nil {
		return err
	}
	// A file is replaced, not written to, so that its mode would not stop us. But its
	// owner made it read-only for a reason: it is generated, or not checked out.
	if fi.Mode().Perm()&0o222 == 0 {
		return errors.New("the file is read-only")
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), tempPattern)
	if err != nil {
		return rootCause(err)
	}
	tmp.Close()
	return os.Remove(tmp.Name())
}

// tempPattern names temporary files: the go command ignores files that begin with a dot.
const tempPattern = ".tracevet-*"

// writeAll writes the changes and returns those that were written. A file that cannot be
// written is named in an error; it is left as it was, and so are
// the files that share a fix with it.
func (f *fixer) writeAll(changes []Change) []Change {
	temps := make(map[string]string) // file -> temporary file with its new contents
	bad := make(map[string]bool)
	for _, c := range changes {
		tmp, err := prepare(c)
		if err != nil {
			f.fail(c.File, "not fixed: "+err.Error())
			bad[c.File] = true
			continue
		}
		temps[c.File] = tmp
	}
	closure(bad, f.applied)
	return slices.DeleteFunc(changes, func(c Change) bool {
		tmp, ok := temps[c.File]
		if !ok {
			return true
		}
		if bad[c.File] {
			os.Remove(tmp)
			return true
		}
		// Nothing but a rename is left to do, which is whole or not at all.
		target, err := filepath.EvalSymlinks(c.File)
		if err == nil {
			err = os.Rename(tmp, target)
		}
		if err != nil {
			os.Remove(tmp)
			f.fail(c.File, "not fixed: "+rootCause(err).Error())
			return true
		}
		return false
	})
}

// prepare writes the new contents of a file to a temporary file beside it, with
// the file's mode and owner.
func prepare(c Change) (tmp string, err error) {
	target, err := filepath.EvalSymlinks(c.File)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(target)
	if err != nil {
		return "", rootCause(err)
	}
	if !bytes.Equal(data, c.Old) {
		return "", errChanged
	}
	fi, err := os.Stat(target)
	if err != nil {
		return "", rootCause(err)
	}
	w, err := os.CreateTemp(filepath.Dir(target), tempPattern)
	if err != nil {
		return "", rootCause(err)
	}
	defer func() {
		if err != nil {
			w.Close()
			os.Remove(w.Name())
			err = rootCause(err)
		}
	}()
	if _, err = w.Write(c.New); err != nil {
		return "", err
	}
	keepOwner(w, fi)
	if err = w.Chmod(fi.Mode()); err != nil {
		return "", err
	}
	return w.Name(), w.Close()
}

// rootCause strips from an error of package os the name of the file, which may be
// that of a temporary one.
func rootCause(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	if le, ok := errors.AsType[*os.LinkError](err); ok {
		return le.Err
	}
	return err
}
