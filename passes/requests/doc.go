// Package requests knows which functions serve a request, and how the context
// of the request, or of the caller, is spelled at a position.
//
// # What is tracked
//
// The variables of a function that hold a context, or something that a context
// is in: an *http.Request, a *gin.Context, the stream of a gRPC method. For each
// use of one, the assignments that may have given it its value there; for each
// of these, where the context in the value comes from: a parameter, a root
// (context.Background), or it is not known. Calls derive a context from that
// among their arguments.
//
// # May and must
//
// A context is at hand at a position only if all assignments that reach it say
// so: one that may be a root, or may come from nowhere that we know, is not.
// Assignments are followed by the nesting of statements: one in an enclosing
// block hides those before it, one in a branch does not, one behind the use
// counts where a loop leads back. Goto is not followed.
//
// # Between functions
//
// A function literal sees the contexts of the function around it as long as it
// runs before that goes on: if it is called on the spot or in a variable, or
// given to a function that runs it before it returns (known of libraries, facts
// of the user's own functions). One that is stored, returned or given to unknown
// code may run when the request is over, and has nothing but its own parameters.
//
// # What is ignored, and why
//
// Contexts in the fields of structs: whether they live as long as a request or
// as long as the program shows nowhere near. Contexts in maps, slices, channels
// and behind pointers: too rare to pay for.
package requests
