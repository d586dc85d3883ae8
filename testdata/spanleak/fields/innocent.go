package fields

import (
	"context"
	"sync"

	"go.opentelemetry.io/otel/trace"
)

// Tx is ended by either of two methods.
type Tx struct {
	txSpan trace.Span
}

// BeginTx starts it.
func BeginTx(ctx context.Context) *Tx {
	tx := &Tx{}
	_, tx.txSpan = tracer.Start(ctx, "Tx")
	return tx
}

// Commit ends the span.
func (t *Tx) Commit() { t.txSpan.End() }

// Rollback ends the span.
func (t *Tx) Rollback() { t.txSpan.End() }

// ByFunction is ended by a function of the package, not by a method.
type ByFunction struct {
	fnSpan trace.Span
}

// Start stores the span.
func (b *ByFunction) Start(ctx context.Context) {
	_, b.fnSpan = tracer.Start(ctx, "ByFunction")
}

// FinishByFunction ends it.
func FinishByFunction(b *ByFunction) {
	if b.fnSpan != nil {
		b.fnSpan.End()
		b.fnSpan = nil
	}
}

// ByHelper passes the field to an end helper.
type ByHelper struct {
	helperSpan trace.Span
}

// Start stores the span.
func (b *ByHelper) Start(ctx context.Context) {
	_, b.helperSpan = tracer.Start(ctx, "ByHelper")
}

// Stop ends it.
func (b *ByHelper) Stop(err error) { endWith(b.helperSpan, err) }

func endWith(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
	}
	span.End()
}

// Exported has an exported field: any package may end it.
type Exported struct {
	Span trace.Span
}

// NewExported stores the span.
func NewExported(ctx context.Context) *Exported {
	_, span := tracer.Start(ctx, "Exported")
	return &Exported{Span: span}
}

// Getter hands its field out.
type Getter struct {
	getSpan trace.Span
}

// NewGetter stores the span.
func NewGetter(ctx context.Context) *Getter {
	_, span := tracer.Start(ctx, "Getter")
	return &Getter{getSpan: span}
}

// Span lets the caller end it.
func (g *Getter) Span() trace.Span { return g.getSpan }

// EndFunc stores the method value instead of the span.
type EndFunc struct {
	end func(...trace.SpanEndOption)
}

// NewEndFunc stores it.
func NewEndFunc(ctx context.Context) *EndFunc {
	_, span := tracer.Start(ctx, "EndFunc")
	return &EndFunc{end: span.End}
}

// Close calls it.
func (e *EndFunc) Close() { e.end() }

// Closure stores a closure that ends the span.
type Closure struct {
	done func(error)
}

// NewClosure stores it.
func NewClosure(ctx context.Context) *Closure {
	_, span := tracer.Start(ctx, "Closure")
	return &Closure{done: func(err error) {
		if err != nil {
			span.RecordError(err)
		}
		span.End()
	}}
}

// Close calls it.
func (c *Closure) Close(err error) { c.done(err) }

// Once ends its span once, in a closure.
type Once struct {
	once     sync.Once
	onceSpan trace.Span
}

// NewOnce stores the span.
func NewOnce(ctx context.Context) *Once {
	o := new(Once)
	_, o.onceSpan = tracer.Start(ctx, "Once")
	return o
}

// Close ends it.
func (o *Once) Close() {
	o.once.Do(func() { o.onceSpan.End() })
}

// Copied is ended through a copy of the field in a local variable.
type Copied struct {
	mu       sync.Mutex
	copySpan trace.Span
}

// Start stores the span.
func (c *Copied) Start(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, c.copySpan = tracer.Start(ctx, "Copied")
}

// Stop ends it outside the lock.
func (c *Copied) Stop() {
	c.mu.Lock()
	span := c.copySpan
	c.copySpan = nil
	c.mu.Unlock()
	if span != nil {
		span.End()
	}
}

// Many keeps all its spans in containers.
type Many struct {
	list []trace.Span
	byID map[string]trace.Span
	last [2]trace.Span
}

// Add stores one of each.
func (m *Many) Add(ctx context.Context, id string) {
	_, a := tracer.Start(ctx, "list")
	m.list = append(m.list, a)
	_, b := tracer.Start(ctx, "map")
	m.byID[id] = b
	_, c := tracer.Start(ctx, "array")
	m.last[1] = c
}

// Close ends them all.
func (m *Many) Close() {
	for _, span := range m.list {
		span.End()
	}
	for _, span := range m.byID {
		span.End()
	}
	for i := range m.last {
		m.last[i].End()
	}
}

// Reader owns a span until its end is reached.
type Reader struct {
	readSpan trace.Span
	left     int
}

// NewReader stores the span.
func NewReader(ctx context.Context, n int) *Reader {
	_, span := tracer.Start(ctx, "Reader")
	return &Reader{readSpan: span, left: n}
}

// Next ends the span at the end of the data.
func (r *Reader) Next() bool {
	r.left--
	if r.left < 0 {
		r.readSpan.End()
		return false
	}
	return true
}

// Generic keeps a span beside a value of any type.
type Generic[T any] struct {
	val     T
	genSpan trace.Span
}

// NewGeneric stores the span.
func NewGeneric[T any](ctx context.Context, v T) *Generic[T] {
	_, span := tracer.Start(ctx, "Generic")
	return &Generic[T]{val: v, genSpan: span}
}

// Take ends it.
func (g *Generic[T]) Take() T {
	g.genSpan.End()
	return g.val
}

// Visitor is ended by the closure of another function.
type Visitor struct {
	visitSpan trace.Span
}

// Enter stores the span: Enter and Leave come in pairs.
func (v *Visitor) Enter(ctx context.Context) context.Context {
	ctx, v.visitSpan = tracer.Start(ctx, "Visitor")
	return ctx
}

// Leave returns the function that ends it.
func (v *Visitor) Leave() func() {
	return func() { v.visitSpan.End() }
}

// Anonymous escapes as a whole: unsure who reads the field, therefore silent.
func Anonymous(ctx context.Context, take func(any)) {
	_, span := tracer.Start(ctx, "Anonymous")
	take(struct{ span trace.Span }{span})
}
