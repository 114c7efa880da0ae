/** Where lines of generated code end, if they can. */
export const lineLength = 100
