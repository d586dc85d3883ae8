package driver

// wiring writes functions that wire a program together: a router with its
// middlewares, and the end of the provider.
func (m *maker) wiring() {
	if m.faults["mworder"] || m.chance(10) {
		m.router()
	}
	if m.faults["noshutdown"] || m.chance(10) {
		m.ending()
	}
}

// router writes a function that registers tracing before its routes and what needs
// the span, or after.
func (m *maker) router() {
	m.started = false
	route := m.one(
		"r.GET(\"/work/:id\", func(c *gin.Context) {\nif err := work(c.Request.Context(), c.Param(\"id\")); err != nil {\nc.Status(http.StatusInternalServerError)\n}\n})",
		"api := r.Group(\"/api\")\napi.POST(\"/work\", func(c *gin.Context) {\n_ = work(c.Request.Context(), \"all\")\n})",
	)
	guard := "r.Use(func(c *gin.Context) {\nif work(c.Request.Context(), c.ClientIP()) != nil {\nc.AbortWithStatus(http.StatusForbidden)\n}\n})"
	tracing := m.one("r.Use(otelgin.Middleware(\"torture\"))", "r.Use(otelgin.Middleware(\"torture\"), gin.Recovery())", "r.Use(gin.Recovery(), otelgin.Middleware(\"torture\"))")
	steps := []string{tracing, route}
	if m.chance(40) {
		steps = []string{tracing, guard, route}
	}
	if m.wrong("mworder") {
		to := 1 + m.random.IntN(len(steps)-1)
		steps = append(append(append([]string{}, steps[1:1+to]...), tracing), steps[1+to:]...)
		if m.chance(20) {
			steps = append(steps, "r.Use(otelgin.Middleware(\"again\"))")
		}
	}
	m.linef("func %s() *gin.Engine {\nr := gin.New()", m.name("Route"))
	for _, step := range steps {
		if m.chance(15) {
			m.linef("// Then this.")
		}
		m.linef("%s", step)
	}
	m.linef("return r\n}\n")
}

// ending writes a function that shuts the provider down when a signal has come.
func (m *maker) ending() {
	ctx := "context.WithoutCancel(ctx)"
	if m.wrong("noshutdown") {
		ctx = "ctx"
	}
	m.linef("func %s() error {\nctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)\ndefer stop()", m.name("Run"))
	end := "provider.Shutdown(" + ctx + ")"
	switch m.random.IntN(3) {
	case 0:
		m.linef("<-ctx.Done()\nreturn %s\n}\n", end)
	case 1:
		m.linef("defer func() {\nif err := %s; err != nil {\nfmt.Println(err)\n}\n}()\n<-ctx.Done()\nreturn nil\n}\n", end)
	default:
		m.linef("server := &http.Server{}\ngo func() {\n<-ctx.Done()\nserver.Close()\n}()\nerr := server.ListenAndServe()\n_ = %s\nreturn err\n}\n", end)
	}
}
