package report

import (
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHTMLInBrowser looks at the page in a real browser: the filters work, and the page is light or
// dark as the reader's system is. It is skipped where there is no Chromium or Chrome.
func TestHTMLInBrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{os.Getenv("CHROME"), "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no headless browser: neither $CHROME nor chromium nor google-chrome")
	}
	dir := t.TempDir()
	page := filepath.Join(dir, "report.html")
	if err := os.WriteFile(page, []byte(write(t, "html", input(t))), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(hash string, args ...string) string {
		t.Helper()
		args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir=" + filepath.Join(dir, "profile")}, args...)
		out, err := exec.Command(browser, append(args, "file://"+page+hash)...).Output()
		if err != nil {
			t.Fatalf("%s: %v", browser, err)
		}
		return string(out)
	}
	for hash, want := range map[string]string{
		"":                     ">2 findings<",
		"#text=second":         ">1 of 2 findings<",
		"#package=m/a":         ">1 of 2 findings<",
		"#fixable=1&text=lost": ">1 of 2 findings<",
		"#rule=leak":           ">2 findings<",
		"#text=nowhere":        ">0 of 2 findings<",
	} {
		dom := run(hash, "--dump-dom")
		if !strings.Contains(dom, want) {
			t.Errorf("%q: the page lacks %q:\n%s", hash, want, dom)
		}
		if hash == "#text=second" && strings.Count(dom, `hidden=""`) != 1 {
			t.Errorf("%q: not one finding is hidden:\n%s", hash, dom)
		}
	}
	for scheme, setting := range map[string]string{"light": "1", "dark": "0"} {
		shot := filepath.Join(dir, scheme+".png")
		run("", "--window-size=800,600", "--blink-settings=preferredColorScheme="+setting, "--screenshot="+shot)
		f, err := os.Open(shot)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		r, g, b, _ := img.At(3, 3).RGBA()
		if light := r+g+b > 3*0x8000; light != (scheme == "light") {
			t.Errorf("%s: the background is %x %x %x", scheme, r, g, b)
		}
	}
}
