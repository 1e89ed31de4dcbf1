package oracle

import "reflect"

// Definitions of the table that may as well be left to it. Said in Go, all takes a fraction of the time.
func init() {
	words["remembered"] = func(a ...any) any { return remembered(a[0].(Func)) }
	words["!=="] = func(a ...any) any { return !same(a[0], a[1]) }
	words["isGiven"] = func(a ...any) any { return a[0] != nil && a[0] != Undefined }
	words["isList"] = func(a ...any) any { return kinds[reflect.TypeOf(a[0])] == "list" }
	words["typeof"] = func(a ...any) any { return typeof(kinds[reflect.TypeOf(a[0])]) }
	words["has"] = func(a ...any) any { return has(object(a[0]), text(a[1])) }
	words["values"] = func(a ...any) any { return append([]any{}, object(a[0]).Values...) }
	words["merge"] = merge
	words["entries"] = func(a ...any) any { return entries(object(a[0])) }
	words["fromEntries"] = func(a ...any) any { return fromEntries(a[0].([]any)) }
	words["omit"] = func(a ...any) any { return omit(object(a[0]), a[1:]) }
	words["concat"] = concat
	words["map"] = func(a ...any) any { return mapped(a[0].([]any), a[1].(Func)) }
	words["filter"] = func(a ...any) any { return filter(a[0].([]any), a[1].(Func)) }
	words["find"] = func(a ...any) any { return find(a[0].([]any), a[1].(Func)) }
	words["some"] = func(a ...any) any { return some(a[0].([]any), a[1].(Func)) }
	words["every"] = func(a ...any) any { return every(a[0].([]any), a[1].(Func)) }
	words["includes"] = func(a ...any) any { return includes(a[0].([]any), a[1]) }
	words["distinct"] = func(a ...any) any { return distinct(a[0].([]any)) }
}

func remembered(f Func) any {
	var last *Object
	var result any
	return Func(func(about ...any) any {
		if object, is := about[0].(*Object); !is || object != last {
			result = f(about...)
			last = object
		}
		return result
	})
}

func typeof(kind string) any {
	if kind == "list" || kind == "null" {
		return "object"
	}
	return kind
}

func merge(values ...any) any {
	merged := object(values[0])
	for _, each := range values[1:] {
		for i, name := range object(each).Shape.Names {
			merged = merged.With(name, object(each).Values[i])
		}
	}
	return merged
}

func entries(of *Object) any {
	list := []any{}
	for i, name := range of.Shape.Names {
		list = append(list, []any{name, of.Values[i]})
	}
	return list
}

func fromEntries(pairs []any) any {
	object := Empty
	for _, pair := range pairs {
		object = object.With(text(pair.([]any)[0]), pair.([]any)[1])
	}
	return object
}

func omit(of *Object, names []any) any {
	kept := Empty
	for i, name := range of.Shape.Names {
		if !includes(names, name) {
			kept = kept.With(name, of.Values[i])
		}
	}
	return kept
}

func concat(lists ...any) any {
	all := []any{}
	for _, list := range lists {
		all = append(all, list.([]any)...)
	}
	return all
}

func mapped(list []any, f Func) any {
	results := make([]any, len(list))
	for i, each := range list {
		results[i] = f(each)
	}
	return results
}

func filter(list []any, f Func) any {
	kept := []any{}
	for _, each := range list {
		if isTrue(f(each)) {
			kept = append(kept, each)
		}
	}
	return kept
}

func find(list []any, f Func) any {
	for _, each := range list {
		if isTrue(f(each)) {
			return each
		}
	}
	return Undefined
}

func some(list []any, f Func) any {
	for _, each := range list {
		if isTrue(f(each)) {
			return true
		}
	}
	return false
}

func every(list []any, f Func) any {
	for _, each := range list {
		if !isTrue(f(each)) {
			return false
		}
	}
	return true
}

func includes(list []any, value any) bool {
	for _, each := range list {
		if same(each, value) {
			return true
		}
	}
	return false
}

func distinct(list []any) any {
	kept := []any{}
	for _, each := range list {
		if !includes(kept, each) {
			kept = append(kept, each)
		}
	}
	return kept
}

func has(of *Object, name string) bool {
	_, has := of.Shape.places[name]
	return has
}
