/** An error made where a message arrives has only our own frames in its stack, which are of no use and cost time. */
export function withoutFrames<E>(make: () => E): E {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}
