// @ts-check
/**
 * What is measured together. A contender is a script that gets the input as its arguments, does the whole job and
 * prints `{"seconds": …, "count": …}`; every contender must count the same.
 * @typedef {object} Suite
 * @property {string} title what the job is
 * @property {(quick: boolean) => Input} prepare makes the input, or finds it made before
 * @property {Readonly<Record<string, string>>} contenders name → script, as an absolute path
 * @property {readonly Ratio[]} ratios
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
export {}
