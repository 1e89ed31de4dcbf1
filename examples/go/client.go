package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

// client asks the oracle about every answer of the fake, and ends with 1 when the oracle objects.
func client(command []string) {
	oracle := exec.Command(command[0], command[1:]...)
	to, _ := oracle.StdinPipe()
	from, _ := oracle.StdoutPipe()
	if err := oracle.Start(); err != nil {
		panic(err)
	}
	out, lines := json.NewEncoder(to), bufio.NewReader(from)
	ask := func(message object) (reply struct {
		Request   request
		Verdict   string
		Violation struct{ Explanation string }
	}) {
		out.Encode(message)
		line, _ := lines.ReadBytes('\n')
		if err := json.Unmarshal(line, &reply); err != nil {
			panic(err)
		}
		return reply
	}
	fake := &Fake{}
	ask(object{"kind": "start", "seed": 1})
	for range [1000]int{} {
		next := ask(object{"kind": "next"}).Request
		sent := object{}
		for name, value := range next.Input { // the fake keeps what it is given
			sent[name] = value
		}
		outcome := fake.answer(next.Op, sent)
		if outcome["skipped"] != nil {
			continue
		}
		reply := ask(object{"kind": "observe", "request": next, "outcome": outcome})
		if reply.Verdict == "violates" {
			fmt.Println(reply.Violation.Explanation)
			os.Exit(1)
		}
	}
	ask(object{"kind": "stop"})
}
