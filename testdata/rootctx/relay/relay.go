// Package relay has a root that is reached through a method of an interface,
// whose one implementation calls the function with the root in its turn.
package relay

import (
	"context"
	"net/http"
)

// A Peer is another service.
type Peer interface{ Healthy() string }

// Client is the one Peer that there is.
type Client struct {
	hc  *http.Client
	url string
}

// Healthy has no context to give.
func (c *Client) Healthy() string { return c.ask("/healthz") }

func (c *Client) ask(path string) string {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, c.url+path, nil) // want `starts a new trace: ask is reached from handler \(\*Board\).Serve through Show, Healthy`
	if err != nil {
		return "down"
	}
	resp, err := c.hc.Do(req)
	if err != nil {
		return "down"
	}
	_ = resp.Body.Close()
	return resp.Status
}

// Board shows the state of the peers.
type Board struct{ peers map[string]Peer }

// Show goes through the interface.
func (b *Board) Show() map[string]string {
	all := make(map[string]string)
	for name, p := range b.peers {
		all[name] = p.Healthy()
	}
	return all
}

// Serve serves a request.
func (b *Board) Serve(w http.ResponseWriter, r *http.Request) {
	for name, state := range b.Show() {
		_, _ = w.Write([]byte(name + ": " + state + "\n"))
	}
}

// A Disk is something else that is healthy or not; two types are.
type Disk interface{ Free() int64 }

// Local asks nobody.
type Local struct{ free int64 }

// Free does no work.
func (l *Local) Free() int64 { return l.free }

// Remote asks another service.
type Remote struct{ c *Client }

// Free has the root of ask.
func (m *Remote) Free() int64 { return int64(len(m.c.ask("/df"))) }

// ServeDisks is silent about what Remote does: which of the two it asks is not
// known.
func ServeDisks(disks []Disk) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, d := range disks {
			if d.Free() == 0 {
				w.WriteHeader(http.StatusInsufficientStorage)
				return
			}
		}
	}
}
