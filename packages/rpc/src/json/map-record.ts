/** The same names with other values. */
export function mapRecord<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A, name: string) => B,
): Record<string, B> {
  const mapped: Record<string, B> = {}
  for (const [name, value] of Object.entries(record)) {
    // Assigned, it would be the prototype.
    if (name === '__proto__') Object.defineProperty(mapped, name, { ...open, value: map(value, name) })
    else mapped[name] = map(value, name)
  }
  return mapped
}

const open = { configurable: true, enumerable: true, writable: true }
