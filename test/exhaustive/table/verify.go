// Compares examples/table/oracle.go with what the specification said: verify TABLE < CASES
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	"verify/oracle"
)

// write is the value as JSON: members in the order of their names, nothing undefined.
func write(value any, to *bytes.Buffer) {
	switch value := value.(type) {
	case *oracle.Object:
		names := append([]string{}, value.Shape.Names...)
		sort.Strings(names)
		separator := byte('{')
		for _, name := range names {
			if member := oracle.Get(value, name); member != oracle.Undefined {
				to.WriteByte(separator)
				write(name, to)
				to.WriteByte(':')
				write(member, to)
				separator = ','
			}
		}
		if separator == '{' {
			to.WriteByte('{')
		}
		to.WriteByte('}')
	case []any:
		to.WriteByte('[')
		for i, each := range value {
			if i > 0 {
				to.WriteByte(',')
			}
			write(each, to)
		}
		to.WriteByte(']')
	case string:
		to.WriteString(quoted(value))
	case bool:
		to.WriteString(strconv.FormatBool(value))
	case float64:
		to.WriteString(strconv.FormatFloat(value, 'f', -1, 64))
	default:
		to.WriteString("null")
	}
}

var quotations = map[string]string{}

func quoted(text string) string {
	if quotations[text] == "" {
		var to bytes.Buffer
		encoder := json.NewEncoder(&to)
		encoder.SetEscapeHTML(false)
		encoder.Encode(text)
		quotations[text] = strings.TrimSpace(to.String())
	}
	return quotations[text]
}

func digest(value any) string {
	var text bytes.Buffer
	write(value, &text)
	sum := sha256.Sum256(text.Bytes())
	return hex.EncodeToString(sum[:4])
}

var (
	spec                *oracle.Specification
	compared, different int
)

func call(name string, arguments ...any) any { return spec.Value(name).(oracle.Func)(arguments...) }

func get(of any, names ...any) any {
	for _, name := range names {
		of = oracle.Get(of, name)
	}
	return of
}

func knownIn(place any) any {
	world := oracle.Func(func(a ...any) any {
		if said := get(place, "world", a[0].(string)+" "+a[1].(string)); said != oracle.Undefined {
			return said
		}
		return get(place, "world", a[0])
	})
	return call("known", get(place, "reading"), world)
}

func shown(account, known any) string {
	stores := []any{}
	for _, store := range get(account, "stores").([]any) {
		keys := []any{}
		for _, key := range get(store, "keys").([]any) {
			keys = append(keys, call("describedKey", key, store, known))
		}
		stores = append(stores, []any{call("describedStore", store, known), keys})
	}
	return digest(stores)
}

func compare(what string, expected any, found string, where any) {
	compared++
	if expected != found {
		different++
		if different <= 5 {
			var text bytes.Buffer
			write(where, &text)
			fmt.Printf("different: %s %.500s\n", what, text.String())
		}
	}
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	spec = oracle.New(oracle.Parse(json.NewDecoder(file)))
	decoder := json.NewDecoder(os.Stdin)
	var requests []any
	var last string
	var known any
	for decoder.More() {
		next := oracle.Parse(decoder)
		if steps, is := get(next, "steps").([]any); is {
			account := spec.Value("emptyAccount")
			known = knownIn(next)
			for _, step := range steps {
				var outcomes []any
				if request := get(step, "request"); request != oracle.Undefined {
					outcomes = get(call("outcomesOf", account, request, known, get(step, "fresh")), "outcomes").([]any)
				} else {
					outcomes = call("hiddenOutcomesOf", account, known).([]any)
				}
				compare("step", get(step, "hash"), digest(outcomes), []any{account, step})
				if after := get(outcomes, get(step, "pick"), "next"); after != oracle.Undefined {
					account = after
				}
			}
			compare("shown", get(next, "shown"), shown(account, known), account)
			continue
		}
		account := get(next, "account")
		if account == oracle.Undefined {
			requests = get(next, "requests").([]any)
			continue
		}
		if place := digest([]any{get(next, "reading"), get(next, "world")}); place != last {
			known, last = knownIn(next), place
		}
		hashes := get(next, "hashes").([]any)
		for i, number := range get(next, "requests").([]any) {
			request := get(requests, number)
			outcomes := get(call("outcomesOf", account, request, known, "fresh"), "outcomes")
			compare("outcomes", hashes[i], digest(outcomes), []any{account, request})
		}
		compare("hidden", hashes[len(hashes)-2], digest(call("hiddenOutcomesOf", account, known)), account)
		compare("shown", hashes[len(hashes)-1], shown(account, known), account)
	}
	fmt.Printf("{\"compared\": %d, \"different\": %d}\n", compared, different)
	if different > 0 {
		os.Exit(1)
	}
}
