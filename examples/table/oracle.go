// Package oracle is the specification of AWS KMS custom key stores without Node: an interpreter of
// custom-key-store-spec.json, together with values.go, and faster with shortcuts.go. Standard library only;
// table/README.md describes the language and the accounts.
package oracle

import (
	"math"
	"reflect"
	"regexp"
	"sort"
	"strings"
)

func joined(parts []any) (result string) {
	for _, part := range parts {
		result += text(part)
	}
	return
}

func flatMap(list []any, f Func) any {
	result := []any{}
	for _, value := range list {
		result = append(result, f(value).([]any)...)
	}
	return result
}

func sorted(list []any) any {
	list = append([]any{}, list...)
	sort.SliceStable(list, func(i, j int) bool { return text(list[i]) < text(list[j]) })
	return list
}

func fold(list []any, result any, f Func) any {
	for _, value := range list {
		result = f(result, value)
	}
	return result
}

var patterns = map[string]*regexp.Regexp{}

func pattern(source string) *regexp.Regexp {
	if patterns[source] == nil {
		patterns[source] = regexp.MustCompile(source)
	}
	return patterns[source]
}

// words get as many values as the table gives them.
var words = map[string]Func{
	"!":             func(a ...any) any { return !isTrue(a[0]) },
	"===":           func(a ...any) any { return same(a[0], a[1]) },
	"<":             func(a ...any) any { return a[0].(float64) < a[1].(float64) },
	"+":             func(a ...any) any { return a[0].(float64) + a[1].(float64) },
	"type":          func(a ...any) any { return kinds[reflect.TypeOf(a[0])] },
	"isInteger":     func(a ...any) any { n, is := a[0].(float64); return is && n == math.Trunc(n) },
	"text":          func(a ...any) any { return joined(a) },
	"matches":       func(a ...any) any { return pattern("^(?:" + text(a[0]) + ")$").MatchString(text(a[1])) },
	"withoutPrefix": func(a ...any) any { return pattern("^"+text(a[1])).ReplaceAllString(text(a[0]), "") },
	"startsWith":    func(a ...any) any { return strings.HasPrefix(text(a[0]), text(a[1])) },
	"endsWith":      func(a ...any) any { return strings.HasSuffix(text(a[0]), text(a[1])) },
	"toLowerCase":   func(a ...any) any { return strings.ToLower(text(a[0])) },
	"split":         func(a ...any) any { return listOf(strings.Split(text(a[0]), text(a[1]))) },
	"units":         func(a ...any) any { return float64(len(units(text(a[0])))) },
	"bytesInBase64": func(a ...any) any { return math.Floor(float64(len(strings.TrimRight(text(a[0]), "="))) * 0.75) },
	"mark":          func(a ...any) any { return mark(a[0]) },
	"get":           func(a ...any) any { return Get(a[0], a[1]) },
	"list":          func(a ...any) any { return a },
	"sort":          func(a ...any) any { return sorted(a[0].([]any)) },
	"keys":          func(a ...any) any { return listOf(object(a[0]).Shape.Names) },
	"with":          func(a ...any) any { return a[0].(*Object).With(text(a[1]), a[2]) },
	"length":        func(a ...any) any { return float64(len(a[0].([]any))) },
	"characters":    func(a ...any) any { return float64(len([]rune(text(a[0])))) },
	"flatMap":       func(a ...any) any { return flatMap(a[0].([]any), a[1].(Func)) },
	"fold":          func(a ...any) any { return fold(a[0].([]any), a[1], a[2].(Func)) },
	"apply":         func(a ...any) any { return a[0].(Func)(a[1].([]any)...) },
	"remembered":    func(a ...any) any { return a[0] },
}

// Specification evaluates what the table defines.
type Specification struct {
	table  any
	values map[string]any
}

// frame holds the values of the names of one call of a function, inside the call in which the function was made.
type frame struct {
	slots []any
	outer *frame
}

// scope says at which place of a frame the value of each name is; size is how many places the frame has by now.
type scope struct {
	places map[string]int
	size   *int
	outer  *scope
}

func inside(outer *scope) *scope { return &scope{map[string]int{}, new(int), outer} }

// with has one more name, in a place of its own.
func (in *scope) with(name string) *scope {
	places := map[string]int{}
	for known, place := range in.places {
		places[known] = place
	}
	places[name] = *in.size
	*in.size++
	return &scope{places, in.size, in.outer}
}

// node is an expression that is ready to be evaluated.
type node func(in *frame) any

// New takes the table as Parse gives it.
func New(table any) *Specification {
	s := &Specification{table, map[string]any{"undefined": Undefined}}
	rules := Get(table, "rules").(*Object)
	for i, name := range rules.Shape.Names {
		rejects := s.evaluated(Get(rules.Values[i], "rejects"))
		rules = rules.With(name, rules.Values[i].(*Object).With("rejects", rejects))
	}
	s.values["rules"] = rules
	return s
}

// Value is a definition or a section of the table: Value("outcomesOf").(Func)(account, request, known, "cks-1").
func (s *Specification) Value(name string) any {
	value, has := s.values[name]
	if !has {
		if value = Get(s.table, name); value == Undefined {
			value = s.evaluated(Get(Get(s.table, "definitions"), name))
		}
		s.values[name] = value
	}
	return value
}

func (s *Specification) evaluated(expression any) any {
	top := inside(nil)
	evaluate := s.compile(expression, top)
	return evaluate(&frame{make([]any, *top.size), nil})
}

func (s *Specification) compile(expression any, in *scope) node {
	switch e := expression.(type) {
	case string:
		if strings.HasPrefix(e, "$") {
			return s.path(strings.Split(e[1:], "."), in)
		}
	case *Object:
		parts := s.compileAll(e.Values, in)
		return func(in *frame) any { return &Object{e.Shape, each(parts, in)} }
	case []any:
		return s.form(e[0], e[1:], in)
	}
	return func(*frame) any { return expression }
}

func (s *Specification) compileAll(expressions []any, in *scope) []node {
	nodes := make([]node, len(expressions))
	for i, each := range expressions {
		nodes[i] = s.compile(each, in)
	}
	return nodes
}

func each(parts []node, in *frame) []any {
	values := make([]any, len(parts))
	for i, part := range parts {
		values[i] = part(in)
	}
	return values
}

func (s *Specification) path(parts []string, in *scope) node {
	value := s.name(parts[0], in)
	if len(parts) == 1 {
		return value
	}
	return func(in *frame) any {
		value := value(in)
		for _, part := range parts[1:] {
			value = member(value, part)
		}
		return value
	}
}

// name is a parameter, a name of let, or something of the table, which is looked up when it is first asked for.
func (s *Specification) name(name string, in *scope) node {
	for depth := 0; in != nil; in, depth = in.outer, depth+1 {
		if place, has := in.places[name]; has {
			return func(in *frame) any {
				for i := 0; i < depth; i++ {
					in = in.outer
				}
				return in.slots[place]
			}
		}
	}
	if word := words[name]; word != nil {
		return func(*frame) any { return word }
	}
	var value any
	return func(*frame) any {
		if value == nil {
			value = s.Value(name)
		}
		return value
	}
}

func (s *Specification) form(word any, rest []any, in *scope) node {
	switch word {
	case "fn":
		return s.function(rest[0].([]any), rest[1], in)
	case "let":
		return s.let(rest[0].([]any), rest[1], in)
	}
	parts := s.compileAll(rest, in)
	switch word {
	case "if":
		return func(in *frame) any {
			if isTrue(parts[0](in)) {
				return parts[1](in)
			}
			return parts[2](in)
		}
	case "and", "or":
		return func(in *frame) (value any) {
			for _, part := range parts {
				if value = part(in); isTrue(value) == (word == "or") {
					break
				}
			}
			return
		}
	}
	if name, is := word.(string); is && words[name] != nil {
		f := words[name]
		return func(in *frame) any { return f(each(parts, in)...) }
	} else if is && !strings.HasPrefix(name, "$") {
		word, in = "$"+name, nil // a definition, whatever the parameters are called
	}
	target := s.compile(word, in)
	return func(in *frame) any { return target(in).(Func)(each(parts, in)...) }
}

// let keeps its values in the frame of the function around it.
func (s *Specification) let(bindings []any, body any, in *scope) node {
	places, values := make([]int, len(bindings)), make([]node, len(bindings))
	for i, each := range bindings {
		name := each.([]any)[0].(string)
		values[i] = s.compile(each.([]any)[1], in)
		in = in.with(name)
		places[i] = in.places[name]
	}
	result := s.compile(body, in)
	return func(in *frame) any {
		for i, value := range values {
			in.slots[places[i]] = value(in)
		}
		return result(in)
	}
}

func (s *Specification) function(parameters []any, body any, outer *scope) node {
	in, rest := inside(outer), -1
	for i, each := range parameters {
		name := each.(string)
		if strings.HasPrefix(name, "...") {
			rest, name = i, name[3:]
		}
		in = in.with(name)
	}
	result := s.compile(body, in)
	return func(outer *frame) any {
		return Func(func(arguments ...any) any {
			slots := make([]any, *in.size)
			for i := range parameters {
				if i == rest {
					slots[i] = append([]any{}, arguments[i:]...)
				} else if i < len(arguments) {
					slots[i] = arguments[i]
				} else {
					slots[i] = Undefined
				}
			}
			return result(&frame{slots, outer})
		})
	}
}
