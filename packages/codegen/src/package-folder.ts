/** Where the runtimes lie: beside this file in the sources, beside the bundle in the package. */
export const packageFolder = new URL('./', import.meta.url)
