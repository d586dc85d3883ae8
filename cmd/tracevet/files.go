package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/tracevet/tracevet/cmd/internal/gate"
)

// writeFile writes a file as a whole or not at all.
func writeFile(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if st, err := os.Stat(name); err == nil && !st.Mode().IsRegular() {
		return os.WriteFile(name, b.Bytes(), 0o666) // a pipe or a device, such as /dev/stdout
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".tracevet-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // unless it was renamed
	_, err = tmp.Write(b.Bytes())
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}

// repositoryRoot returns the root of the git work tree that dir is in, or dir if there is none.
func repositoryRoot(ctx context.Context, dir string) string {
	if root, err := gate.Root(ctx, dir); err == nil {
		return root
	}
	return dir
}

// refuseUncommitted returns a function that returns an error for files that differ
// from what is committed.
func refuseUncommitted(ctx context.Context, dir string) (func(file string) error, error) {
	changed, err := gate.Uncommitted(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("-clean: %w", err)
	}
	return func(file string) error {
		if real, err := filepath.EvalSymlinks(file); err == nil {
			file = real
		}
		if changed[file] {
			return errors.New("it has changes that are not committed")
		}
		return nil
	}, nil
}
