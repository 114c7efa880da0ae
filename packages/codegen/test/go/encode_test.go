package checks

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"example.com/fuzz/constraints"
	"example.com/fuzz/ipc"
	"example.com/fuzz/nestedunion"
	"example.com/fuzz/openunions"
	"example.com/fuzz/openvalues"
	"example.com/fuzz/optionalnull"
	"example.com/fuzz/recursive"
	"example.com/fuzz/wideintegers"
)

func pointer[T any](value T) *T { return &value }

// wanted is what an encoder gives: text, or the place and the words of a fault, as every language has them.
func wanted[T any](t *testing.T, encode func(T) ([]byte, error), value T, text string) {
	t.Helper()
	data, err := encode(value)
	found := string(data)
	if fault := (*ipc.InvalidValueError)(nil); errors.As(err, &fault) {
		found = (&ipc.InvalidValueError{Path: fault.Path, Message: fault.Message}).Error()
	} else if err != nil {
		found = err.Error()
	}
	if found != text {
		t.Errorf("%v is %s, not %s", value, found, text)
	}
}

func TestWhatAProgramGivesIsCheckedBeforeItIsSent(t *testing.T) {
	text := constraints.Text{Short: "ab", Word: "word", Anywhere: "abc", Letters: "ab", Both: "x"}
	wanted(t, constraints.EncodeText, text, "/both must have at least 2 characters")
	text.Both = "ab"
	wanted(t, constraints.EncodeText, text, "/both must be a valid email")
	text.Word = "Word"
	wanted(t, constraints.EncodeText, text, "/word must match the pattern ^[a-z]+$")
	text.Short = "äöüß"
	wanted(t, constraints.EncodeText, text, "/short must have at most 3 characters")

	wanted(t, constraints.EncodeLists, constraints.Lists{}, "/few must have at least 1 element")
	lists := constraints.Lists{Few: []int64{1}, Different: []any{1, 1.0}, Matrix: [][]float64{{1, -1}}}
	wanted(t, constraints.EncodeLists, lists, "/different must not have two equal elements")
	lists.Different = []any{map[string]any{"a": 1, "b": 2}, map[string]any{"b": 2.5, "a": 1}, nil, true}
	wanted(t, constraints.EncodeLists, lists, "/matrix/0/1 must be at least 0")
	lists.Matrix = nil
	wanted(t, constraints.EncodeLists, lists, "/pair/1 must be at least 1")
	lists.Pair.Item1 = 1
	wanted(t, constraints.EncodeLists, lists,
		`{"few":[1],"different":[{"a":1,"b":2},{"a":1,"b":2.5},null,true],"matrix":[],"pair":["",1],"none":[]}`)

	wanted(t, constraints.EncodeMaps, constraints.Maps{Named: map[string]bool{"A/~": true}},
		"/named/A~1~0 has a name that does not match the pattern ^[a-z]+$")
	wanted(t, constraints.EncodeMaps, constraints.Maps{Counts: map[string]int64{"b": -1, "a": -2}},
		"/counts/a must be at least 0")
	wanted(t, constraints.EncodeMaps, constraints.Maps{}, "/some must have at least 1 member")
	wanted(t, constraints.EncodeCounted, constraints.Counted{}, "the value must have at least 1 member")
	wanted(t, constraints.EncodeCounted, constraints.Counted{A: pointer(int64(1)), C: pointer(int64(0))}, `{"a":1,"c":0}`)

	safe := wideintegers.Safe{Any: 1 << 53, Small: 1, Above: 1}
	wanted(t, wideintegers.EncodeSafe, safe, "/any must be an integer from -9007199254740991 to 9007199254740991")
	safe.Any, safe.Step = 0, 7
	wanted(t, wideintegers.EncodeSafe, safe, "/step must be a multiple of 5")
	safe.Step, safe.Real = 0, math.NaN()
	wanted(t, wideintegers.EncodeSafe, safe, "/real must be a finite number")
	safe.Real = math.Inf(-1)
	wanted(t, wideintegers.EncodeSafe, safe, "/real must be a finite number")
	safe.Real = math.Copysign(0, -1)
	wanted(t, wideintegers.EncodeSafe, safe, "/fraction must be at least 0.000001")
	safe.Fraction = 0.000001
	wanted(t, wideintegers.EncodeSafe, safe,
		`{"any":0,"edge":0,"small":1,"step":0,"above":1,"real":0,"fraction":0.000001}`)
	safe.Real = 1e21
	wanted(t, wideintegers.EncodeSafe, safe, "/real must be less than 1e+21")
	wanted(t, wideintegers.EncodeWide, wideintegers.Wide{Signed: math.MinInt64, Unsigned: math.MaxUint64, Bytes: []byte("a")},
		`{"signed":"-9223372036854775808","unsigned":"18446744073709551615","list":[],"bytes":"YQ=="}`)
}

func TestListsAndUnionsTakeOnlyWhatTheContractLists(t *testing.T) {
	wanted(t, openvalues.EncodeColor, "violet", `"violet"`)
	if openvalues.Color("violet").Known() || !openvalues.ColorRed.Known() {
		t.Error("violet is known, or red is not")
	}
	wanted[nestedunion.Level](t, nestedunion.EncodeLevel, nestedunion.LevelNumber(3), "the value must be one of 1, 2, 2.5")
	wanted[nestedunion.Level](t, nestedunion.EncodeLevel, nestedunion.Level2Point5, "2.5")
	wanted(t, nestedunion.EncodeLevel, nil, "the value must be a number, a string or a boolean")
	wanted(t, nestedunion.EncodeCell, nil, "null")
	wanted[nestedunion.Shape](t, nestedunion.EncodeShape, nil, "the value must be an object")
	// A pointer does as well as a value.
	wanted[nestedunion.Shape](t, nestedunion.EncodeShape, &nestedunion.Circle{Radius: 1}, `{"shape":"circle","radius":1}`)
	group := nestedunion.Group{Parts: []nestedunion.Shape{nestedunion.Circle{}, nestedunion.Square{}}}
	wanted[nestedunion.Shape](t, nestedunion.EncodeShape, group, "/parts/1/side must be greater than 0")
}

func TestAnUnknownObjectIsWrittenBackAsItCame(t *testing.T) {
	raw := `{"x":[1,{"y":null}],"kind":"other"}`
	event, err := openunions.DecodeEvent([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	unknown, ok := event.(openunions.EventUnknown)
	if !ok || unknown.Kind != "other" {
		t.Fatalf("%#v", event)
	}
	wanted[openunions.Event](t, openunions.EncodeEvent, unknown, raw)
	for text, words := range map[string]string{
		`{`: "the value must be a JSON value", `[]`: "the value must be an object", `{}`: "/kind is missing",
	} {
		wanted[openunions.Event](t, openunions.EncodeEvent, openunions.EventUnknown{Raw: []byte(text)}, words)
	}
}

func TestAbsentAndNullAreTwoThings(t *testing.T) {
	var value optionalnull.Presence
	value.Both.Present = true
	value.OptionalShade = ipc.Field[optionalnull.Shade]{Present: true, Value: optionalnull.ShadeStringDark}
	value.List = []*int64{nil, pointer(int64(1))}
	data, err := optionalnull.EncodePresence(value)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, part := range []string{`"nullable":null`, `"both":null`, `"optionalShade":"dark"`, `"list":[null,1]`, `"anything":null`} {
		if !strings.Contains(text, part) {
			t.Errorf("%s is not in %s", part, text)
		}
	}
	for _, absent := range []string{`"optional"`, `"bothInner"`, `"map"`, `"constant"`} {
		if strings.Contains(text, absent) {
			t.Errorf("%s is in %s", absent, text)
		}
	}
	again, err := optionalnull.DecodePresence(data)
	if err != nil || !again.Both.Present || again.Both.Value != nil || again.BothInner.Present || again.Map != nil {
		t.Errorf("%+v, %v", again, err)
	}
	value.Constant = pointer(int64(8))
	wanted(t, optionalnull.EncodePresence, value, "/constant must be 7")
}

func TestAValueThatHoldsItselfIsRefused(t *testing.T) {
	var chain recursive.Chain
	chain.Next = &chain
	_, err := recursive.EncodeChain(chain)
	var fault *ipc.InvalidValueError
	if !errors.As(err, &fault) || fault.Message != "is nested deeper than 100 levels" || strings.Count(fault.Path, "/") != 100 {
		t.Error(err)
	}
}

func TestTextsAreValidUnicodeOnTheWire(t *testing.T) {
	wanted(t, optionalnull.EncodeInner, optionalnull.Inner{}, `{"value":0}`)
	wanted(t, recursive.EncodeFolder, recursive.Folder{"\xe2\x82\xff\n\x00\u2028": nil}, `{"`+"\ufffd\ufffd"+`\n\u0000`+"\u2028"+`":{}}`)
	wanted[any](t, recursive.EncodeAnything, []any{int8(-1), uint64(1), float32(0.5), "\"\\"}, `[-1,1,0.5,"\"\\"]`)
	wanted[any](t, recursive.EncodeAnything, []any{1, func() {}}, "/1 must be a JSON value")
	wanted[any](t, recursive.EncodeAnything, map[string]any{"b": func() {}, "a": math.Inf(1)}, "/a must be a finite number")
}

func TestAnythingIsWhatEncodingJSONCanWrite(t *testing.T) {
	type point struct {
		X  int       `json:"x"`
		At time.Time `json:"at"`
	}
	type color string
	value := map[string]any{
		"list": []string{"<a>"}, "map": map[string]int{"b": 1}, "struct": point{1, time.Unix(0, 0).UTC()},
		"pointer": pointer(2), "nothing": (*point)(nil), "text": color("red"), "bytes": []byte("a"), "nil list": []int(nil),
	}
	wanted[any](t, recursive.EncodeAnything, value, `{"bytes":"YQ==","list":["<a>"],"map":{"b":1},"nil list":null,"nothing":null,`+
		`"pointer":2,"struct":{"at":"1970-01-01T00:00:00Z","x":1},"text":"red"}`)
}

func TestAFaultSaysWhatTheValueIs(t *testing.T) {
	for want, value := range map[string]any{
		"/a must be a JSON value, not func()":                                             func() {},
		"/a must be a JSON value, not chan int":                                           make(chan int),
		"/a must be a finite number, not NaN":                                             math.NaN(),
		"/a must be a JSON value, not struct { C chan int } (unsupported type: chan int)": struct{ C chan int }{},
		"/a must be a JSON value, not []float64 (unsupported value: +Inf)":                []float64{math.Inf(1)},
		`/a must be a JSON value, not "{"`:                                                json.RawMessage("{"),
	} {
		if _, err := recursive.EncodeAnything(map[string]any{"a": value}); err == nil || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
	for want, encode := range map[string]func() ([]byte, error){
		`/word must match the pattern ^[a-z]+$, not "Word"`: func() ([]byte, error) {
			return constraints.EncodeText(constraints.Text{Short: "ab", Word: "Word", Anywhere: "abc", Letters: "ab", Both: "ab@c.de"})
		},
		"/few must have at least 1 element, not 0": func() ([]byte, error) { return constraints.EncodeLists(constraints.Lists{}) },
		"/any must be an integer from -9007199254740991 to 9007199254740991, not 9007199254740992": func() ([]byte, error) {
			return wideintegers.EncodeSafe(wideintegers.Safe{Any: 1 << 53, Small: 1, Above: 1})
		},
		"the value must be one of 1, 2, 2.5, not 3": func() ([]byte, error) { return nestedunion.EncodeLevel(nestedunion.LevelNumber(3)) },
		"the value must be an object, not nil":      func() ([]byte, error) { return nestedunion.EncodeShape(nil) },
	} {
		if _, err := encode(); err == nil || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
	if _, err := constraints.DecodeText([]byte(`{"short":3}`)); err == nil || !strings.HasSuffix(err.Error(), "must be a string, not 3") && !strings.HasSuffix(err.Error(), "is missing") {
		t.Error(err)
	}
}
