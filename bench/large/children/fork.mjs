// @ts-check
process.on('message', (/** @type {{ id: number, params: [string] }} */ { id, params }) => {
  process.send?.({ id, result: params[0] })
})
