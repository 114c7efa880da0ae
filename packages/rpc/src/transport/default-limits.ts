/** The largest message that is read or written unless told otherwise, in bytes without line end or header: 64 MiB. */
export const defaultMaxMessageBytes = 64 * 1024 * 1024

/** How much of a stream may wait unread unless told otherwise, in bytes: 64 MiB. */
export const defaultMaxQueuedBytes = 64 * 1024 * 1024
