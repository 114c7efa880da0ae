// Package compare finds breaking differences between two contracts, given as OpenRPC documents.
package compare

import (
	"strings"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
)

// BreakingDifferences compares two OpenRPC documents, the host's and the child's. Each side must accept what the other
// may send, and have what the other may call.
func BreakingDifferences(host, child *jsontree.Node) (differences []string) {
	if child.Find("methods") == nil || child.Find("x-host") == nil {
		return []string{"child: the other side describes a contract that cannot be understood"}
	}
	defer func() {
		switch why := recover().(type) {
		case nil:
		case incomparable:
			differences = []string{"child: one side " + string(why)}
		default:
			panic(why)
		}
	}()
	c := &comparison{state: newState()}
	c.checkTypes(child)
	c.side("child", membersOf(child, "methods"), membersOf(host, "methods"), child, host)
	c.side("host", membersOf(host, "x-host"), membersOf(child, "x-host"), host, child)
	return c.found
}

// comparison collects differences.
type comparison struct {
	*state
	found []string
	// The member that is being compared.
	place string
	// The documents to which references of the sender and of the receiver refer.
	sent, received *jsontree.Node
}

// members are the methods and notifications of a side, by name.
type members struct {
	names  []string
	byName map[string]*jsontree.Node
}

func membersOf(document *jsontree.Node, side string) members {
	found := members{byName: map[string]*jsontree.Node{}}
	elements := document.Find(side).Items()
	for i := range elements {
		if name := elements[i].Find("name"); name != nil && name.Kind == jsontree.String {
			found.names = append(found.names, name.Literal)
			found.byName[name.Literal] = &elements[i]
		}
	}
	return found
}

// side compares a side's members, as that side has them, with what the other side, which calls them, expects.
func (c *comparison) side(side string, mine, theirs members, callee, caller *jsontree.Node) {
	for _, name := range theirs.names {
		called, has := theirs.byName[name], mine.byName[name]
		c.place = side + " " + name
		switch {
		case has == nil:
			c.add("", "the "+side+" does not have it")
		case (has.Find("result") == nil) != (called.Find("result") == nil):
			c.add("", "is a method for one side and a notification for the other")
		default:
			c.member(has, called, callee, caller)
		}
	}
}

func (c *comparison) add(path, message string) {
	c.found = append(c.found, c.place+path+": "+message)
}

// member compares what is sent: params to the callee, everything else to the caller.
func (c *comparison) member(has, called, callee, caller *jsontree.Node) {
	c.params(has, called, callee, caller)
	c.answered("/result", has.Find("result").Find("schema"), called.Find("result").Find("schema"), callee, caller)
	sent, received := has.Find("x-stream"), called.Find("x-stream")
	switch {
	case sent == nil && received != nil:
		c.add("/stream", "is never sent")
	case sent != nil && received == nil:
		c.add("/stream", "is not known to the caller")
	default:
		c.answered("/stream", sent, received, callee, caller)
	}
	c.answered("/progress", has.Find("x-progress"), called.Find("x-progress"), callee, caller)
	c.errors(has, called, callee, caller)
	if has.Find("x-idempotent") == nil && called.Find("x-idempotent") != nil {
		c.add("/idempotent", "the caller may send a call again, but it is not idempotent")
	}
}

func (c *comparison) answered(path string, sent, received, callee, caller *jsontree.Node) {
	if sent != nil && received != nil && !(path == "/result" && isNothing(received)) {
		c.sent, c.received = callee, caller
		c.schemas(sent, received, path)
	}
}

// isNothing reports whether a schema is the result of a method without one.
func isNothing(schema *jsontree.Node) bool {
	return len(schema.MemberNames()) == 1 && textOf(schema.Find("type")) == "null"
}

func (c *comparison) params(has, called, callee, caller *jsontree.Node) {
	sent, received := paramsSchema(called), paramsSchema(has)
	c.sent, c.received = caller, callee
	switch {
	case received != nil && sent != nil:
		c.schemas(sent, received, "/params")
	case received != nil:
		c.withoutParams(received)
	case sent != nil && textOf(c.resolve(sent, caller).Find("type")) == "array":
		c.add("/params", "are a tuple, where none are wanted")
	}
}

// withoutParams compares params that the caller does not send: an empty object or tuple must be accepted.
func (c *comparison) withoutParams(received *jsontree.Node) {
	schema := c.resolve(received, c.received)
	required := schema.Find("required").Items()
	switch {
	case len(required) > 0:
		c.add("/params", "are never sent, and /"+required[0].Literal+" is missing")
	case textOf(schema.Find("type")) == "array" && len(schema.Find("items").Items()) > 0:
		c.add("/params", "are never sent, and some are wanted")
	}
}

// errors compares the errors that both sides declare.
func (c *comparison) errors(has, called, callee, caller *jsontree.Node) {
	known := map[string]*jsontree.Node{}
	received := called.Find("errors").Items()
	for i := range received {
		known[textOf(received[i].Find("data").Find("x-name"))] = &received[i]
	}
	sent := has.Find("errors").Items()
	for i := range sent {
		mine := &sent[i]
		name := textOf(mine.Find("data").Find("x-name"))
		theirs := known[name]
		if theirs == nil {
			continue
		}
		path := "/errors/" + escapePointer(name)
		code, knownCode := wire.IDOf(mine.Find("code")), wire.IDOf(theirs.Find("code"))
		data, knownData := mine.Find("data").Find("x-data"), theirs.Find("data").Find("x-data")
		switch {
		case code != knownCode:
			c.add(path, "has the code "+code.String()+", the caller knows "+knownCode.String())
		case data == nil && knownData != nil:
			c.add(path+"/data", "is never sent")
		default:
			c.answered(path+"/data", data, knownData, callee, caller)
		}
	}
}

func textOf(value *jsontree.Node) string {
	if value == nil || value.Kind != jsontree.String {
		return ""
	}
	return value.Literal
}

func escapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
