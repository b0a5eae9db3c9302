/** A heap of numbered entries: the least first, of equals the one put first. */
export type Heap = {
  put(key: number, kind: number, subject: number): void
  least(): number | undefined
  take(): { key: number; kind: number; subject: number } | undefined
}

export function heap(): Heap {
  const keys: number[] = []
  const orders: number[] = []
  const kinds: number[] = []
  const subjects: number[] = []
  const lists = [keys, orders, kinds, subjects]
  let count = 0
  const before = (a: number, b: number) =>
    keys[a]! < keys[b]! || (keys[a] === keys[b] && orders[a]! < orders[b]!)
  const swap = (a: number, b: number) => {
    for (const list of lists) {
      const kept = list[a]!
      list[a] = list[b]!
      list[b] = kept
    }
  }
  const rise = () => {
    for (let at = keys.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!before(at, parent)) return
      swap(at, parent)
      at = parent
    }
  }
  const sink = () => {
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      if (left >= keys.length) return
      const child = left + 1 < keys.length && before(left + 1, left) ? left + 1 : left
      if (!before(child, at)) return
      swap(at, child)
      at = child
    }
  }
  return {
    put(key, kind, subject) {
      keys.push(key)
      orders.push(count++)
      kinds.push(kind)
      subjects.push(subject)
      rise()
    },
    least: () => keys[0],
    take() {
      if (keys.length === 0) return undefined
      const first = { key: keys[0]!, kind: kinds[0]!, subject: subjects[0]! }
      swap(0, keys.length - 1)
      for (const list of lists) list.pop()
      sink()
      return first
    },
  }
}
