// Package goplsbuild builds gopls, as the Go team publishes it, with the rules of tracevet inside.
//
// Gopls has no plugins, and its list of analyzers is in an internal package. So one file is added to that package, by the
// go command's -overlay: nothing of gopls is copied or changed. What it takes:
//
//   - gopls's source in a module cache of its own, since the go command refuses overlays in the one that it uses;
//   - the version of golang.org/x/tools that gopls pins, of which gopls uses internal packages.
package goplsbuild

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/modfile"
)

// Version is that of gopls: the newest one that the Go version of tracevet builds.
const Version = "v0.23.0"

const (
	goplsPath = "golang.org/x/tools/gopls"
	toolsPath = "golang.org/x/tools"
	needsGo   = "1.26.0"
)

// added is the file that is added to gopls's package settings.
//
//go:embed added.go.txt
var added []byte

// Options say what to build.
type Options struct {
	Output string    // the file to write, or a directory
	Source string    // the root of tracevet's module; empty for the source of this program
	Log    io.Writer // gets lines about the progress
}

// A builder builds in a scratch directory.
type builder struct {
	Options
	dir string // a module that requires gopls and tracevet
}

// Build builds gopls and returns the name of the file that it wrote. What was there is replaced when all has gone well. Errors are the user's:
// they say what is missing.
func Build(ctx context.Context, o Options) (string, error) {
	output, err := checkOutput(o.Output)
	if err != nil {
		return "", err
	}
	self, err := findSelf(o.Source)
	if err != nil {
		return "", err
	}
	if _, err := exec.LookPath("go"); err != nil {
		return "", fmt.Errorf("building gopls takes the go command: %w", err)
	}
	dir, err := os.MkdirTemp("", "tracevet-gopls")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	b := &builder{Options: o, dir: dir}
	if err := b.checkGo(ctx); err != nil {
		return "", err
	}
	source, err := b.download(ctx)
	if err != nil {
		return "", err
	}
	if err := b.writeModule(source, self); err != nil {
		return "", err
	}
	return output, b.build(ctx, source, output)
}

// checkOutput returns the absolute name of the file to write. The go command would find out that it cannot be written
// after a minute's work.
func checkOutput(output string) (string, error) {
	output, err := filepath.Abs(output)
	if err != nil {
		return "", err
	}
	if st, err := os.Stat(output); err == nil && st.IsDir() {
		output = filepath.Join(output, "gopls")
		if runtime.GOOS == "windows" {
			output += ".exe"
		}
	}
	probe, err := os.CreateTemp(filepath.Dir(output), ".tracevet-gopls")
	if err != nil {
		return "", fmt.Errorf("cannot write %s: %w", output, err)
	}
	probe.Close()
	return output, os.Remove(probe.Name())
}

// checkGo reports whether the go command is new enough, or can get a newer one.
func (b *builder) checkGo(ctx context.Context) error {
	if err := os.WriteFile(filepath.Join(b.dir, "go.mod"), []byte("module example.com/gopls\n\ngo "+needsGo+"\n"), 0o666); err != nil {
		return err
	}
	if _, err := b.goCommand(ctx, nil, "list", "-m"); err != nil {
		return fmt.Errorf("gopls %s takes Go %s or newer: %w", Version, needsGo, err)
	}
	return nil
}

// download returns the directory of gopls's source. It is verified by the go command, and kept for the next time.
func (b *builder) download(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no directory to keep gopls's source in: %w", err)
	}
	env := []string{"GOMODCACHE=" + filepath.Join(cache, "tracevet", "gopls-source")}
	fmt.Fprintf(b.Log, "reading the source of gopls %s\n", Version)
	out, err := b.goCommand(ctx, env, "mod", "download", "-json", goplsPath+"@"+Version)
	var got struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &got); jsonErr == nil && got.Error != "" {
		err = errors.New(got.Error)
	} else if err == nil {
		err = jsonErr
	}
	if err != nil {
		return "", fmt.Errorf("the source of gopls %s cannot be had; the first build takes the network or a module proxy (GOPROXY): %w", Version, err)
	}
	return got.Dir, nil
}

// writeModule writes the scratch module.
func (b *builder) writeModule(source string, self *origin) error {
	data, err := os.ReadFile(filepath.Join(source, "go.mod"))
	if err != nil {
		return err
	}
	gopls, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		return err
	}
	tools := ""
	for _, r := range gopls.Require {
		if r.Mod.Path == toolsPath {
			tools = r.Mod.Version
		}
	}
	if tools == "" {
		return fmt.Errorf("gopls %s does not require %s", Version, toolsPath)
	}
	f := new(modfile.File)
	err = errors.Join(
		f.AddModuleStmt("example.com/gopls"),
		f.AddGoStmt(needsGo),
		f.AddRequire(goplsPath, Version),
		f.AddRequire(modulePath, self.version),
		f.AddReplace(goplsPath, "", source, ""),
		// A requirement would not do: tracevet requires a newer one.
		f.AddReplace(toolsPath, "", toolsPath, tools),
	)
	if self.dir != "" {
		err = errors.Join(err, f.AddReplace(modulePath, "", self.dir, ""))
	}
	if err != nil {
		return err
	}
	data, err = f.Format()
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(source, "go.sum"))
	if err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(source, "internal", "settings", "zz_tracevet.go"): filepath.Join(b.dir, "added.go"),
	}})
	return errors.Join(err,
		os.WriteFile(filepath.Join(b.dir, "go.mod"), data, 0o666),
		os.WriteFile(filepath.Join(b.dir, "go.sum"), append(sums, self.sums()...), 0o666),
		os.WriteFile(filepath.Join(b.dir, "added.go"), added, 0o666),
		os.WriteFile(filepath.Join(b.dir, "overlay.json"), overlay, 0o666))
}

// build compiles gopls into a file beside output, and renames it: an editor may run what is there.
func (b *builder) build(ctx context.Context, source, output string) error {
	fmt.Fprintf(b.Log, "compiling gopls; the first time this takes minutes\n")
	compiled := output + ".new"
	defer os.Remove(compiled)
	// With -mod=mod, the go command adds the requirements of both modules to go.mod.
	_, err := b.goCommand(ctx, nil, "build", "-mod=mod", "-buildvcs=false", "-overlay="+filepath.Join(b.dir, "overlay.json"), "-o", compiled, goplsPath)
	if err != nil {
		return fmt.Errorf("gopls cannot be built: %w", err)
	}
	return os.Rename(compiled, output)
}

// goCommand runs the go command in the scratch module, without what the user's environment says about other modules. It returns its
// standard output; the error has what it wrote to standard error.
func (b *builder) goCommand(ctx context.Context, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = b.dir
	cmd.Env = append(append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GO111MODULE=on"), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		return nil, errors.New("interrupted")
	}
	if text := strings.TrimSpace(stderr.String()); err != nil && text != "" {
		err = errors.New(text)
	}
	return stdout.Bytes(), err
}
