package compare

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"simpleipc/internal/ipc/jsontree"
)

// contractWith is a document with one method of the child and one of the host, each with these params and results.
func contractWith(t *testing.T, childParams, childResult, hostParams string) *jsontree.Node {
	t.Helper()
	method := func(name, params, result string) string {
		return `{"name":"` + name + `","paramStructure":"by-name","params":[],"x-params":` + params +
			`,"result":{"name":"result","schema":` + result + `}}`
	}
	document, err := jsontree.Parse([]byte(`{"openrpc":"1.3.2","methods":[` + method("ask", childParams, childResult) +
		`],"components":{"schemas":{"Tree":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Tree"}}}}},"x-host":[` +
		method("confirm", hostParams, `{"type":"boolean"}`) + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestOnlyDifferencesThatBreakAreNamed(t *testing.T) {
	const anything, text = `{}`, `{"type":"string"}`
	object := func(members, required string) string {
		return `{"type":"object","properties":{` + members + `},"required":[` + required + `]}`
	}
	for _, test := range []struct {
		name        string
		host, child [3]string
		want        []string
	}{
		{"the same", [3]string{text, text, text}, [3]string{text, text, text}, nil},
		{"only words", [3]string{`{"type":"string","title":"x"}`, text, text}, [3]string{text, text, text}, nil},
		{"a result may be narrower", [3]string{text, `{"type":"number"}`, text}, [3]string{text, `{"type":"integer","minimum":0}`, text}, nil},
		{
			"but not wider",
			[3]string{text, `{"type":"integer","minimum":0}`, text}, [3]string{text, `{"type":"integer"}`, text},
			[]string{"child ask/result: may be less than is accepted (0)"},
		},
		{
			"params the other way round",
			[3]string{`{"type":"number"}`, text, text}, [3]string{`{"type":"integer"}`, text, text},
			[]string{"child ask/params: is number, where integer is wanted"},
		},
		{
			"the host's too",
			[3]string{text, text, `{"type":"integer"}`}, [3]string{text, text, `{"type":"number"}`},
			[]string{"host confirm/params: is number, where integer is wanted"},
		},
		{
			"members",
			[3]string{object(`"a":{"type":"string"},"b":{"type":"string"}`, `"a"`), text, text},
			[3]string{object(`"a":{"type":"integer"},"c":{}`, `"a","b","c"`), text, text},
			[]string{
				"child ask/params/b: may be absent, but is required",
				"child ask/params/c: is missing, but required",
				"child ask/params/a: is string, where integer is wanted",
			},
		},
		{"a new optional member", [3]string{object(`"a":{}`, ``), text, text}, [3]string{object(`"a":{},"b":{}`, ``), text, text}, nil},
		{
			"enums",
			[3]string{`{"enum":["a","b"]}`, `{"enum":["x"]}`, text}, [3]string{`{"enum":["b","c"]}`, `{"enum":["x","y"]}`, text},
			[]string{
				`child ask/params: may be "a", which is refused: "b" | "c" is wanted`,
				`child ask/result: may be "y", which is refused: "x" is wanted`,
			},
		},
		{"a branch more to receive", [3]string{text, `{"anyOf":[{"type":"string"},{"type":"null"}]}`, text}, [3]string{text, text, text}, nil},
		{
			"a branch more to send",
			[3]string{text, text, text}, [3]string{text, `{"anyOf":[{"type":"string"},{"type":"null"}]}`, text},
			[]string{"child ask/result: is null, where string is wanted"},
		},
		{
			"inside tagged unions",
			[3]string{`{"anyOf":[` + object(`"k":{"const":"a"},"v":{"type":"number"}`, `"k"`) + `,` + object(`"k":{"const":"b"}`, `"k"`) + `]}`, text, text},
			[3]string{`{"anyOf":[` + object(`"k":{"const":"a"},"v":{"type":"string"}`, `"k"`) + `,` + object(`"k":{"const":"b"}`, `"k"`) + `]}`, text, text},
			[]string{"child ask/params/v: is number, where string is wanted"},
		},
		{
			"lists and tuples",
			[3]string{`{"type":"array","items":{"type":"number"}}`, text, text}, [3]string{`{"type":"array","items":[{"type":"number"}]}`, text, text},
			[]string{"child ask/params: is not a tuple of 1"},
		},
		{
			"types that hold themselves",
			[3]string{`{"$ref":"#/components/schemas/Tree"}`, anything, text}, [3]string{`{"$ref":"#/components/schemas/Tree"}`, anything, text},
			nil,
		},
		{
			"limits and rules",
			[3]string{`{"type":"string","maxLength":10}`, text, text}, [3]string{`{"type":"string","maxLength":5,"pattern":"^a","format":"date"}`, text, text},
			[]string{
				"child ask/params: may have more than 5 characters",
				"child ask/params: need not match the pattern ^a",
				"child ask/params: need not be a valid date",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			host := contractWith(t, test.host[0], test.host[1], test.host[2])
			child := contractWith(t, test.child[0], test.child[1], test.child[2])
			got := BreakingDifferences(host, child)
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

func TestAMemberThatTheChildLacksIsNamed(t *testing.T) {
	host := contractWith(t, "{}", "{}", "{}")
	child, err := jsontree.Parse([]byte(`{"methods":[],"x-host":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := BreakingDifferences(host, child); !slices.Equal(got, []string{"child ask: the child does not have it"}) {
		t.Error(got)
	}
	if got := BreakingDifferences(host, jsontree.EmptyObject); len(got) != 1 {
		t.Error(got)
	}
}

func TestADescriptionIsComparedInBoundedTimeOrRefused(t *testing.T) {
	document := func(types string) *jsontree.Node {
		last := `{"$ref":"#/components/schemas/Last"}`
		document, err := jsontree.Parse([]byte(`{"openrpc":"1.3.2","methods":[{"name":"ask","params":[],"x-params":` + last +
			`,"result":{"name":"result","schema":` + last + `}}],"components":{"schemas":{` + types + `}},"x-host":[]}`))
		if err != nil {
			t.Fatal(err)
		}
		return document
	}
	// Twenty-five types, each made of two of the one before it.
	nested := func(first, of string) string {
		types := `"T0":` + first
		for i := 1; i < 25; i++ {
			before := `{"$ref":"#/components/schemas/T` + strconv.Itoa(i-1) + `"}`
			types += `,"T` + strconv.Itoa(i) + `":` + strings.ReplaceAll(of, "$", before)
		}
		return types + `,"Last":{"$ref":"#/components/schemas/T24"}`
	}
	text := document(`"Last":{"type":"string"}`)
	const members = `{"type":"object","properties":{"a":$,"b":$}}`
	for _, test := range []struct {
		name, types, want string
	}{
		{"a type that is itself", `"Last":{"$ref":"#/components/schemas/Last"}`, "refers to itself"},
		{"types in a circle", `"Last":{"$ref":"#/components/schemas/A"},"A":{"anyOf":[{"$ref":"#/components/schemas/Last"}]}`, "refers to itself"},
		{"unions in unions", nested(`{"type":"boolean"}`, `{"anyOf":[$,$]}`), "too many alternatives"},
		{"parts in parts", nested(`{}`, `{"allOf":[$,$]}`), "too many alternatives"},
		{"unions written out", `"Last":` + written(10), ""},
		{"members of members", nested(`{"type":"boolean"}`, members), "is object, where string is wanted"},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := BreakingDifferences(text, document(test.types))
			if !strings.Contains(strings.Join(found, "\n"), test.want) || len(found) == 0 {
				t.Errorf("%q, want %q", found, test.want)
			}
			BreakingDifferences(document(test.types), document(test.types))
		})
	}
	same := document(nested(`{"type":"boolean"}`, members))
	if found := BreakingDifferences(same, document(nested(`{"type":"boolean"}`, members))); len(found) > 0 {
		t.Errorf("objects in objects fit themselves, but %q", found)
	}
	found := BreakingDifferences(same, document(nested(`{"type":"string"}`, members)))
	if len(found) != 1 || !strings.Contains(found[0], "too entangled") {
		t.Errorf("a difference in more places than can be named is %d differences", len(found))
	}
}

// written is a union of unions, so deep.
func written(depth int) string {
	if depth == 0 {
		return `{"type":"boolean"}`
	}
	return `{"anyOf":[` + written(depth-1) + `,` + written(depth-1) + `]}`
}
