// @ts-check
/** Readable on white and on dark paper; ours stands out. */
export const ink = '#1f2328'
export const faint = '#8b949e'
export const paper = '#ffffff'
export const ours = '#0969da'
export const others = '#afb8c1'
export const font = 'font-family="system-ui, sans-serif"'

/** @param {string} text */
export const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Is it ours? @param {string} contender */
export const isOurs = contender => /simple-ipc|^Worker/.test(contender)

/** A picture of this size with these insides. @param {number} width @param {number} height @param {string} title @param {readonly string[]} insides */
export const picture = (width, height, title, insides) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}" ${font}>`,
    `<rect width="${width}" height="${height}" fill="${paper}"/>`,
    ...insides,
    '</svg>\n',
  ].join('\n')
