import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkValue } from '@simple-ipc/rpc'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { Exceptions } from '../../src/import/base/exceptions.js'
import { importJsonSchema } from '../../src/import/json-schema/import-json-schema.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'
import { writeFiles } from '../../src/output/write-files.js'
import { go, goEnvironment, python } from '../support/toolchains.js'

// Branches that other programs' descriptions tell apart in their own ways are told apart in every language.

const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required })
const text = { type: 'string' }

const $defs = {
  Off: { type: 'string', enum: ['off'] },
  On: object({ on: { type: 'boolean', enum: [true] } }, 'on'),
  // As Rust's schemars writes a tag, by a reference and in place.
  Text: {
    oneOf: [
      object({ mode: { $ref: '#/$defs/Off' } }, 'mode'),
      object({ mode: { type: 'string', enum: ['auto'] }, level: { type: 'integer' } }, 'mode', 'level'),
    ],
  },
  Number: { oneOf: [object({ v: { const: 1 }, a: text }, 'v'), object({ v: { const: 2 }, b: text }, 'v')] },
  // In a part of allOf.
  Boolean: {
    oneOf: [
      { allOf: [{ $ref: '#/$defs/On' }, object({ value: { type: 'number' } }, 'value')] },
      object({ on: { const: false } }, 'on'),
    ],
  },
  // By kinds, of arrays too.
  Kinds: {
    type: 'array',
    items: { anyOf: [{ type: 'array', items: text }, { type: ['integer', 'null'] }, text] },
  },
}
const values: [string, unknown][] = [
  ['Text', { mode: 'off' }],
  ['Text', { mode: 'auto', level: 3 }],
  ['Text', { mode: 'auto' }],
  ['Text', { mode: 'on' }],
  ['Text', {}],
  ['Number', { v: 1, a: 'x' }],
  ['Number', { v: 2, b: 'x' }],
  ['Number', { v: 3 }],
  ['Number', { v: '1' }],
  ['Boolean', { on: true, value: 0.5 }],
  ['Boolean', { on: true }],
  ['Boolean', { on: false }],
  ['Boolean', { on: 0 }],
  ['Kinds', [['a'], 1, null, 'b']],
  ['Kinds', [[1]]],
  ['Kinds', [true]],
]

const exceptions = new Exceptions([])
const { contract, json } = resolveExceptions(
  importJsonSchema({ $defs }, { name: 'tags', exceptions }),
  exceptions,
  'it',
)
const expected = values.map(([type, value]) => {
  const issue = checkValue(contract.types[type] ?? {}, contract.types, value)
  return issue === undefined ? 'fits' : `${issue.path} ${issue.message}`
})

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  writeFileSync(path.join(folder, 'values.json'), JSON.stringify(values))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function answers(command: string, args: readonly string[], env = process.env): unknown {
  const { stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env })
  expect(stderr).toBe('')
  return JSON.parse(stdout) as unknown
}

it('are told apart in TypeScript', () => {
  expect(expected.filter(answer => answer === 'fits')).toHaveLength(7)
  expect(expected.slice(2, 5)).toEqual([
    '/level is missing',
    '/mode must be one of "off", "auto"',
    '/mode is missing',
  ])
})

it.skipIf(python === undefined)('are told apart in Python', () => {
  writeFiles(path.join(folder, 'generated'), generate(json, 'python'))
  writeFileSync(
    path.join(folder, 'ask.py'),
    `import json

from generated import tags
from generated.simple_ipc import InvalidValueError

def answer(name, value):
    try:
        decoded = getattr(tags, "decode_" + name.lower())(value, "")
        assert getattr(tags, "encode_" + name.lower())(decoded, "") == value
        return "fits"
    except InvalidValueError as error:
        return f"{error.path} {error.message}"

with open("values.json") as file:
    print(json.dumps([answer(name, value) for name, value in json.load(file)]))
`,
  )
  expect(answers(python ?? '', ['ask.py'])).toEqual(expected)
})

it.skipIf(go === undefined)('are told apart in Go', { timeout: 120_000 }, () => {
  writeFiles(folder, generate(json, 'go', undefined, { importPath: 'example.com/tags' }))
  writeFileSync(path.join(folder, 'go.mod'), 'module example.com/tags\n\ngo 1.22\n')
  const names = [...new Set(values.map(([type]) => type))]
  const cases = names.map(
    name => `	case "${name}":
		decoded, err := tags.Decode${name}(value)
		if err == nil {
			_, err = tags.Encode${name}(decoded)
		}
		return err`,
  )
  writeFileSync(
    path.join(folder, 'main.go'),
    `package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"example.com/tags/ipc"
	"example.com/tags/tags"
)

func read(name string, value []byte) error {
	switch name {
${cases.join('\n')}
	}
	return errors.New("no such type")
}

func main() {
	text, err := os.ReadFile("values.json")
	if err != nil {
		panic(err)
	}
	var values [][2]json.RawMessage
	if err := json.Unmarshal(text, &values); err != nil {
		panic(err)
	}
	answers := []string{}
	for _, each := range values {
		var name string
		_ = json.Unmarshal(each[0], &name)
		answer := "fits"
		if err := read(name, each[1]); err != nil {
			answer = err.Error()
			if e := (*ipc.InvalidValueError)(nil); errors.As(err, &e) {
				answer = e.Path + " " + e.Message
			}
		}
		answers = append(answers, answer)
	}
	written, _ := json.Marshal(answers)
	fmt.Println(string(written))
}
`,
  )
  expect(answers(go ?? '', ['run', '.'], { ...process.env, ...goEnvironment })).toEqual(expected)
})
