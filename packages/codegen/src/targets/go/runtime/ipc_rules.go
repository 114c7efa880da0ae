package simpleipc

import (
	"math"
	"unicode/utf8"
)

// rule is what a contract asks of a value beyond its type. Rules are checked in the
// order in which they are given.
type rule struct {
	is ruleKind
	// The bound of those that have one.
	limit   float64
	pattern *pattern
}

type ruleKind uint8

const (
	atLeast ruleKind = iota
	moreThan
	atMost
	lessThan
	multipleOf
	minLength
	maxLength
	minItems
	maxItems
	minProperties
	maxProperties
	matching
	dateTime
	date
	timeOfDay
	uuid
	email
	uri
	ipv4
	ipv6
	int64Text
	uint64Text
)

var formatNames = map[ruleKind]string{
	dateTime:   "date-time",
	date:       "date",
	timeOfDay:  "time",
	uuid:       "uuid",
	email:      "email",
	uri:        "uri",
	ipv4:       "ipv4",
	ipv6:       "ipv6",
	int64Text:  "int64",
	uint64Text: "uint64",
}

func checkNumber(value float64, rules []rule) error {
	for _, rule := range rules {
		bound := ""
		switch {
		case rule.is == atLeast && value < rule.limit:
			bound = "at least "
		case rule.is == moreThan && value <= rule.limit:
			bound = "greater than "
		case rule.is == atMost && value > rule.limit:
			bound = "at most "
		case rule.is == lessThan && value >= rule.limit:
			bound = "less than "
		case rule.is == multipleOf && math.Mod(value, rule.limit) != 0:
			bound = "a multiple of "
		}
		if bound != "" {
			return invalid("must be " + bound + numberText(rule.limit))
		}
	}
	return nil
}

func checkText(text string, rules []rule) error {
	for _, rule := range rules {
		switch rule.is {
		case minLength, maxLength:
			if err := checkCount(utf8.RuneCountInString(text), rule); err != nil {
				return err
			}
		case matching:
			if !rule.pattern.fits(text) {
				return invalid("must match the pattern " + rule.pattern.source)
			}
		default:
			if !hasFormat(text, rule.is) {
				return invalid("must be a valid " + formatNames[rule.is])
			}
		}
	}
	return nil
}

// checkCount checks how many characters, elements or members there are.
func checkCount(count int, rules ...rule) error {
	for _, rule := range rules {
		what := ""
		switch rule.is {
		case minLength, maxLength:
			what = "character"
		case minItems, maxItems:
			what = "element"
		default:
			what = "member"
		}
		switch rule.is {
		case minLength, minItems, minProperties:
			if float64(count) < rule.limit {
				return invalid("must have at least " + counted(rule.limit, what))
			}
		default:
			if float64(count) > rule.limit {
				return invalid("must have at most " + counted(rule.limit, what))
			}
		}
	}
	return nil
}
