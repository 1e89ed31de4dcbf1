package oracle

import (
	"encoding/json"
	"fmt"
	"reflect"
	"unicode/utf16"
)

type undefined struct{}

func (undefined) String() string { return "undefined" }

// Undefined stands for what is not there. Other values are nil, bool, float64, string, []any, *Object and Func.
var Undefined any = undefined{}

// Func is a function of the table, or one that is given to it.
type Func func(arguments ...any) any

// Object keeps the order of its members, and is never changed in place. Objects with the same names in the same order
// share their shape, so that a member is found without a look at the others.
type Object struct {
	Shape  *Shape
	Values []any
}

// Shape is the names of an object: those of a smaller one, and one more.
type Shape struct {
	Names  []string
	places map[string]int
	larger map[string]*Shape
}

// Empty is the object without members.
var Empty = &Object{newShape(), nil}

func newShape() *Shape { return &Shape{places: map[string]int{}, larger: map[string]*Shape{}} }

// With is the shape with one more name, at the end.
func (s *Shape) With(name string) *Shape {
	if s.larger[name] == nil {
		places := map[string]int{name: len(s.Names)}
		for known, place := range s.places {
			places[known] = place
		}
		s.larger[name] = &Shape{append(s.Names[:len(s.Names):len(s.Names)], name), places, map[string]*Shape{}}
	}
	return s.larger[name]
}

// With is the object with this member, in its old place or at the end.
func (o *Object) With(name string, value any) *Object {
	values := append(make([]any, 0, len(o.Values)+1), o.Values...)
	if place, has := o.Shape.places[name]; has {
		values[place] = value
		return &Object{o.Shape, values}
	}
	return &Object{o.Shape.With(name), append(values, value)}
}

// Get is a member of an object, or an element of a list; Undefined if there is none.
func Get(of, key any) any {
	switch of := of.(type) {
	case *Object:
		name, _ := key.(string)
		return member(of, name)
	case []any:
		if index, is := key.(float64); is && int(index) < len(of) {
			return of[int(index)]
		}
	}
	return Undefined
}

func member(of any, name string) any {
	if place, has := object(of).Shape.places[name]; has {
		return of.(*Object).Values[place]
	}
	return Undefined
}

func object(value any) *Object {
	if object, is := value.(*Object); is {
		return object
	}
	return Empty
}

func listOf(texts []string) []any {
	list := make([]any, len(texts))
	for i, each := range texts {
		list[i] = each
	}
	return list
}

func isTrue(value any) bool {
	return value != nil && value != Undefined && value != false && value != 0.0 && value != ""
}

func same(a, b any) bool {
	switch a.(type) {
	case nil, undefined, bool, float64, string:
		return a == b
	}
	return false
}

var kinds = map[reflect.Type]string{
	nil: "null", reflect.TypeOf(Undefined): "undefined", reflect.TypeOf(true): "boolean", reflect.TypeOf(0.0): "number",
	reflect.TypeOf(""): "string", reflect.TypeOf([]any{}): "list", reflect.TypeOf(Empty): "object",
	reflect.TypeOf(Func(nil)): "function",
}

func text(value any) string {
	if text, is := value.(string); is {
		return text
	} else if value == nil {
		return "null"
	}
	return fmt.Sprint(value)
}

func units(text string) []uint16 { return utf16.Encode([]rune(text)) }

// mark is eight bits of a secret, as table/README.md tells.
func mark(value any) any {
	if _, is := value.(string); !is || value == "***" {
		return nil
	}
	sum := uint32(0x811c9dc5)
	for _, unit := range units(value.(string)) {
		sum = (sum ^ uint32(unit)) * 0x01000193
	}
	return float64((sum ^ sum>>8 ^ sum>>16 ^ sum>>24) & 0xff)
}

// Parse reads the next JSON value.
func Parse(decoder *json.Decoder) any {
	token, err := decoder.Token()
	if err != nil {
		panic(err)
	}
	switch token {
	case json.Delim('['):
		list := []any{}
		for decoder.More() {
			list = append(list, Parse(decoder))
		}
		decoder.Token()
		return list
	case json.Delim('{'):
		// A shape of its own: there is no end to the names that JSON may hold.
		object := &Object{newShape(), nil}
		for decoder.More() {
			name := Parse(decoder).(string)
			object.Shape.places[name] = len(object.Shape.Names)
			object.Shape.Names = append(object.Shape.Names, name)
			object.Values = append(object.Values, Parse(decoder))
		}
		decoder.Token()
		return object
	}
	return token
}
