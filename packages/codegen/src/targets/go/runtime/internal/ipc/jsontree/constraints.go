package jsontree

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// Rule is a constraint of a contract on a value, beyond its type. Rules are checked in the order in which they are
// given.
type Rule struct {
	is     ruleKind
	format Format
	// The bound, for the kinds that have one.
	limit   float64
	pattern *Pattern
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
	matches
	hasFormat
)

// AtLeast requires a number not to be less than a limit.
func AtLeast(limit float64) Rule { return Rule{is: atLeast, limit: limit} }

// MoreThan requires a number to be greater than a limit.
func MoreThan(limit float64) Rule { return Rule{is: moreThan, limit: limit} }

// AtMost requires a number not to be greater than a limit.
func AtMost(limit float64) Rule { return Rule{is: atMost, limit: limit} }

// LessThan requires a number to be less than a limit.
func LessThan(limit float64) Rule { return Rule{is: lessThan, limit: limit} }

// MultipleOf requires a number to be a multiple of another one.
func MultipleOf(limit float64) Rule { return Rule{is: multipleOf, limit: limit} }

// MinLength requires a string to have at least this many characters.
func MinLength(limit float64) Rule { return Rule{is: minLength, limit: limit} }

// MaxLength requires a string to have at most this many characters.
func MaxLength(limit float64) Rule { return Rule{is: maxLength, limit: limit} }

// MinItems requires an array to have at least this many elements.
func MinItems(limit float64) Rule { return Rule{is: minItems, limit: limit} }

// MaxItems requires an array to have at most this many elements.
func MaxItems(limit float64) Rule { return Rule{is: maxItems, limit: limit} }

// MinProperties requires an object to have at least this many members.
func MinProperties(limit float64) Rule { return Rule{is: minProperties, limit: limit} }

// MaxProperties requires an object to have at most this many members.
func MaxProperties(limit float64) Rule { return Rule{is: maxProperties, limit: limit} }

// Matches requires a string to match a pattern.
func Matches(pattern *Pattern) Rule { return Rule{is: matches, pattern: pattern} }

// HasFormat requires a string to have a format.
func HasFormat(format Format) Rule { return Rule{is: hasFormat, format: format} }

func checkNumber(value float64, rules []Rule) error {
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
			return instead("must be "+bound+NumberText(rule.limit), NumberText(value))
		}
	}
	return nil
}

func checkText(text string, rules []Rule) error {
	for _, rule := range rules {
		switch rule.is {
		case minLength, maxLength:
			if err := checkCount(utf8.RuneCountInString(text), rule); err != nil {
				return err
			}
		case matches:
			if !rule.pattern.fits(text) {
				return instead("must match the pattern "+rule.pattern.Source, shortened(text))
			}
		default:
			if !rule.format.fits(text) {
				return instead("must be a valid "+formatNames[rule.format], shortened(text))
			}
		}
	}
	return nil
}

// checkCount checks how many characters, elements or members there are.
func checkCount(count int, rules ...Rule) error {
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
				return instead("must have at least "+counted(rule.limit, what), strconv.Itoa(count))
			}
		default:
			if float64(count) > rule.limit {
				return instead("must have at most "+counted(rule.limit, what), strconv.Itoa(count))
			}
		}
	}
	return nil
}
