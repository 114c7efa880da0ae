// @ts-check

const golden = 'packages/codegen/test/generator/golden.test.ts'

/** Whether a file's tests run within one process, in a moment: those beside the sources, and the comparison of generated code. @param {string} file */
export const isUnitTest = file =>
  file === golden || (/^packages\/[^/]+\/src\/.*\.test\.ts$/.test(file) && !file.endsWith('.soak.test.ts'))
