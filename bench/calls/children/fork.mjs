// @ts-check
process.on('message', (/** @type {{ id: number, params: { value: number } }} */ { id, params }) => {
  process.send?.({ id, result: params.value + 1 })
})
