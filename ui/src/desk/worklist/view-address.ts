import type { SavedView, TaskSummary, WorklistRow, WorklistTab } from '../../app/api-types.ts'

export const TABS: WorklistTab[] = ['mine', 'unclaimed', 'waiting', 'done']
export const COLUMNS = ['dossier', 'todo', 'procedure', 'step', 'due', 'from', 'flags', 'note'] as const
export const FLAGS: TaskSummary['flags'] = [
  'late',
  'objection',
  'sent-back',
  'reappointed',
  'supplemented',
  'provisional',
]
const GROUPS: WorklistRow['group'][] = ['overdue', 'today', 'tomorrow', 'week', 'later']
const DENSITIES = ['compact', 'comfortable'] as const

/** A list as a person sees it; the address of the page says all of it, so that a copied address shows the same list. */
export type View = SavedView['content']
export type Column = (typeof COLUMNS)[number]

const among = <T extends string>(list: readonly T[], wanted: string | null): T | undefined =>
  list.find((one) => one === wanted)

export const fromAddress = (query: URLSearchParams): View => {
  const columns = query
    .get('cot')
    ?.split(',')
    .filter((name): name is Column => COLUMNS.some((known) => known === name))
  return {
    tab: among(TABS, query.get('xem')) ?? 'mine',
    procedure: query.get('thu-tuc') || undefined,
    group: among(GROUPS, query.get('nhom')),
    flag: among(FLAGS, query.get('dau')),
    text: query.get('tim')?.slice(0, 100) || undefined,
    columns: columns?.includes('dossier') ? [...new Set(columns)] : undefined,
    density: among(DENSITIES, query.get('gian')),
  }
}

const query = (pairs: [string, string | undefined][]) =>
  new URLSearchParams(pairs.filter((pair): pair is [string, string] => !!pair[1])).toString()

export const toAddress = (view: View): string =>
  query([
    ['xem', view.tab],
    ['thu-tuc', view.procedure],
    ['nhom', view.group],
    ['dau', view.flag],
    ['tim', view.text],
    ['cot', view.columns?.join(',')],
    ['gian', view.density],
  ])

/** What the API is asked: columns and density are the page's own affair. */
export const toRequest = ({ tab, procedure, group, flag, text }: View): string =>
  query([
    ['tab', tab],
    ['procedure', procedure],
    ['group', group],
    ['flag', flag],
    ['text', text?.trim()],
  ])

const LAST = 'motcua.worklist'

/** The list that was looked at last in this window: where "back" and "next" lead. */
export const rememberList = (view: View) => sessionStorage.setItem(LAST, toAddress(view))
export const lastList = (): View => fromAddress(new URLSearchParams(sessionStorage.getItem(LAST) ?? ''))
