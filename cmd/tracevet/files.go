package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	cmd := exec.CommandContext(ctx, "git", "rev-parse", "--show-toplevel")
	cmd.Dir = dir
	out, err := cmd.Output()
	if root := strings.TrimRight(string(out), "\r\n"); err == nil && root != "" {
		return filepath.FromSlash(root)
	}
	return dir
}

// refuseUncommitted returns a function that returns an error for files that differ
// from what is committed.
func refuseUncommitted(ctx context.Context, dir string) (func(file string) error, error) {
	cmd := exec.CommandContext(ctx, "git", "status", "--porcelain", "-z", "--untracked-files=all")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("-clean: git status fails in %s: %w", dir, err)
	}
	root := repositoryRoot(ctx, dir)
	changed := make(map[string]bool)
	for entry := range strings.SplitSeq(string(out), "\x00") {
		if len(entry) > 3 { // "XY name"; the old name of a renamed file stands alone, and is no file any more
			changed[filepath.Join(root, filepath.FromSlash(entry[3:]))] = true
		}
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
