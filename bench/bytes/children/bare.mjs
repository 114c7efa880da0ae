// @ts-check
process.stdin.pipe(process.stdout)
