// @ts-check
import { duration, figure, goalOf, rateOf, spread, unitOf, what } from './words.mjs'

/** @typedef {import('../goals.mjs').Result} Result */
/** @typedef {import('../growth/measure.mjs').Growth} Growth */
/**
 * What one run of everything found.
 * @typedef {{ machine: string, results: Readonly<Record<string, Result>>, growth: Readonly<Record<string, Growth>> }} Results
 */

/** The whole of bench/results.md. @param {Results} all @param {string} notes what a person wrote about them */
export function resultsPage({ machine, results, growth }, notes) {
  return [
    '# Measured',
    '',
    'Written by `npm run bench`; `npm run bench -- --report` writes it again from the same figures.',
    `Each figure is a median, with the least and the greatest in brackets. ${machine}.`,
    '',
    ...table(
      ['work', 'measured', 'result', 'goal', ''],
      Object.values(results).flatMap(({ title, verdicts }) =>
        verdicts.map(verdict => [
          title,
          what(verdict),
          spread(verdict.value) + unitOf(verdict),
          goalOf(verdict),
          verdict.met ? 'met' : '**missed**',
        ]),
      ),
    ),
    '',
    notes.trim(),
    '',
    '## Times',
    ...Object.values(results).flatMap(({ title, count, unit, seconds }) => [
      '',
      `**${title}** (${count.toLocaleString('en-US')} ${unit})`,
      '',
      ...table(
        ['', 'seconds', ''],
        Object.entries(seconds).map(([contender, times]) => [
          contender,
          spread(times),
          count > 1 ? `${rateOf(count / times.median)} ${unit} a second` : '',
        ]),
      ),
    ]),
    '',
    '## How time grows',
    '',
    '![Time a unit of work against the size of the job](growth.svg)',
    ...Object.values(growth).flatMap(({ title, x, points }) => {
      const contenders = Object.keys(points[0]?.seconds ?? {})
      return [
        '',
        `**${title}**`,
        '',
        ...table(
          [x, ...contenders],
          points.map(({ size, seconds }) => [
            size.toLocaleString('en-US'),
            ...contenders.map(name => duration(seconds[name]?.median ?? Number.NaN)),
          ]),
        ),
      ]
    }),
    '',
  ].join('\n')
}

/** Which goals the README's table tells, and in which words. */
const told = /** @type {const} */ ([
  ['calls', '64 calls in flight, Node child, checked at both ends'],
  ['burst', '20,000 calls at once'],
  ['lines', 'lines from a program'],
  ['stream', 'a stream of a million small items'],
  ['large-16', 'a string of 16 MB there and back'],
  ['pool', 'Pool of four children, work for two processors'],
])

/** The table in the README. @param {Results} all */
export const readmeTable = ({ results }) =>
  table(
    ['', 'as fast as'],
    told.flatMap(([name, words]) => {
      const ratios = results[name]?.verdicts.filter(({ kind }) => kind === 'ratio') ?? []
      const best = ratios.map(({ over, value }) => `${figure(value.median)} × ${over}`)
      return best.length === 0 ? [] : [[words, best.join(', ')]]
    }),
  ).join('\n')

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function table(head, rows) {
  const row = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)]
}
