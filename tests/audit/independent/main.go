// Command check answers ok or no, a line each, for the cases on standard input: what Go's own log and note packages say.
//
//	inclusion INDEX SIZE LEAF ROOT HASH,HASH,...
//	consistency SMALLER SIZE FORMER ROOT HASH,HASH,...
//	note VKEY NOTE
//	entry ENTRY LEAF
//
// Hashes, notes and entries are in Base64; no hash is a dash.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func decoded(text string) []byte {
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return content
}

func hash(text string) (found tlog.Hash) {
	copy(found[:], decoded(text))
	return
}

func hashes(text string) (found []tlog.Hash) {
	if text == "-" {
		return
	}
	for _, each := range strings.Split(text, ",") {
		found = append(found, hash(each))
	}
	return
}

func number(text string) int64 {
	found, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return found
}

func holds(words []string) bool {
	switch words[0] {
	case "inclusion":
		proof := tlog.RecordProof(hashes(words[5]))
		return tlog.CheckRecord(proof, number(words[2]), hash(words[4]), number(words[1]), hash(words[3])) == nil
	case "consistency":
		proof := tlog.TreeProof(hashes(words[5]))
		return tlog.CheckTree(proof, number(words[2]), hash(words[4]), number(words[1]), hash(words[3])) == nil
	case "note":
		verifier, err := note.NewVerifier(words[1])
		if err != nil {
			return false
		}
		_, err = note.Open(decoded(words[2]), note.VerifierList(verifier))
		return err == nil
	case "entry":
		return tlog.RecordHash(decoded(words[1])) == hash(words[2])
	}
	panic(words[0])
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	answers := bufio.NewWriter(os.Stdout)
	defer answers.Flush()
	for lines.Scan() {
		answer := "no"
		if holds(strings.Fields(lines.Text())) {
			answer = "ok"
		}
		fmt.Fprintln(answers, answer)
	}
}
