import type { Channel } from '../../procedures/definition.ts'
import type { Dice } from './dice.ts'
import { citizensOf } from './people.ts'

/** Working days on which the month is played; the last one ends in its afternoon. */
export const DAYS = 24
/** Moments of an office day; the last one is the evening, when only citizens act. */
export const SLOTS = 7
/** The last moment of the last day. */
export const LAST_SLOT = 4
const EVENING = SLOTS - 1

export type Late = {
  /** Still open at the end, or returned late. */
  open: boolean
  letter: 'in-time' | 'late' | 'none'
  /** The step that used the time: open ones never leave it, the others leave it after the due date. */
  at: string
}

/** What becomes of one dossier, decided before it is filed. */
export type Plan = {
  n: number
  procedure: string
  caseKey: string
  channel: Channel
  place: string
  /** Number of the made-up person. */
  applicant: number
  day: number
  slot: number
  end: 'granted' | 'denied' | 'refused' | 'withdrawn' | 'unpaid'
  /** Asked once to supplement; `answerAfter` in calendar days, null: never answered. */
  supplement: { answerAfter: number | null } | null
  /** Bodies are asked; `silent`: one of them does not answer. */
  consult: { silent: boolean } | null
  sentBack: 'ReviewResult' | 'SignResult' | null
  /** Login of the officer that it is assigned to; otherwise anybody of the unit. */
  officer: string | null
  /** The step at which it stands at the end of the month, at its n-th visit. */
  parked: { at: string; visit: number } | null
  late: Late | null
  /** Asked to supplement in the last two days of its time. */
  gamed: boolean
  /** Everybody does their part at once. */
  fast: boolean
  /** Originals stay with the dossier and change hands by minutes. */
  kept: boolean
}

const PERMIT = '1.013225'
const BUSINESS = '1.001612'
const BIRTH = '1.001193'
const INVESTMENT = '1.009645'
const RESIDENCE = '1.004222'
const NEWBORN = '2.000986'

/** The officer of the demonstration, and the colleague beside whom the desk fills. */
const OFFICER = 'chuyenvien.x01'
const COLLEAGUE = 'chuyenvien2.x01'

/** A new procedure joins the month here: how often, and how its dossiers go. */
const MIX: Record<string, number> = {
  [BIRTH]: 28,
  [BUSINESS]: 30,
  [PERMIT]: 30,
  [RESIDENCE]: 6,
  [NEWBORN]: 4,
  [INVESTMENT]: 2,
}

const PLACES: Record<string, number> = {
  'T00.X01': 34,
  'T00.X02': 18,
  'T00.X03': 8,
  'T00.X05': 7,
  'T00.X07': 7,
  'T00.X11': 6,
  'T00.X15': 6,
  'T00.X17': 5,
  'T00.X24': 5,
  'T00.X30': 4,
}

/** Fast and slow days: Mondays are full, and one day in the middle hardly anybody comes. */
const dayWeight = (day: number): number => (day === 9 ? 0.3 : ([1.5, 1.1, 1, 0.9, 0.75][day % 5] ?? 1))

const blank = (n: number): Plan => ({
  n,
  procedure: PERMIT,
  caseKey: 'house',
  channel: 'ONLINE',
  place: 'T00.X01',
  applicant: n,
  day: 0,
  slot: 0,
  end: 'granted',
  supplement: null,
  consult: null,
  sentBack: null,
  officer: null,
  parked: null,
  late: null,
  gamed: false,
  fast: false,
  kept: false,
})

type Kind = Partial<Plan>

/** The officer's desk of 40 at the end: fresh work, supplements that came, opinions to sum up, letters to draft. */
const DESK: ((n: number) => Kind)[] = [
  (n) => ({ day: 18 + (n % 5), parked: { at: 'Appraise', visit: 1 } }),
  (n) => ({ day: 18 + (n % 4), parked: { at: 'Appraise', visit: 1 } }),
  (n) => ({ day: 14 + (n % 2), supplement: { answerAfter: 3 }, parked: { at: 'Appraise', visit: 2 } }),
  (n) => ({ day: 17 + (n % 3), parked: { at: 'Appraise', visit: 1 } }),
  (n) => ({
    day: 14 + (n % 3),
    caseKey: 'other',
    consult: { silent: false },
    parked: { at: 'SummariseConsultations', visit: 1 },
  }),
  (n) => ({ day: 20 + (n % 2), parked: { at: 'Appraise', visit: 1 } }),
  (n) => ({
    day: 18 + (n % 2),
    supplement: { answerAfter: null },
    parked: { at: 'DraftSupplement', visit: 1 },
  }),
  (n) => ({ day: 19 + (n % 3), caseKey: 'other', parked: { at: 'Appraise', visit: 1 } }),
  (n) => ({ day: 17 + (n % 2), end: 'denied', parked: { at: 'DraftRefusal', visit: 1 } }),
  (n) => ({ day: 21, slot: n % 2, parked: { at: 'Appraise', visit: 1 } }),
]

/** How the 37 late ones are late: 16 still open and 21 returned; letters in time 20, late 9, none 8. (One more: see ONCE.) */
const LATE: Kind[] = [
  ...spread(9, { open: true, letter: 'in-time' }),
  ...spread(4, { open: true, letter: 'late' }),
  ...spread(3, { open: true, letter: 'none' }),
  ...spread(10, { open: false, letter: 'in-time' }),
  ...spread(5, { open: false, letter: 'late' }),
  ...spread(5, { open: false, letter: 'none' }),
]

function spread(count: number, late: Omit<Late, 'at'>): Kind[] {
  const steps = ['Appraise', 'Appraise', 'SignResult', 'Appraise', 'ReviewResult']
  return Array.from({ length: count }, (_, n): Kind => {
    const at = steps[n % steps.length] ?? 'Appraise'
    // Open: due in the last week. Returned: due long enough before the end.
    const day = late.open ? 9 + (n % 6) : n % 11
    if (n % 4 === 3)
      return { procedure: BUSINESS, caseKey: 'individual', day: day + 4, late: { ...late, at: 'Check' } }
    return { day, late: { ...late, at } }
  })
}

/** One body of the consulted ones keeps silent, and the dossier is late for it; one dossier is gamed; two are never supplemented. */
const ONCE: Kind[] = [
  {
    day: 2,
    caseKey: 'other',
    consult: { silent: true },
    place: 'T00.X02',
    late: { open: false, letter: 'in-time', at: 'SummariseConsultations' },
  },
  { day: 8, gamed: true, supplement: { answerAfter: 1 }, place: 'T00.X02' },
  { day: 0, slot: 0, channel: 'DIRECT', supplement: { answerAfter: null }, fast: true },
]

/** Plans of a month of so many dossiers: what the story needs, and everyday work around it. */
export function plansOf(dice: Dice, dossiers: number): Plan[] {
  const share = Math.min(1, dossiers / 400)
  const desk = Math.round(40 * share)
  const late = takeEvenly(LATE, Math.round(LATE.length * share))
  const special = [
    ...ONCE.map((kind) => ({ ...kind })),
    ...late.map((kind, n) => ({ place: latePlace(kind, n), ...kind })),
    ...Array.from({ length: desk }, (_, n) => ({
      ...(DESK[n % DESK.length]?.(Math.floor(n / DESK.length) + n) ?? {}),
      officer: OFFICER,
    })),
  ].slice(0, dossiers)
  return Array.from({ length: dossiers }, (_, n) => {
    const kind = special[n]
    return kind ? specialPlan(dice, n, dossiers, kind) : everyday(dice, n, dossiers)
  })
}

/** Open ones without a letter stand elsewhere: the demonstration's officer has answered his. */
const latePlace = (kind: Kind, n: number): string =>
  kind.late?.letter === 'none' || n % 3 > 0
    ? (['T00.X02', 'T00.X03', 'T00.X07', 'T00.X15'][n % 4] ?? 'T00.X02')
    : 'T00.X01'

/** So many of a list, from all its parts. */
const takeEvenly = <T>(list: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, n) => list[Math.floor((n * list.length) / count)] as T)

function specialPlan(dice: Dice, n: number, dossiers: number, kind: Kind): Plan {
  const plan = { ...blank(n), slot: dice.between(0, 3, n, 'slot'), ...kind }
  return {
    ...plan,
    officer: plan.officer ?? colleague(plan),
    applicant: applicantOf(dice, n, dossiers, plan.channel),
  }
}

const colleague = (plan: Pick<Plan, 'place' | 'procedure'>): string | null =>
  plan.place === 'T00.X01' && plan.procedure === PERMIT ? COLLEAGUE : null

const applicantOf = (dice: Dice, n: number, dossiers: number, channel: Channel): number =>
  channel === 'ONLINE' ? dice.between(0, citizensOf(dossiers) - 1, n, 'citizen') : citizensOf(dossiers) + n

const ALL_CHANNELS = { ONLINE: 58, DIRECT: 36, POSTAL: 6 }
/** Those that take nothing by post. */
const CHANNELS: Record<string, Record<Channel, number>> = {
  [RESIDENCE]: { ...ALL_CHANNELS, POSTAL: 0 },
  [NEWBORN]: { ...ALL_CHANNELS, POSTAL: 0 },
}

function everyday(dice: Dice, n: number, dossiers: number): Plan {
  const procedure = dice.weighted(MIX, n, 'procedure')
  const plan = { ...blank(n), procedure, place: dice.weighted(PLACES, n, 'place') }
  const day = dayOf(dice, n)
  Object.assign(plan, { day, channel: dice.weighted(CHANNELS[procedure] ?? ALL_CHANNELS, n, 'channel') })
  plan.slot = slotOf(dice, plan)
  Object.assign(plan, EVERYDAY[procedure]?.(dice, plan))
  if (plan.procedure === PERMIT && plan.place === 'T00.X01')
    plan.officer = day < 10 && dice.chance(0.5, n, 'officer') ? OFFICER : COLLEAGUE
  plan.kept = plan.channel !== 'ONLINE' && procedure !== BIRTH && dice.chance(0.25, n, 'kept')
  plan.applicant = applicantOf(dice, n, dossiers, plan.channel)
  return plan
}

/** A filing day by the days' weights; the last one ends early. */
function dayOf(dice: Dice, n: number): number {
  const weights = Object.fromEntries(
    Array.from({ length: DAYS }, (_, day) => [String(day), dayWeight(day) * (day === DAYS - 1 ? 0.5 : 1)]),
  )
  return Number(dice.weighted(weights, n, 'day'))
}

/** On paper during office hours; online in the evening too. */
function slotOf(dice: Dice, { n, day, channel }: Plan): number {
  const last = day === DAYS - 1 ? 2 : EVENING
  const slot = dice.between(0, last, n, 'slot')
  return channel !== 'ONLINE' && slot === EVENING ? 0 : slot
}

const EVERYDAY: Record<string, (dice: Dice, plan: Plan) => Kind> = {
  // A result of the same day: who comes early has it in the afternoon.
  [BIRTH]: (dice, { n, channel, slot }) => ({
    caseKey: dice.chance(0.02, n, 'case') ? 'surrogacy' : 'ordinary',
    slot:
      channel === 'ONLINE' && slot === EVENING
        ? EVENING
        : dice.between(0, channel === 'ONLINE' ? 1 : 2, n, 'morning'),
    end: dice.weighted({ granted: 95, refused: 3, denied: 2 }, n, 'end'),
    supplement: dice.chance(0.03, n, 'supplement') ? { answerAfter: dice.between(1, 4, n, 'answer') } : null,
  }),
  [BUSINESS]: (dice, { n, channel }) => ({
    caseKey: dice.chance(0.2, n, 'case') ? 'family' : 'individual',
    end: dice.weighted(
      { granted: 90, refused: 2, denied: 3, withdrawn: 2, unpaid: channel === 'ONLINE' ? 3 : 0 },
      n,
      'end',
    ),
    supplement: dice.chance(0.08, n, 'supplement') ? { answerAfter: dice.between(1, 6, n, 'answer') } : null,
    sentBack: dice.chance(0.02, n, 'back') ? 'SignResult' : null,
  }),
  [PERMIT]: (dice, { n }) => {
    const caseKey = dice.chance(0.18, n, 'case') ? 'other' : 'house'
    const consult = caseKey === 'other' && dice.chance(0.5, n, 'consult') ? { silent: false } : null
    const asked = !consult && dice.chance(0.15, n, 'supplement')
    const answerAfter = dice.chance(0.12, n, 'never') ? null : dice.between(1, 9, n, 'answer')
    return {
      caseKey,
      consult,
      end: dice.weighted({ granted: 91, refused: 3, denied: 3, withdrawn: 3 }, n, 'end'),
      supplement: asked ? { answerAfter } : null,
      sentBack: consult || asked ? null : backOf(dice, n),
    }
  },
  [RESIDENCE]: (dice, { n, channel }) => {
    const caseKey = dice.chance(0.35, n, 'case') ? 'child' : 'other'
    return {
      caseKey,
      end: dice.weighted(
        {
          granted: 92,
          refused: 3,
          denied: 3,
          withdrawn: 2,
          unpaid: channel === 'ONLINE' && caseKey === 'other' ? 2 : 0,
        },
        n,
        'end',
      ),
      supplement:
        caseKey === 'other' && dice.chance(0.08, n, 'supplement')
          ? { answerAfter: dice.between(1, 5, n, 'answer') }
          : null,
    }
  },
  // Three results from one filing; the last ones are filed early enough to be seen whole.
  [NEWBORN]: (dice, { n, channel, slot }) => ({
    caseKey: dice.chance(0.25, n, 'case') ? 'otherHousehold' : 'sameHousehold',
    slot:
      channel === 'ONLINE' && slot === EVENING
        ? EVENING
        : dice.between(0, channel === 'ONLINE' ? 1 : 2, n, 'morning'),
    end: dice.weighted({ granted: 97, refused: 3 }, n, 'end'),
  }),
  [INVESTMENT]: (dice, { n, day }) => ({
    caseKey: dice.chance(0.2, n, 'case') ? 'secondary' : 'general',
    consult: { silent: false },
    day: Math.min(day, 16),
    supplement: dice.chance(0.15, n, 'supplement') ? { answerAfter: dice.between(2, 8, n, 'answer') } : null,
  }),
}

const backOf = (dice: Dice, n: number): Plan['sentBack'] =>
  dice.chance(0.05, n, 'back') ? (dice.chance(0.6, n, 'who') ? 'ReviewResult' : 'SignResult') : null
