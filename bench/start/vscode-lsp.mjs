// @ts-check
import 'vscode-languageserver-protocol/node'

console.log(JSON.stringify({ seconds: performance.now() / 1000, count: 1 }))
