// Package oldsemconv defines an Analyzer that reports report attribute keys that the semantic conventions have renamed.
//
// # Rule
//
// oldsemconv: report attribute keys that the semantic conventions have renamed
//
// TODO: what is at fault, and what a running program showed to follow from it.
//
// # Example
//
// TODO: the rule must report each code block of this section. Blocks are
// declarations without package clause and imports; see the documentation of
// analyzers/internal/ruletest.
//
//	func handle(ctx context.Context) {
//		ctx, span := tracer.Start(ctx, "handle")
//		_, _ = ctx, span
//	}
//
// # Use instead
//
// TODO: the rule must be silent on each code block of this section.
//
//	func handle(ctx context.Context) {
//		ctx, span := tracer.Start(ctx, "handle")
//		defer span.End()
//		_ = ctx
//	}
//
// # todo-category
//
// TODO: one heading for each category of findings, in lower case and hyphens.
//
// # Fix safety
//
// TODO: why the first fix is safe to apply, and when no fix is offered.
//
// # Limits
//
// TODO: what the rule cannot know, and is silent about.
//
// # Options
//
// None.
//
// # References
//
// TODO: where the consequence is documented.
package oldsemconv
