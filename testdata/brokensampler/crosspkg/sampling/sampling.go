// Package sampling makes samplers for the programs of the project.
package sampling

import sdktrace "go.opentelemetry.io/otel/sdk/trace"

// Ratio is a root sampler. Silent: New applies ParentBased to it.
func Ratio(r float64) sdktrace.Sampler { return sdktrace.TraceIDRatioBased(r) }

// FollowParent applies ParentBased.
func FollowParent(root sdktrace.Sampler) sdktrace.Sampler { return sdktrace.ParentBased(root) }
