// @ts-check
/**
 * What is measured together. A contender is a script that gets the input as its arguments, does the whole job and
 * prints `{"seconds": …, "count": …}`; every contender must count the same.
 * @typedef {object} Suite
 * @property {string} title what the job is
 * @property {(quick: boolean) => Input} prepare makes the input, or finds it made before
 * @property {Readonly<Record<string, Contender>>} contenders
 * @property {readonly Ratio[]} [ratios]
 * @property {readonly Difference[]} [differences]
 */
/**
 * A script, as an absolute path, or one with environment variables.
 * @typedef {string | { script: string, env: Readonly<Record<string, string>> }} Contender
 */
/**
 * @typedef {object} Input
 * @property {readonly string[]} args handed to each contender
 * @property {number} count what each must count
 * @property {string} unit what is counted
 */
/**
 * The time of one contender over another's; `atMost` is the goal.
 * @typedef {{ of: string, over: string, atMost: number }} Ratio
 */
/**
 * The time of one contender minus another's; `atMost` is the goal, in milliseconds.
 * @typedef {{ of: string, over: string, atMost: number }} Difference
 */
export {}
