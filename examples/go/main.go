// A harness (`kms-cks consume -- ./example`), and a test that asks the oracle (`./example kms-cks oracle`).
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Op    string `json:"op"`
	Input object `json:"input"`
}

func main() {
	if len(os.Args) > 1 {
		client(os.Args[1:])
	} else {
		harness()
	}
}

func harness() {
	lines := bufio.NewReader(os.Stdin) // a Scanner would stop at lines of 64 kB
	out := json.NewEncoder(os.Stdout)  // writes every line at once
	fake := &Fake{}
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var message struct {
			Seq     int
			Kind    string
			Request request
		}
		reply := object{"ok": object{}}
		if err := json.Unmarshal(line, &message); err != nil {
			reply = object{"errored": err.Error()}
		} else if message.Kind == "reset" {
			fake = &Fake{}
		} else if message.Kind == "request" {
			reply = answered(fake, message.Request)
		}
		reply["seq"] = message.Seq
		out.Encode(reply)
		if message.Kind == "stop" {
			return
		}
	}
}

func answered(fake *Fake, sent request) (reply object) {
	defer func() {
		if fault := recover(); fault != nil { // a fault of this program, not an answer of the fake
			reply = object{"errored": fmt.Sprint(fault)}
		}
	}()
	return fake.answer(sent.Op, sent.Input)
}
