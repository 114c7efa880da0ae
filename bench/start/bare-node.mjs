// @ts-check
console.log(JSON.stringify({ seconds: performance.now() / 1000, count: 1 }))
