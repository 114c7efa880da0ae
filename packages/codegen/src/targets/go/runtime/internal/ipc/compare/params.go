package compare

import (
	"simpleipc/internal/ipc/jsontree"
)

// paramsSchema returns the params of a member as one schema; nil if it has none.
func paramsSchema(member *jsontree.Node) *jsontree.Node {
	if whole := member.Find("x-params"); whole != nil {
		return whole
	}
	params := member.Find("params").Items()
	isTuple := textOf(member.Find("paramStructure")) == "by-position"
	if len(params) == 0 && !isTuple {
		return nil
	}
	if isTuple {
		items := make([]jsontree.Node, len(params))
		for i := range params {
			items[i] = orAnything(params[i].Find("schema"))
		}
		return jsontree.ObjectNode("type", jsontree.TextNode("array"), "items", jsontree.ArrayNode(items))
	}
	var names []string
	var schemas, required []jsontree.Node
	for i := range params {
		name := params[i].Find("name")
		names = append(names, textOf(name))
		schemas = append(schemas, orAnything(params[i].Find("schema")))
		if params[i].Find("required") != nil {
			required = append(required, jsontree.TextNode(textOf(name)))
		}
	}
	properties := *jsontree.ObjectOf(names, schemas)
	return jsontree.ObjectNode("type", jsontree.TextNode("object"), "properties", properties, "required", jsontree.ArrayNode(required))
}

func orAnything(schema *jsontree.Node) jsontree.Node {
	if schema == nil {
		return *jsontree.EmptyObject
	}
	return *schema
}
