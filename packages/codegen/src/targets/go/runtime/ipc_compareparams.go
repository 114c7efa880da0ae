package simpleipc

// paramsSchema gives the params of a member as one schema; nil if it has none.
func paramsSchema(member *node) *node {
	if whole := member.Find("x-params"); whole != nil {
		return whole
	}
	params := member.Find("params").elements()
	isTuple := textOf(member.Find("paramStructure")) == "by-position"
	if len(params) == 0 && !isTuple {
		return nil
	}
	if isTuple {
		items := make([]node, len(params))
		for i := range params {
			items[i] = orAnything(params[i].Find("schema"))
		}
		return objectNode("type", textNode("array"), "items", arrayNode(items))
	}
	var names []string
	var schemas, required []node
	for i := range params {
		name := params[i].Find("name")
		names = append(names, textOf(name))
		schemas = append(schemas, orAnything(params[i].Find("schema")))
		if params[i].Find("required") != nil {
			required = append(required, textNode(textOf(name)))
		}
	}
	properties := node{kind: anObject, inside: &inside{names: names, values: schemas}}
	return objectNode("type", textNode("object"), "properties", properties, "required", arrayNode(required))
}

func orAnything(schema *node) node {
	if schema == nil {
		return *emptyObject
	}
	return *schema
}
