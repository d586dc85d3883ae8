package gate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// git runs git in a directory, whatever the user's settings are, and returns what it prints.
func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-c", "core.quotepath=false", "-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return nil, errors.New("this needs git, which is not in PATH")
		}
		if msg := strings.TrimSpace(stderr.String()); msg != "" {
			return nil, fmt.Errorf("git %s: %s", args[0], msg)
		}
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return stdout.Bytes(), nil
}

// Root returns the root of the git work tree that dir is in.
func Root(ctx context.Context, dir string) (string, error) {
	out, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		if strings.Contains(err.Error(), "not a git repository") {
			return "", fmt.Errorf("%s is not in a git repository", dir)
		}
		return "", err
	}
	return filepath.FromSlash(strings.TrimRight(string(out), "\r\n")), nil
}

// Uncommitted returns the files that differ from what is committed, untracked ones included.
func Uncommitted(ctx context.Context, dir string) (map[string]bool, error) {
	root, err := Root(ctx, dir)
	if err != nil {
		return nil, err
	}
	out, err := git(ctx, root, "status", "--porcelain", "-z", "--untracked-files=all")
	if err != nil {
		return nil, err
	}
	changed := make(map[string]bool)
	for entry := range strings.SplitSeq(string(out), "\x00") {
		if len(entry) > 3 { // "XY name"; the old name of a renamed file stands alone, and is no file any more
			changed[filepath.Join(root, filepath.FromSlash(entry[3:]))] = true
		}
	}
	return changed, nil
}
