import type { ProcedureSource } from '../../../src/studio/source.ts'
import { createDraftStore, type Kept, type SaveAnswer } from '../../../ui/src/studio/draft/draft-store.ts'
import type { DraftView } from '../../../ui/src/studio/draft/types.ts'

const source: ProcedureSource = {
  definition: { name: { vi: 'Thủ tục' } },
  eform: {},
  bpmn: '<a/>',
  dmn: '<d/>',
  results: [],
  examples: [],
}
const person = { id: 'p1', name: 'Phan Thị Phân Tích' }
const view = (more: Partial<DraftView> = {}): DraftView => ({
  id: 'd1',
  code: '1.013225',
  title: 'Rút ngắn',
  state: 'draft',
  revision: 3,
  baseVersion: null,
  source,
  authors: [person],
  updatedAt: '2026-11-02T08:00:00Z',
  updatedBy: person,
  openComments: 0,
  mayDecide: false,
  mayEdit: true,
  ...more,
})

/** A server that answers as told, a disk, and a clock that a test moves. */
const scene = (answers: SaveAnswer[] = [], kept?: Kept, draft = view()) => {
  const sent: { revision: number; changes: object }[] = []
  const disk: { kept: Kept | undefined } = { kept }
  let timers: (() => void)[] = []
  let now = 0
  const store = createDraftStore(draft, kept, {
    save: async (revision, changes) => {
      sent.push({ revision, changes })
      return answers.shift() ?? { kind: 'saved', revision: revision + 1, updatedAt: '2026-11-02T08:01:00Z' }
    },
    keep: (value) => {
      disk.kept = value
    },
    forget: () => {
      disk.kept = undefined
    },
    now: () => now,
    later: (act) => {
      timers.push(act)
      return () => {
        timers = timers.filter((each) => each !== act)
      }
    },
  })
  return {
    store,
    sent,
    disk,
    pause: () => {
      now += 5_000
    },
    /** The moment after the last keystroke has passed. */
    settle: async () => {
      const due = timers
      timers = []
      for (const act of due) act()
      await store.flush()
    },
  }
}

describe('a draft as it is typed', () => {
  test('is sent with the parts that changed, on the revision it was typed on', async () => {
    const { store, sent, settle } = scene()
    store.change({ bpmn: '<b/>' })
    expect(store.snapshot().saving).toBe('saving')
    await settle()
    expect(sent).toEqual([{ revision: 3, changes: { bpmn: '<b/>' } }])
    expect(store.snapshot()).toMatchObject({ saving: 'saved', draft: { revision: 4 } })
    store.change({ dmn: '<e/>' })
    await settle()
    expect(sent[1]).toEqual({ revision: 4, changes: { dmn: '<e/>' } })
  })

  test('stays in the browser until the server has it', async () => {
    const { store, disk, settle } = scene([{ kind: 'away' }])
    store.change({ bpmn: '<b/>' })
    expect(disk.kept).toEqual({ revision: 3, changes: { bpmn: '<b/>' } })
    await settle()
    expect(store.snapshot()).toMatchObject({ saving: 'saved' })
    expect(disk.kept).toBeUndefined()
  })

  test('is there again after the browser was closed without a network', async () => {
    const kept = { revision: 3, changes: { bpmn: '<b/>' } }
    const { store, sent, settle } = scene([], kept)
    expect(store.snapshot().source.bpmn).toBe('<b/>')
    await settle()
    expect(sent).toEqual([{ revision: 3, changes: { bpmn: '<b/>' } }])
  })

  test('keeps what is typed while a save is under way, and sends it next', async () => {
    const { store, sent, settle } = scene()
    store.change({ bpmn: '<b/>' })
    const first = settle()
    store.change({ dmn: '<e/>' })
    await first
    await settle()
    expect(sent.at(-1)).toEqual({ revision: 4, changes: { dmn: '<e/>' } })
    expect(store.snapshot().source).toMatchObject({ bpmn: '<b/>', dmn: '<e/>' })
    expect(store.isSaved()).toBe(true)
  })

  test('is never written over what somebody else saved: both versions are shown', async () => {
    const theirs = { revision: 7, by: 'Người khác', at: '', source: { ...source, dmn: '<theirs/>' } }
    const { store, sent, settle } = scene([{ kind: 'stale', theirs }])
    store.change({ bpmn: '<mine/>' })
    await settle()
    expect(store.snapshot()).toMatchObject({ saving: 'conflict', source: { bpmn: '<mine/>' } })
    store.change({ eform: { more: 1 } })
    await settle()
    expect(sent).toHaveLength(1)
    expect(store.snapshot().conflict?.mine).toMatchObject({ bpmn: '<mine/>', eform: { more: 1 } })
    store.resolve({ ...theirs.source, bpmn: '<mine/>' })
    await settle()
    expect(sent[1]).toEqual({ revision: 7, changes: { bpmn: '<mine/>' } })
    expect(store.snapshot()).toMatchObject({ saving: 'saved', draft: { revision: 8 }, conflict: null })
  })

  test('that the server refuses stays as typed, and says why', async () => {
    const { store, disk, settle } = scene([{ kind: 'refused', problem: 'too large' }])
    store.change({ bpmn: '<b/>' })
    await store.flush()
    expect(store.snapshot()).toMatchObject({ saving: 'refused', problem: 'too large' })
    expect(disk.kept).toBeDefined()
    await settle()
    expect(store.snapshot().saving).toBe('saved')
  })

  test('cannot be changed by somebody who may only read it', () => {
    const { store, disk } = scene([], undefined, view({ mayEdit: false }))
    store.change({ bpmn: '<b/>' })
    expect(store.snapshot().source.bpmn).toBe('<a/>')
    expect(disk.kept).toBeUndefined()
  })
})

describe('taking back', () => {
  test('goes over all parts in the order they were changed', () => {
    const { store, pause } = scene()
    store.change({ bpmn: '<b/>' })
    pause()
    store.change({ dmn: '<e/>' })
    store.undo()
    expect(store.snapshot().source).toMatchObject({ bpmn: '<b/>', dmn: '<d/>' })
    store.undo()
    expect(store.snapshot()).toMatchObject({ source: { bpmn: '<a/>' }, canUndo: false, canRedo: true })
    store.redo()
    store.redo()
    expect(store.snapshot().source).toMatchObject({ bpmn: '<b/>', dmn: '<e/>' })
  })

  test('takes back one burst of keystrokes, not one letter', () => {
    const { store, pause } = scene()
    for (const text of ['T', 'Tê', 'Tên']) store.change({ definition: { name: { vi: text } } })
    pause()
    store.change({ definition: { name: { vi: 'Tên mới' } } })
    store.undo()
    expect(store.snapshot().source.definition).toEqual({ name: { vi: 'Tên' } })
    store.undo()
    expect(store.snapshot().source.definition).toEqual(source.definition)
  })

  test('is saved like any other change', async () => {
    const { store, sent, settle } = scene()
    store.change({ bpmn: '<b/>' })
    await settle()
    store.undo()
    await settle()
    expect(sent.at(-1)).toEqual({ revision: 4, changes: { bpmn: '<a/>' } })
  })
})

describe('what is done quietly', () => {
  const heard = () => {
    const { store } = scene()
    let count = 0
    store.subscribe(() => count++)
    return { store, told: () => count }
  }

  it('stands at once, is kept and can be taken back; those who listen hear of it when they are told', () => {
    const { store, told } = heard()
    const tell = store.quietly(() => {
      store.change({ bpmn: '<b/>' })
      store.quietly(() => store.change({ dmn: '<e/>' }))
    })
    expect(store.snapshot()).toMatchObject({
      saving: 'saving',
      canUndo: true,
      source: { bpmn: '<b/>', dmn: '<e/>' },
    })
    expect(told()).toBe(0)
    tell()
    tell()
    expect(told()).toBe(1)
  })

  it('is heard of with whatever is typed meanwhile', () => {
    const { store, told } = heard()
    const tell = store.quietly(() => store.change({ bpmn: '<b/>' }))
    store.retitle('Khác')
    expect(told()).toBe(1)
    tell()
    expect(told()).toBe(1)
  })

  it('is over when what was done fails', () => {
    const { store, told } = heard()
    expect(() =>
      store.quietly(() => {
        throw new Error('drawn wrongly')
      }),
    ).toThrow('drawn wrongly')
    store.retitle('Khác')
    expect(told()).toBe(1)
  })
})
