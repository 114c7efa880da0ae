/** The text around the JSON of a message, by which the reader knows where it begins and ends. */
export interface Frame {
  /** Gets the parts of the JSON. */
  readonly before: (json: string, ...more: string[]) => string
  readonly after: string
}
