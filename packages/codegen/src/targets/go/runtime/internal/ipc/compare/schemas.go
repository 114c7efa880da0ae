package compare

import (
	"math"

	"simpleipc/internal/ipc/jsontree"
)

const typesPointer = "#/components/schemas/"

// resolve follows references into the types of a document.
func (c *comparison) resolve(schema, document *jsontree.Node) *jsontree.Node {
	for range jsontree.MaxDepth {
		target := resolveOnce(schema, document)
		if target == nil {
			break
		}
		schema = target
	}
	return schema
}

// schemas finds what the sender may send and the receiver does not accept. Members that a sender's schema does not name
// count as not sent.
func (c *comparison) schemas(sentReference, receivedReference *jsontree.Node, path string) {
	c.spend(c.cost(sentReference, c.sent) + c.cost(receivedReference, c.received))
	sent := c.resolve(sentReference, c.sent)
	received := c.resolve(receivedReference, c.received)
	both := pair{sent, received}
	if above, isOpen := c.open[both]; isOpen {
		c.assumed = min(c.assumed, above)
		return
	}
	if _, isFitting := c.fitting[both]; isFitting {
		return
	}
	depth, assumed, before := len(c.open), c.assumed, len(c.found)
	c.assumed = math.MaxInt
	c.open[both] = depth
	c.shapes(sent, received, path)
	delete(c.open, both)
	// What rests on a pair further up is known only when that one is.
	if c.assumed >= depth {
		c.assumed = math.MaxInt
		if len(c.found) == before {
			c.fitting[both] = struct{}{}
		}
	}
	c.assumed = min(c.assumed, assumed)
	c.spend(len(c.found) - before)
}

// fits reports whether the receiver accepts everything that the sender may send.
func (c *comparison) fits(sent, received *jsontree.Node) bool {
	trial := &comparison{state: c.state, sent: c.sent, received: c.received}
	trial.schemas(sent, received, "")
	return len(trial.found) == 0
}

func (c *comparison) fitsOne(sent *jsontree.Node, branches []jsontree.Node) bool {
	for i := range branches {
		if c.fits(sent, &branches[i]) {
			return true
		}
	}
	return false
}

func (c *comparison) shapes(sent, received *jsontree.Node, path string) {
	branches := received.Find("anyOf").Items()
	switch {
	case saysNothing(received), sameText(sent, received) && !hasReference(sent), c.fitsOne(sent, branches):
	case isOpen(sent) && !isOpen(received):
		c.add(path, "may be a value that is not listed (Open), which is refused")
	case sent.Find("allOf") != nil:
		parts := sent.Find("allOf").Items()
		for i := range parts {
			if c.fits(&parts[i], received) {
				return
			}
		}
		c.add(path, "may be a value that is refused")
	case received.Find("allOf") != nil:
		parts := received.Find("allOf").Items()
		for i := range parts {
			c.schemas(sent, &parts[i], path)
		}
	case sent.Find("anyOf") != nil:
		parts := sent.Find("anyOf").Items()
		for i := range parts {
			c.schemas(&parts[i], received, path)
		}
	case valuesOf(sent) != nil:
		c.values(sent, received, path)
	case branches != nil:
		c.branches(sent, received, branches, path)
	default:
		c.plain(sent, received, path)
	}
}

// branches describes why no branch of the receiver fits. The branch that is meant is the one with the same tag, or else
// the one of the same type.
func (c *comparison) branches(sent, received *jsontree.Node, branches []jsontree.Node, path string) {
	if meant := c.meantBranch(sent, branches); meant != nil {
		c.schemas(sent, meant, path)
		return
	}
	c.add(path, "is "+c.describe(sent, c.sent)+", which fits no branch of "+c.describe(received, c.received))
}

func (c *comparison) meantBranch(sent *jsontree.Node, branches []jsontree.Node) *jsontree.Node {
	var meant *jsontree.Node
	for i := range branches {
		branch := c.resolve(&branches[i], c.received)
		if textOf(branch.Find("type")) != textOf(sent.Find("type")) || branch.Find("type") == nil {
			continue
		}
		if c.hasSameTag(sent, branch) {
			return branch
		}
		if meant != nil {
			return nil
		}
		meant = branch
	}
	return meant
}

// hasSameTag reports whether two objects have a required member with the same constant.
func (c *comparison) hasSameTag(sent, received *jsontree.Node) bool {
	for _, name := range textsOf(sent.Find("required")) {
		mine := c.resolve(sent.Find("properties").Find(name), c.sent).Find("const")
		theirs := c.resolve(received.Find("properties").Find(name), c.received).Find("const")
		if mine != nil && theirs != nil && sameText(mine, theirs) {
			return true
		}
	}
	return false
}

func (c *comparison) plain(sent, received *jsontree.Node, path string) {
	mine, theirs := textOf(sent.Find("type")), textOf(received.Find("type"))
	if received.Find("type") == nil && isOpen(received) {
		for _, value := range valuesListed(received) {
			if typeOf(&value) == mine {
				return
			}
		}
	}
	if mine == "" || mine != theirs && !(mine == "integer" && theirs == "number") {
		c.add(path, "is "+c.describe(sent, c.sent)+", where "+c.describe(received, c.received)+" is wanted")
		return
	}
	for _, message := range stricterWords(sent, received) {
		c.add(path, message)
	}
	switch mine {
	case "object":
		c.objects(sent, received, path)
	case "array":
		c.arrays(sent, received, path)
	}
}

func (c *comparison) arrays(sent, received *jsontree.Node, path string) {
	mine, theirs := orEmpty(sent.Find("items")), orEmpty(received.Find("items"))
	switch {
	case theirs.Kind == jsontree.Array:
		wanted, given := theirs.Items(), mine.Items()
		if mine.Kind != jsontree.Array || len(given) != len(wanted) {
			c.add(path, "is not a tuple of "+itoa(len(wanted)))
			return
		}
		for i := range given {
			c.schemas(&given[i], &wanted[i], path+"/"+itoa(i))
		}
	case mine.Kind == jsontree.Array:
		given := mine.Items()
		for i := range given {
			c.schemas(&given[i], theirs, path+"/*")
		}
	default:
		c.schemas(mine, theirs, path+"/*")
	}
}

func orEmpty(schema *jsontree.Node) *jsontree.Node {
	if schema == nil {
		return jsontree.EmptyObject
	}
	return schema
}
