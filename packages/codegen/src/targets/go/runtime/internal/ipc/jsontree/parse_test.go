package jsontree

import (
	"encoding/json"
	"errors"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseReadsWhatEncodingJSONReads(t *testing.T) {
	for _, text := range texts() {
		var wanted any
		wantedErr := json.Unmarshal([]byte(text), &wanted)
		found, err := Parse([]byte(text))
		switch {
		case err == nil && wantedErr == nil:
			if !reflect.DeepEqual(found.Any(), wanted) {
				t.Errorf("%q is %v, not %v", text, found.Any(), wanted)
			}
		case errors.Is(err, errOverflow) && wantedErr != nil:
		case (err == nil) != (wantedErr == nil):
			t.Errorf("%q: %v, but encoding/json says %v", text, err, wantedErr)
		}
	}
}

func TestConstantsAreComparedAsDoubles(t *testing.T) {
	for text, fits := range map[string]bool{
		"9007199254740992": true, "9007199254740993": true, "9007199254740994": false, "9007199254740991": false,
	} {
		node, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := node.Constant(Number, 9007199254740992.0); (err == nil) != fits {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// texts are JSON texts, and such as nearly are.
func texts() []string {
	whole := []string{
		`{"a":[1,-2.5,1e3,true,false,null],"b":{"c":"d\n\"\\\/é\u00e9\ud83d\ude00"}}`,
		` [ 1 , "x" , { } , [ ] ] `, `"\ud800 \udc00 \ud800\ud83d\ude00"`, `-0`, `0.10`, `123456789012345678901234567890`,
		`{"a":1,"a":2}`, `[1e400]`, `0123`, `1.`, `.5`, `+1`, `{"a"}`, `[1,]`, `{,}`, ``, `nul`, "\"\n\"",
	}
	random := rand.New(rand.NewSource(1))
	all := whole
	for range 20_000 {
		text := []byte(whole[random.Intn(len(whole))])
		for range 1 + random.Intn(3) {
			if len(text) > 0 {
				at := random.Intn(len(text))
				switch random.Intn(3) {
				case 0:
					text = append(text[:at], text[at+1:]...)
				case 1:
					text[at] = "{}[]\":,\\u019eE+-. tfn"[random.Intn(21)]
				default:
					text = append(text[:at], append([]byte(text[at:]), text[at])...)
				}
			}
		}
		// encoding/json makes something else of invalid UTF-8.
		if utf8.Valid(text) {
			all = append(all, string(text))
		}
	}
	return all
}

func TestParseReplacesEachMaximalInvalidPart(t *testing.T) {
	for text, wanted := range map[string]string{
		"\"\xff\xfe\"":               "\ufffd\ufffd",
		"\"\xe2\x82a\"":              "\ufffda",
		"\"\xf0\x9f\x98a\"":          "\ufffda",
		"\"\xf0\x9f\x98\xf0\x9f\"":   "\ufffd\ufffd",
		"\"\xed\xa0\x80\"":           "\ufffd\ufffd\ufffd",
		"\"\xc0\xaf\xe0\x80\xbf\"":   "\ufffd\ufffd\ufffd\ufffd\ufffd",
		`"\ud800x\udc00"`:            "\ufffdx\ufffd",
		`"\uD83D\uDE00\ud83d\ud83d"`: "😀\ufffd\ufffd",
	} {
		found, err := Parse([]byte(text))
		if err != nil || found.CloneText() != wanted {
			t.Errorf("%q is %q (%v), not %q", text, found.CloneText(), err, wanted)
		}
	}
}

func TestParseTellsTooDeepFromNoJSON(t *testing.T) {
	nested := func(count int, inner string) []byte {
		return []byte(strings.Repeat("[", count) + inner + strings.Repeat("]", count))
	}
	if _, err := Parse(nested(100, "1")); err != nil {
		t.Error(err)
	}
	for _, inner := range []string{"", "1", `{"a":[1,{"b":{}}],"c":[]}`, "[],{}"} {
		if _, err := Parse(nested(101, inner)); !errors.Is(err, ErrTooDeep) {
			t.Errorf("%s: %v", inner, err)
		}
		if _, err := Parse(nested(3_000_000, inner)); !errors.Is(err, ErrTooDeep) {
			t.Errorf("%s: %v", inner, err)
		}
	}
	for _, text := range [][]byte{
		[]byte(strings.Repeat("[", 3_000_000)), nested(101, `{"a"}`), nested(101, "1,"), nested(101, `{"a":1]`),
	} {
		if _, err := Parse(text); err == nil || errors.Is(err, ErrTooDeep) {
			t.Error(err)
		}
	}
}

func TestTheLastOfDuplicateMembersWins(t *testing.T) {
	var text strings.Builder
	text.WriteString(`{"a":0`)
	for range 30 {
		text.WriteString(`,"b":1,"c":2,"a":3,"b":4`)
	}
	text.WriteString(`,"d":5}`)
	for _, text := range []string{text.String(), `{"a":0,"b":1,"c":2,"a":3,"b":4,"d":5}`} {
		found, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if len(found.MemberNames()) != 4 {
			t.Errorf("%d members", len(found.MemberNames()))
		}
		for name, wanted := range map[string]float64{"a": 3, "b": 4, "c": 2, "d": 5} {
			if found.Find(name).Float64() != wanted {
				t.Errorf("%s is %v", name, found.Find(name).Float64())
			}
		}
		if found.Find("e") != nil {
			t.Error("there is an e")
		}
	}
}
