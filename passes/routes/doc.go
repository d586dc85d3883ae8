// Package routes follows what a program registers on its routers, in order:
// middlewares, routes, groups; on gin, echo, chi, gorilla/mux and fiber routers, on
// http.ServeMux and the handlers around one, and on gRPC servers and clients.
//
// # What is tracked
//
// Each function of the module that has to do with a router is run once, in source
// order, on abstract values: a value is a router, a struct with routers in its
// fields, a handler around a router, or a list of middlewares. A call of another
// function does what that function was found to do to its parameters, its
// receiver's fields and its results: within the package by running that first,
// across packages by a fact. Literals that are called on the spot, that a group is
// made with, or that a local variable holds run as part of the function around
// them; all others by themselves.
//
// What is registered under a condition has that condition with it: the arms of
// the branches it stands in, those that leave early included. Two registrations
// belong together only if the arms of one are among those of the other. A loop
// over a slice whose elements are known registers each of them.
//
// What a middleware or handler does is read from its body with the help of
// passes/ctxflow, and handed on by facts: it starts the server's span, does work
// under the request's context, asks for the trace id, before or after the
// handlers that it runs.
//
// # What is ignored
//
// Maps of routers, channels, routers behind interfaces of the user's own that several
// types implement, functions that are handed on as options, and what
// a function does when it is called a second time. A router that is given to a function
// of which nothing is known may have been given middlewares there: of the routes after
// that it is not known what runs before them. All of this means fewer answers.
package routes
