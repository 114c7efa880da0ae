/** Compares revisions part by part: 3.9 is before 3.17, and 2024-11-05 before 2025-03-26. */
export function compareRevisions(a: string, b: string): number {
  const [some, others] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(some.length, others.length); i++) {
    const difference = (some[i] ?? 0) - (others[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const partsOf = (revision: string): number[] => (revision.match(/\d+/gu) ?? []).map(Number)
