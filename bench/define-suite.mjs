// @ts-check
/**
 * What is measured together. A contender is a program that gets the input as its arguments, does the whole job and
 * prints `{"seconds": …, "count": …}`, with more figures beside them if a goal names them; every contender must count
 * the same.
 * @typedef {object} Suite
 * @property {string} title what the job is
 * @property {(quick: boolean) => Input} prepare makes the input, or finds it made before; throws Absent for what this machine lacks
 * @property {Contenders | (() => Contenders)} contenders a function if programs must be built first
 * @property {number} [rounds] how often each runs; 7 unless said
 * @property {readonly Goal[]} goals
 */
/**
 * A script for Node, as an absolute path; or one with environment variables; or another program, with the arguments
 * that come before the input's.
 * @typedef {string | { script: string, env?: Readonly<Record<string, string>>, command?: readonly string[] }} Contender
 */
/** By the names that goals use. @typedef {Readonly<Record<string, Contender>>} Contenders */
/**
 * @typedef {object} Input
 * @property {readonly string[]} args handed to each contender
 * @property {number} count what each must count
 * @property {string} unit what is counted
 */
/**
 * What is to be reached.
 * - `atLeast`: the speed of `of` over that of `over`, round by round, is at least this.
 * - `addsAtMost`: the time of `of` minus that of `over`, round by round, is at most so many milliseconds.
 * - `atMost`: the named figure that `of` prints, divided by that of `over`, round by round, is at most this.
 * - `figureAtMost`: the named figure that `of` prints is at most this, in the unit given.
 * @typedef {{ of: string, over: string, atLeast: number }
 *   | { of: string, over: string, addsAtMost: number }
 *   | { of: string, over: string, figure: string, atMost: number }
 *   | { of: string, figure: string, unit: string, figureAtMost: number }} Goal
 */
/** What one run of a contender printed. @typedef {Readonly<Record<string, number>> & { seconds: number, count: number }} Run */

/** Something that a suite needs and this machine lacks; the message names it. */
export class Absent extends Error {}
