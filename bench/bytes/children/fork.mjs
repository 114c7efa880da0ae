// @ts-check
process.on('message', (/** @type {{ id: number, params: [Uint8Array] }} */ { id, params }) => {
  process.send?.({ id, result: params[0] })
})
