/** The default limit of messages read or written, in bytes without line end or header: 64 MiB. */
export const defaultMaxMessageBytes = 64 * 1024 * 1024

/** The default limit of what may be unread of a stream, in bytes: 64 MiB. */
export const defaultMaxQueuedBytes = 64 * 1024 * 1024
