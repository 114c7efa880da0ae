/** ruff's and black's own. */
export const lineLength = 88
