// Package innocent_library is no program: what its clients are given, and
// whether the program traces, is not its business.
package innocent_library

import (
	"net/http"

	"google.golang.org/grpc"
)

// NewServer takes the options of its callers.
func NewServer(opts ...grpc.ServerOption) *grpc.Server { return grpc.NewServer(opts...) }

// Plain has no options. Silent: the rule decides in package main.
func Plain() *grpc.Server { return grpc.NewServer() }

// NewClient takes the transport of its caller.
func NewClient(rt http.RoundTripper) *http.Client { return &http.Client{Transport: rt} }
