// Options are documented by the comments of their interface's members. Here are those comments, and the tables of a README
// that are made from them.
import { readFileSync } from 'node:fs'
import prettier from 'prettier'
import ts from 'typescript'

interface Row {
  readonly kind: unknown
  readonly default?: unknown
  readonly otherwise?: string
}

/** A table of options, and the interfaces (file and name) whose members document them. */
export interface DocumentedTable {
  readonly table: Readonly<Record<string, Row>>
  readonly interfaces: readonly (readonly [file: string, name: string])[]
}

/** The comment of each member, on one line. */
function commentsOf(interfaces: DocumentedTable['interfaces']): Map<string, string> {
  const comments = new Map<string, string>()
  for (const [file, name] of interfaces) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    for (const statement of source.statements)
      if (ts.isInterfaceDeclaration(statement) && statement.name.text === name)
        for (const member of statement.members) {
          const [comment] = ts.getJSDocCommentsAndTags(member)
          const text = ts.getTextOfJSDocComment(comment?.comment) ?? ''
          if (member.name !== undefined) comments.set(member.name.getText(), text.replaceAll(/\s+/g, ' '))
        }
  }
  return comments
}

const mebibyte = 1024 * 1024

/** What holds when the option is left out, as its comment says it. */
function defaultOf({ default: value, otherwise }: Row): string | undefined {
  if (otherwise !== undefined || value === undefined) return otherwise
  if (typeof value === 'string') return `\`${value}\``
  if (typeof value !== 'number') return JSON.stringify(value)
  return value > 0 && value % mebibyte === 0 ? `${value / mebibyte} MiB` : value.toLocaleString('en-US')
}

/** What is wrong with the comments of a table's options: one sentence each. */
export function faultsOf({ table, interfaces }: DocumentedTable): string[] {
  const comments = commentsOf(interfaces)
  return Object.entries(table).flatMap(([name, row]) => {
    const comment = comments.get(name) ?? ''
    const expected = defaultOf(row)
    if (comment === '') return [`${name} has no comment`]
    if (expected === undefined) return comment.includes('Default:') ? [`${name} has no default`] : []
    return comment.endsWith(` Default: ${expected}.`)
      ? []
      : [`${name} does not end with 'Default: ${expected}.'`]
  })
}

/** The README with each table between `<!-- options: name -->` and `<!-- /options -->` as the comments have it. */
export async function withTables(
  readme: string,
  tables: Readonly<Record<string, DocumentedTable>>,
): Promise<string> {
  const text = readFileSync(readme, 'utf8').replaceAll(
    /(<!-- options: (\S+) -->\n)[^]*?(<!-- \/options -->)/g,
    (_, begin: string, name: string, end: string) => {
      const one = tables[name]
      if (one === undefined) throw new Error(`${readme} has a table of options '${name}', which is not known`)
      return `${begin}\n${markdown(one)}\n\n${end}`
    },
  )
  return prettier.format(text, { ...(await prettier.resolveConfig(readme)), filepath: readme })
}

function markdown({ table, interfaces }: DocumentedTable): string {
  const comments = commentsOf(interfaces)
  const lines = Object.entries(table).map(([name, row]) => {
    const meaning = (comments.get(name) ?? '').replace(/ Default: [^]*$/, '').replaceAll('|', String.raw`\|`)
    return `| \`${name}\` | ${defaultOf(row) ?? ''} | ${meaning} |`
  })
  return ['| option | default | what it does |', '| --- | --- | --- |', ...lines].join('\n')
}
