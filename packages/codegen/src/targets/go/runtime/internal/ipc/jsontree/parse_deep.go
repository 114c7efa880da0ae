package jsontree

// skip skips an array or object of any depth, and checks that it is valid JSON.
func (p *parser) skip() error {
	var open []byte
	for {
		c := p.space()
		switch {
		case c == '{' || c == '[':
			open = append(open, c+2)
			p.at++
			if p.space() == c+2 {
				break
			}
			if c == '{' {
				if _, err := p.name(); err != nil {
					return err
				}
			}
			continue
		default:
			if _, err := p.value(); err != nil {
				return err
			}
		}
		for {
			c, closing := p.space(), open[len(open)-1]
			if c != closing && c != ',' {
				return p.unexpected()
			}
			p.at++
			if c == closing {
				open = open[:len(open)-1]
				if len(open) == 0 {
					return nil
				}
				continue
			}
			if closing == '}' {
				if _, err := p.name(); err != nil {
					return err
				}
			}
			break
		}
	}
}
