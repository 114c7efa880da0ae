package checks

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"example.com/app/ipc"
	"example.com/app/nestedunion"
	"example.com/app/openunions"
	"example.com/app/optionalnull"
	"example.com/app/recursive"
	"example.com/app/wideintegers"
)

// agree checks that encoding/json writes the value as it is on the wire, alone and inside others, and reads it again.
func agree[T any](t *testing.T, value T, wire string) {
	t.Helper()
	data, err := json.Marshal(struct{ In []any }{[]any{value, &value}})
	if want := `{"In":[` + wire + `,` + wire + `]}`; err != nil || string(data) != want {
		t.Errorf("%s (%v), not %s", data, err, want)
	}
	var again struct{ In []T }
	if err := json.Unmarshal(data, &again); err != nil || !reflect.DeepEqual(again.In, []T{value, value}) {
		t.Errorf("%+v (%v), not %+v", again.In, err, value)
	}
}

func TestEncodingJSONWritesWhatTheWireHas(t *testing.T) {
	agree(t, wideintegers.Wide{Signed: -1 << 63, Unsigned: 1<<64 - 1, List: []uint64{1}, Bytes: []byte("<a>")},
		`{"signed":"-9223372036854775808","unsigned":"18446744073709551615","list":["1"],"bytes":"PGE+"}`)
	agree(t, optionalnull.AllOptional{}, `{}`)
	presence := optionalnull.Presence{Shade: optionalnull.ShadeStringDark}
	presence.Both.Present = true
	agree(t, presence, `{"required":0,"nullable":null,"both":null,"nullableInner":null,"anything":null,"nothing":null,"shade":"dark","nullableText":null}`)
	agree(t, optionalnull.ShadeStringDark, `"dark"`)
	agree(t, ipc.Null{}, `null`)
	agree(t, nestedunion.Group{Parts: []nestedunion.Shape{nestedunion.Circle{Radius: 1}}},
		`{"shape":"group","parts":[{"shape":"circle","radius":1}]}`)
	agree(t, nestedunion.ValueArray{nil, nestedunion.ValueString("a")}, `[null,"a"]`)
	agree(t, nestedunion.RoundEllipseAxes{Item0: 1, Item1: 2}, `[1,2]`)
	agree(t, nestedunion.Level2Point5, `2.5`)
	agree(t, recursive.Folder{"a": {}}, `{"a":{}}`)
	agree(t, openunions.EventUnknown{Kind: "other", Raw: []byte(`{"kind":"other","x":[1]}`)}, `{"kind":"other","x":[1]}`)
}

func TestEncodingJSONReadsOnlyWhatTheContractAllows(t *testing.T) {
	var circle nestedunion.Circle
	err := json.Unmarshal([]byte(`{"shape":"circle","radius":-1}`), &circle)
	var fault *ipc.InvalidValueError
	if !errors.As(err, &fault) || fault.Path != "/radius" || circle.Radius != 0 {
		t.Error(err, circle)
	}
	if data, err := json.Marshal(nestedunion.Circle{Radius: -1}); !errors.As(err, &fault) || fault.Path != "/radius" {
		t.Error(string(data), err)
	}
	var word nestedunion.ValueString
	if err := json.Unmarshal([]byte(`true`), &word); err == nil || word != "" {
		t.Error(err, word)
	}
	var null ipc.Null
	if err := json.Unmarshal([]byte(`0`), &null); err == nil {
		t.Error("0 is null")
	}
}

// Values that hold a generated one are stored by whatever writes JSON.
func TestAnEncoderIndentsGeneratedValuesToo(t *testing.T) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(map[string]nestedunion.Shape{"a": nestedunion.Square{Side: 2}}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n \"a\": {\n  \"shape\": \"square\",\n  \"side\": 2\n }\n}\n"; out.String() != want {
		t.Errorf("%s, not %s", &out, want)
	}
}
