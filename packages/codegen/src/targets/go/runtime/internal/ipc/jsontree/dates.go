package jsontree

import (
	"strconv"
	"strings"
)

// isDate reports whether a string is RFC 3339's full-date; the day must exist.
func isDate(text string) bool {
	if !hasForm(text, "0000-00-00") {
		return false
	}
	year, month, day := decimal(text[:4]), decimal(text[5:7]), decimal(text[8:])
	days := 31
	switch month {
	case 4, 6, 9, 11:
		days = 30
	case 2:
		days = 28
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			days = 29
		}
	}
	return month >= 1 && month <= 12 && day >= 1 && day <= days
}

// isTime reports whether a string is RFC 3339's full-time; second 60 is valid only at 23:59:60 in UTC.
func isTime(text string) bool {
	if len(text) < 9 || !hasForm(text[:8], "00:00:00") {
		return false
	}
	hour, minute, second := decimal(text[:2]), decimal(text[3:5]), decimal(text[6:8])
	zone := text[8:]
	if zone[0] == '.' {
		after := strings.TrimLeft(zone[1:], "0123456789")
		if after == zone[1:] {
			return false
		}
		zone = after
	}
	offsetHour, offsetMinute := 0, 0
	if zone != "Z" && zone != "z" {
		if !hasForm(zone, "+00:00") && !hasForm(zone, "-00:00") {
			return false
		}
		offsetHour, offsetMinute = decimal(zone[1:3]), decimal(zone[4:])
	}
	if hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59 {
		return false
	}
	offset := offsetHour*60 + offsetMinute
	if zone[0] == '-' {
		offset = -offset
	}
	return second < 60 || (hour*60+minute-offset+2*24*60)%(24*60) == 24*60-1
}

// hasForm reports whether a string has the form of another one, in which 0 stands for any digit.
func hasForm(text, form string) bool {
	if len(text) != len(form) {
		return false
	}
	for i := range len(form) {
		if form[i] == '0' && text[i]-'0' > 9 || form[i] != '0' && text[i] != form[i] {
			return false
		}
	}
	return true
}

func decimal(digits string) int {
	value, _ := strconv.Atoi(digits)
	return value
}
