/**
 * The shape of a procedure's data files (processes/<code>-<slug>/procedure.json, eform.json) and of the shared
 * processes' data files. What stands here is what a jurist or analyst may write without touching TypeScript.
 */
import { z } from 'zod'
import { resultTemplate } from './result-template.ts'

/** A text in Vietnamese, with English where somebody has written it. */
export const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1).optional() })

/** A length of time as law texts give it. `same-day` carries no value of its own. */
export const limit = z.strictObject({
  value: z.number().nonnegative(),
  unit: z.enum(['working-day', 'working-hour', 'calendar-day', 'same-day']),
  /** For limits in days: what is received after this time of day counts as received on the next working day. */
  cutoff: z
    .strictObject({ at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), source: z.string().min(1) })
    .optional(),
})

/**
 * A limit of two appointments (mode EXCLUDED-STAGE): the second is counted from the end of the stage that is left out,
 * such as the proof of payment (QĐ 138/2025/QĐ-UBND of Đồng Tháp: 8 working days are 5 + 3).
 */
const split = z.strictObject({ first: limit, second: limit })

/** Where a figure comes from. What nobody has read at source is `verified: false` and shown as such. */
export const basis = z.strictObject({
  text: z.string().min(1),
  source: z.string().min(1),
  verified: z.boolean(),
})

const channel = z.enum(['ONLINE', 'DIRECT', 'POSTAL'])

/** Promises: what the transaction of an act must keep (src/tasks/promises.ts); an unknown name is an error at load. */
export const promise = z.enum([
  'clock.start',
  'clock.finish',
  'letter.receipt',
  'letter.refusal',
  'assign.person',
  'supplement.draft',
  'supplement.approve',
  'supplement.send',
  'supplement.receive',
  'consultation.draft',
  'consultation.summary',
  'consultation.answer',
  'register.enter',
  'group.notice',
  'result.draft',
  'result.initial',
  'result.sign',
  'result.number',
  'result.return',
  'apology.draft',
  'apology.in-time',
  'apology.initial',
  'apology.sign',
  'apology.number',
  'apology.send',
  'stop.confirm',
  'stop.reject',
  'send-back',
])

/** The panels a task can show; one per form. */
export const formName = z.enum([
  'reception',
  'assign',
  'appraise',
  'consultation-approve',
  'consultation-summary',
  'supplement-draft',
  'supplement-approve',
  'supplement-send',
  'supplement-receive',
  'refusal-draft',
  'register',
  'group-notice',
  'result-review',
  'result-sign',
  'result-number',
  'result-return',
  'proposal-number',
  'consultation-answer',
  'apology-draft',
  'apology-initial',
  'apology-sign',
  'apology-number',
  'apology-send',
  'stop-check',
])

const outcome = z.strictObject({
  label: text,
  promises: z.array(promise),
  needsReason: z.boolean().default(false),
})

/** A native user task of the diagram: who does it, on which panel, and what each answer promises. */
export const step = z.strictObject({
  name: text,
  role: z.enum(['clerk', 'one-stop-head', 'officer', 'unit-head', 'leader', 'clerical']),
  /**
   * Whose people get it: a unit of the agency, the body the subject names (a consulted agency), or whoever
   * holds the dossier at that moment.
   */
  unit: z.enum(['one-stop', 'specialist', 'leadership', 'clerical', 'subject', 'holder']),
  /**
   * Whose leadership or clerical unit: of the agency that prepares the decision (where the specialists are), or of the
   * one that takes it. The same agency unless the procedure says otherwise (`deciding`).
   */
  agency: z.enum(['lead', 'deciding']).default('lead'),
  form: formName,
  /** The step whose person gets this one too. */
  sameAs: z.string().optional(),
  /** Steps of earlier versions that went into this one, by their ids: told as merged, not as left out. */
  mergedFrom: z.array(z.string().min(1)).min(1).optional(),
  outcomes: z.record(z.string(), outcome),
  /** Outcomes that no person can choose: an alarm of the clock completes the task with them (silence). */
  clockOutcomes: z.array(z.string()).default([]),
})

/** An await.* service task: no worker takes it, an act or an alarm settles it with an outcome. */
export const wait = z.strictObject({
  name: text,
  type: z.string().regex(/^await\.[a-z-]+$/),
  holder: z.enum(['applicant', 'officer', 'agency']),
  outcomes: z.array(z.string()).min(1),
})

const stepsAndWaits = {
  steps: z.record(z.string(), step),
  waits: z.record(z.string(), wait).default({}),
}

const paper = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z]*$/),
  name: text,
  original: z.int().nonnegative(),
  copies: z.int().nonnegative(),
  /** null: never required, handed in where it applies. */
  requiredFor: z
    .strictObject({ cases: z.array(z.string()).min(1), channels: z.array(channel).min(1) })
    .nullable(),
  presentOnly: z.boolean(),
  /** The State holds these data: the paper may be replaced by a look-up where the text allows it. */
  reusableData: z.boolean(),
  /** Nobody hands it in: the answer of this exchange stands in its place, by the text that allows it. */
  lookUp: z.strictObject({ exchange: z.string(), basis }).optional(),
  accept: z.array(z.string()).min(1),
  maxBytes: z.int().positive(),
  note: text.optional(),
})

const supplementRound = z.strictObject({
  stage: z.enum(['notice', 'guidance']),
  max: z.int().positive(),
  within: limit,
  basis,
})

/**
 * A date inside the limit that the law sets for a phase: `limit` counts from receipt or from the end of a step, and the
 * phase's work up to the step `until` must be done by then; done later, it leaves a finding.
 */
const milestone = z.strictObject({ limit, from: z.string(), until: z.string(), basis })

/** What filing one way costs in one case; `case` absent: in every case that no other row names. */
const fee = z.strictObject({
  channel,
  case: z.string().optional(),
  /** VND. */
  amount: z.int().positive().max(1_000_000_000),
  basis,
})

/** A body that is always asked; `place` stands for the commune that the dossier is about (`place.KT`: its unit). */
const fixedBody = z.strictObject({ agency: z.string(), unit: z.string(), question: text })

/** Another commune, which the officer names; `fields` are those of the form that say which one it may be. */
const namedBody = z.strictObject({
  named: z.literal('commune'),
  /** Its unit that answers, behind the commune's code: `VP`. */
  unit: z.string(),
  question: text,
  fields: z.array(z.string()).default([]),
})

/**
 * The applicant confirms what will be written before it is; silence counts as agreement. `clock`: whether the dossier's
 * time runs meanwhile (STOPS: this time is taken out of the count).
 */
const confirmation = z.strictObject({
  limit,
  onSilence: z.literal('AGREE'),
  channels: z.array(channel).min(1),
  clock: z.enum(['RUNS', 'STOPS']).default('RUNS'),
  basis,
  clockBasis: basis,
})

/** A question to another system, asked by the service task whose id is its key, answered at the await.exchange `wait`. */
const exchange = z.strictObject({
  system: z.enum(['tax', 'population', 'land']),
  wait: z.string(),
  /** Name in the request → field of the form, or `applicant.name` / `applicant.identityNo`. */
  fields: z.record(z.string().regex(/^[a-z][a-zA-Z]*$/), z.string().min(1)),
  /** What of the answer is kept and shown, with its label, in reading order. */
  answers: z.record(z.string().regex(/^[a-z][a-zA-Z]*$/), text),
  /** Whether the dossier's time runs until the answer. STOPS: the stage is another body's and taken out of the count. */
  clock: z.enum(['RUNS', 'STOPS']).default('RUNS'),
  /** The text that takes it out. */
  clockBasis: basis.optional(),
})

/** A procedure's code, or that of a part of a group that the catalogue gives no code of its own (`2.000986-BHYT`). */
const code = z.string().regex(/^\d\.\d{6}(-[A-Z0-9]+)?$/)

/** Where a field of a part's form comes from: the group's form, a fixed word, or what a system told an earlier part. */
const partField = z.union([
  z.strictObject({ field: z.string() }),
  z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({ part: z.string(), exchange: z.string(), answer: z.string() }),
])

/**
 * A part of a group (thủ tục liên thông): a dossier of its own under the procedure named here, opened by the service
 * task `open` (children.open) and awaited at `wait` (await.children). Which agency handles it is for the routing table of its own procedure to say.
 */
const part = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z]*$/),
  procedure: code,
  /** What it is called within the group, and who does it: for the receipt, before there is a dossier. */
  name: text,
  agency: text,
  open: z.string(),
  wait: z.string(),
  /** Parts that must have been granted before. */
  after: z.array(z.string()).default([]),
  /** Field of the part's form → where its value comes from. What has no value there is left out. */
  fields: z.record(z.string(), partField),
  /** Paper of the part → paper of the group whose files it gets. */
  papers: z.record(z.string(), z.string()).default({}),
  /** What the group's text allows for it, in place of its own procedure's limit; null: that one holds. */
  limit: z.strictObject({ legal: limit, withVerification: limit.nullable(), basis }).nullable(),
})

const parentFact = z.enum(['name', 'born', 'ethnicity', 'nationality', 'residence'])
/** Fields of the form that say whom the result is granted to; without them, or unanswered, it is the applicant. */
const holder = z
  .strictObject({ name: z.string(), identifier: z.string().optional(), address: z.string().optional() })
  .optional()

const shape = z.strictObject({
  code,
  name: text,
  field: text,
  level: z.enum(['province', 'department', 'commune']),
  /** Whose one-stop receives it: the place's own, or that of the province the place lies in. */
  counter: z.enum(['place', 'province']).default('place'),
  /** Who takes the decision: the agency that routing names, or the one at whose counter it was filed. */
  deciding: z.enum(['lead', 'counter']).default('lead'),
  sample: z.boolean(),
  /** Approval of the internal process by the Chairman (TT 01/2018 art. 8). */
  decision: z.strictObject({
    number: z.string(),
    date: z.iso.date(),
    signer: z.string(),
    sample: z.boolean(),
    verified: z.boolean(),
  }),
  catalogue: z.strictObject({
    decision: z.string(),
    source: z.url(),
    verified: z.boolean(),
    agency: text,
    fee: text,
    results: z.array(text).min(1),
    notes: z.array(text).default([]),
  }),
  channels: z.array(channel).min(1),
  /** Tried in order; `when: null` is "every other". */
  cases: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z][a-zA-Z]*$/),
        name: text,
        when: z
          .strictObject({ field: z.string(), equals: z.union([z.string(), z.number(), z.boolean()]) })
          .nullable(),
      }),
    )
    .min(1),
  limits: z
    .array(
      z.strictObject({
        case: z.string(),
        legal: z.strictObject({ ...limit.shape, split: split.optional() }),
        committed: z.strictObject({
          ...limit.shape,
          split: split.optional(),
          decision: z.string().nullable(),
        }),
        /** The limit when something has to be verified first, where the text gives one. */
        withVerification: limit.optional(),
        basis,
      }),
    )
    .min(1),
  clockMode: z.strictObject({ mode: z.enum(['RESTART', 'PAUSE', 'EXCLUDED-STAGE']), basis }),
  reception: z.strictObject({
    limit,
    basis,
    rules: z.array(z.enum(['handOver', 'sameDayResult', 'onlineFiled'])),
  }),
  supplement: z.strictObject({
    rounds: z.array(supplementRound).min(1),
    /** Within what the last answer may be followed by a refusal; later, it leaves a finding. */
    refusalWithin: limit,
    wait: z.strictObject({ limit, basis }),
  }),
  consultation: z
    .strictObject({
      limit,
      onSilence: z.enum(['REPORT', 'CONSENT']),
      basis,
      bodies: z.array(z.union([fixedBody, namedBody])).min(1),
    })
    .nullable(),
  confirmation: confirmation.nullable().default(null),
  /** How the granted result is written from the filed form; which fields of the form stand where. */
  result: z
    .discriminatedUnion('template', [
      z.strictObject({ template: z.literal('grant'), holder }),
      z.strictObject({
        template: z.literal('permit'),
        holder,
        work: z.partialRecord(
          z.enum(['name', 'grade', 'design', 'location', 'plot', 'landPapers']),
          z.array(z.string()),
        ),
        specifications: z.array(z.string()).min(1),
        validity: z.string().min(1),
        conditions: z.array(z.string()).default([]),
      }),
      z.strictObject({
        template: z.literal('birth'),
        /** Which fields of the form stand where; several are written one after the other. */
        child: z.partialRecord(
          z.enum(['name', 'bornOn', 'sex', 'ethnicity', 'nationality', 'birthplace', 'hometown']),
          z.array(z.string()),
        ),
        mother: z.partialRecord(parentFact, z.array(z.string())),
        father: z.partialRecord(parentFact, z.array(z.string())),
        declarant: z.partialRecord(z.enum(['name', 'identityNo', 'relation']), z.array(z.string())),
        /** Where the personal number comes from: the answer of an exchange, and its name in it. */
        personalNumber: z.strictObject({ exchange: z.string(), answer: z.string() }),
      }),
    ])
    .default({ template: 'grant' }),
  /** Phí, lệ phí. What no row names costs nothing. */
  fees: z.array(fee).default([]),
  /** How long an unpaid fee is waited for before the dossier is closed. Null: there is no fee. */
  payment: z.strictObject({ limit, basis }).nullable().default(null),
  exchanges: z.record(z.string(), exchange).default({}),
  /** Of a group: the procedures that one filing sets going. */
  children: z.array(part).default([]),
  /** Templates an officer chooses among (results/*.json of the folder); `result` is what is written without one. */
  resultTemplates: z.array(resultTemplate).default([]),
  /** Words for form 02 that come with the procedure; an agency keeps its own beside them. */
  phrases: z
    .array(
      z.strictObject({
        paperKey: z.string().optional(),
        text: z.string().min(1).max(2000),
        reason: z.string().min(1).max(2000),
        basis: z.string().max(500).default(''),
      }),
    )
    .default([]),
  /** Who signs letters of apology and their like: the agency's leadership, or the head of the unit in charge (TL., TUQ.). */
  apology: z.strictObject({ signer: z.enum(['leader', 'unit-head']) }),
  /** Who signs the result: the role of the steps that promise it. */
  signer: z.strictObject({ role: z.enum(['leader']) }),
  papers: z.array(paper),
  /**
   * Time allotted to the steps and waits of the happy path, in its order, by case. What is left of the limit is the lead agency's
   * reserve ("dự phòng"), which the detours (consultation, supplement, send-back) use.
   */
  allotments: z.record(z.string(), z.record(z.string(), limit)),
  ...stepsAndWaits,
  phases: z
    .array(
      z.strictObject({ name: text, elements: z.array(z.string()).min(1), milestone: milestone.optional() }),
    )
    .default([]),
})

/** The fields one by one, for answers that show a part of them. */
export const definitionParts = shape.shape

/** A fault that the shape alone cannot show: its rule, where it is, and what is wrong, in both languages. */
export type Issue = { rule: string; path: PropertyKey[]; message: string; vi: string }

const HOURS_A_DAY = 8
const workingHours = ({ unit, value }: z.infer<typeof limit>) => {
  if (unit === 'working-hour') return value
  return (unit === 'same-day' ? 1 : value) * HOURS_A_DAY
}

/** A wait for parts ends with one of these sets: whatever came of them, or asked whether any was granted. */
const WAIT_FOR_PARTS = [['all-finished'], ['results', 'no-result']]

/** The parts of a group among themselves, and with the waits that they end. */
function groupChecks({ children, waits }: z.infer<typeof shape>): Issue[] {
  const issues: Issue[] = []
  children.forEach((each, n) => {
    const say = (field: string, message: string, vi: string) =>
      issues.push({ rule: 'parts-fit', path: ['children', n, field], message, vi })
    if (children.findIndex((other) => other.key === each.key) !== n)
      say('key', `"${each.key}" is there twice`, `Thủ tục thành phần "${each.key}" có hai lần.`)
    if (waits[each.wait]?.type !== 'await.children')
      say(
        'wait',
        `"${each.wait}" is no wait of type await.children`,
        `"${each.wait}" không phải bước chờ loại await.children.`,
      )
    for (const key of each.after) {
      const earlier = children.slice(0, n).find((other) => other.key === key)
      if (!earlier)
        say(
          'after',
          `"${key}" is no part that stands before this one`,
          `"${key}" không phải thủ tục thành phần đứng trước.`,
        )
      else if (earlier.wait === each.wait)
        say(
          'after',
          `"${key}" is awaited together with this one`,
          `"${key}" được chờ cùng một lúc với thủ tục này nên không thể xong trước.`,
        )
    }
    for (const [name, from] of Object.entries(each.fields))
      if ('part' in from && !each.after.includes(from.part))
        say(
          'fields',
          `"${name}" comes from "${from.part}", which is not in "after"`,
          `Trường "${name}" lấy từ "${from.part}" nhưng "${from.part}" không có trong "after".`,
        )
  })
  for (const [id, each] of Object.entries(waits)) {
    if (each.type !== 'await.children') continue
    if (!children.some(({ wait }) => wait === id))
      issues.push({
        rule: 'parts-fit',
        path: ['waits', id],
        message: 'no part of "children" is awaited here',
        vi: `Bước chờ "${id}" không chờ thủ tục thành phần nào.`,
      })
    if (!WAIT_FOR_PARTS.some((set) => set.join() === each.outcomes.join()))
      issues.push({
        rule: 'parts-fit',
        path: ['waits', id, 'outcomes'],
        message: 'must be all-finished, or results and no-result',
        vi: `Kết quả của bước chờ "${id}" phải là all-finished, hoặc results và no-result.`,
      })
  }
  return issues
}

/** Stages left out of the count, and the two appointments that they part. */
function excludedChecks({ clockMode, exchanges, limits }: z.infer<typeof shape>): Issue[] {
  const issues: Issue[] = []
  const stops = Object.entries(exchanges).filter(([, each]) => each.clock === 'STOPS')
  for (const [id, each] of stops)
    if (clockMode.mode !== 'EXCLUDED-STAGE' || !each.clockBasis)
      issues.push({
        rule: 'stage-left-out',
        path: ['exchanges', id, 'clock'],
        message: 'STOPS needs the clock mode EXCLUDED-STAGE and a "clockBasis"',
        vi: 'Dừng đồng hồ (STOPS) cần cách tính EXCLUDED-STAGE và căn cứ "clockBasis".',
      })
  limits.forEach((row, n) => {
    for (const name of ['legal', 'committed'] as const) {
      const { split: parts, unit, value } = row[name]
      if (!parts) continue
      const path = ['limits', n, name, 'split']
      if (stops.length === 0)
        issues.push({
          rule: 'stage-left-out',
          path,
          message: 'two appointments need a stage that is left out (an exchange with clock STOPS)',
          vi: 'Hai lần hẹn cần một giai đoạn không tính thời gian ở giữa (một lần hỏi hệ thống có clock STOPS).',
        })
      const same = parts.first.unit === unit && parts.second.unit === unit
      if (!same || parts.first.value + parts.second.value !== value)
        issues.push({
          rule: 'stage-left-out',
          path,
          message: 'the two appointments must add up to the limit, in its unit',
          vi: 'Hai lần hẹn phải cộng lại đúng thời hạn, cùng đơn vị.',
        })
    }
  })
  return issues
}

/** So many of the names that there are stand in a message: every wrong name has one. */
const MOST_NAMED = 40

/** What the shape alone cannot say: names that point to other names, and sums that must fit. */
const crossChecks = (definition: z.infer<typeof shape>): Issue[] => {
  const issues: Issue[] = []
  const cases = definition.cases.map((each) => each.key)
  const unknown = (path: PropertyKey[], name: string, among: string[]) => {
    if (among.includes(name)) return
    const some = `${among.slice(0, MOST_NAMED).join(', ')}${among.length > MOST_NAMED ? ', …' : ''}`
    issues.push({
      rule: 'name-known',
      path,
      message: `"${name}" is none of: ${some}`,
      vi: `Không có "${name}"; chỉ có: ${some || 'chưa khai gì'}.`,
    })
  }
  const say = (rule: string, path: PropertyKey[], message: string, vi: string) =>
    issues.push({ rule, path, message, vi })
  for (const key of cases) {
    const found = definition.limits.filter((each) => each.case === key).length
    if (found !== 1)
      say(
        'limit-per-case',
        ['limits'],
        `case "${key}" needs one limit and has ${found}`,
        `Trường hợp "${key}" phải có đúng một thời hạn, hiện có ${found}.`,
      )
  }
  definition.limits.forEach(({ case: key, legal, committed }, n) => {
    unknown(['limits', n, 'case'], key, cases)
    if (legal.unit === committed.unit && committed.value > legal.value)
      say(
        'committed-within-legal',
        ['limits', n, 'committed'],
        'longer than the legal limit',
        `Thời hạn cam kết (${committed.value}) dài hơn thời hạn pháp luật (${legal.value}).`,
      )
  })
  if (definition.cases.at(-1)?.when !== null)
    say(
      'case-for-all',
      ['cases'],
      'the last case must apply to every other dossier (when: null)',
      'Trường hợp cuối phải áp dụng cho mọi hồ sơ còn lại (không kèm điều kiện).',
    )
  definition.papers.forEach((each, n) => {
    for (const key of each.requiredFor?.cases ?? [])
      unknown(['papers', n, 'requiredFor', 'cases'], key, cases)
    if (definition.papers.findIndex((other) => other.key === each.key) !== n)
      say(
        'paper-once',
        ['papers', n, 'key'],
        `"${each.key}" is there twice`,
        `Giấy tờ "${each.key}" có hai lần.`,
      )
    if (!each.lookUp) return
    unknown(['papers', n, 'lookUp', 'exchange'], each.lookUp.exchange, Object.keys(definition.exchanges))
    if (each.requiredFor || each.presentOnly)
      say(
        'paper-looked-up',
        ['papers', n, 'lookUp'],
        'is looked up by the agency: it can neither be required of nor shown by the applicant',
        `Giấy tờ “${each.name.vi}” do cơ quan tra cứu thì không bắt người dân nộp hay xuất trình nữa.`,
      )
  })
  definition.fees.forEach((each, n) => {
    if (each.case !== undefined) unknown(['fees', n, 'case'], each.case, cases)
    unknown(['fees', n, 'channel'], each.channel, definition.channels)
    const twin = definition.fees.findIndex((one) => one.channel === each.channel && one.case === each.case)
    if (twin !== n)
      say(
        'fee-once',
        ['fees', n],
        'this channel and case are there twice',
        'Kênh nộp và trường hợp này đã có một mức phí khác.',
      )
  })
  const waitTypes = Object.values(definition.waits).map((each) => each.type)
  if (definition.fees.length > 0 && (!definition.payment || !waitTypes.includes('await.payment')))
    say(
      'payment-limit',
      ['payment'],
      'a procedure with fees needs "payment" and a wait of type await.payment',
      'Thủ tục có phí thì phải có hạn nộp tiền và bước chờ loại await.payment.',
    )
  const answers = Object.entries(definition.waits)
    .filter(([, each]) => each.type === 'await.exchange')
    .map(([id]) => id)
  for (const [id, each] of Object.entries(definition.exchanges))
    unknown(['exchanges', id, 'wait'], each.wait, answers)
  if (waitTypes.includes('await.confirmation') !== (definition.confirmation !== null))
    say(
      'confirmation-limit',
      ['confirmation'],
      '"confirmation" and a wait of type await.confirmation need each other',
      'Quy định về xác nhận và bước chờ loại await.confirmation phải có cùng nhau.',
    )
  issues.push(...groupChecks(definition), ...excludedChecks(definition))
  if (definition.result.template === 'birth')
    unknown(
      ['result', 'personalNumber', 'exchange'],
      definition.result.personalNumber.exchange,
      Object.keys(definition.exchanges),
    )
  const sameDay = definition.limits.some(({ committed }) => committed.unit === 'same-day')
  if (sameDay !== definition.reception.rules.includes('sameDayResult'))
    say(
      'same-day-rule',
      ['reception', 'rules'],
      'a same-day limit and the rule "sameDayResult" (15:00) need each other',
      'Thời hạn trả trong ngày và quy tắc “nhận sau 15:00 trả ngày hôm sau” (sameDayResult) phải có cùng nhau.',
    )
  definition.phrases.forEach(({ paperKey }, n) => {
    const keys = [...definition.papers.map((each) => each.key), 'eform']
    if (paperKey !== undefined) unknown(['phrases', n, 'paperKey'], paperKey, keys)
  })
  const elements = [...Object.keys(definition.steps), ...Object.keys(definition.waits)]
  const isOurs = (id: string) => definition.waits[id]?.holder !== 'applicant'
  const ours = elements.filter(isOurs)
  for (const [key, steps] of Object.entries(definition.allotments)) {
    unknown(['allotments', key], key, cases)
    // Time in which the applicant is waited for does not count, so nothing is allotted to it.
    for (const id of Object.keys(steps)) unknown(['allotments', key, id], id, ours)
    const limitOfCase = definition.limits.find((each) => each.case === key)?.committed
    const sum = Object.values(steps).reduce((total, each) => total + workingHours(each), 0)
    const byDays = limitOfCase?.unit === 'working-day' || limitOfCase?.unit === 'same-day'
    if (byDays && sum > workingHours(limitOfCase))
      say(
        'allotments-fit',
        ['allotments', key],
        `steps take ${sum} working hours, the limit is ${workingHours(limitOfCase)}`,
        `Các bước của trường hợp “${definition.cases.find((each) => each.key === key)?.name.vi ?? key}” cộng lại ${sum} giờ làm việc, thời hạn cam kết chỉ có ${workingHours(limitOfCase)} giờ.`,
      )
  }
  for (const [id, each] of Object.entries(definition.steps))
    if (each.sameAs) unknown(['steps', id, 'sameAs'], each.sameAs, Object.keys(definition.steps))
  for (const [id, each] of Object.entries(definition.steps))
    if (
      each.role !== definition.signer.role &&
      Object.values(each.outcomes).some(({ promises }) => promises.includes('result.sign'))
    )
      say(
        'signer-is-role',
        ['steps', id, 'role'],
        `signs the result: signer.role says ${definition.signer.role}`,
        `Bước "${id}" ký kết quả nên vai trò phải là ${definition.signer.role}, hiện là ${each.role}.`,
      )
  definition.phases.forEach((phase, n) => {
    for (const id of phase.elements) unknown(['phases', n, 'elements'], id, elements)
    if (phase.milestone) {
      unknown(['phases', n, 'milestone', 'from'], phase.milestone.from, ['received', ...elements])
      unknown(['phases', n, 'milestone', 'until'], phase.milestone.until, elements)
    }
  })
  return issues
}

export const procedureDefinition = shape.superRefine((definition, context) => {
  for (const { path, message, rule, vi } of crossChecks(definition))
    context.addIssue({ code: 'custom', path, message, params: { rule, vi } })
})

/** Data of a shared process: its steps, in the same form as a procedure's. */
export const sharedDefinition = z.strictObject({
  name: z.enum(['deadline-watch', 'consultation', 'apology', 'stop']),
  title: text,
  ...stepsAndWaits,
})

/** An electronic form: JSON Schema (draft 07) with Vietnamese titles, rjsf's uiSchema, and groups in reading order. */
export const eform = z.strictObject({
  schema: z.looseObject({
    $schema: z.literal('http://json-schema.org/draft-07/schema#'),
    type: z.literal('object'),
    properties: z.record(z.string(), z.looseObject({ title: z.string().min(1) })),
    required: z.array(z.string()).default([]),
  }),
  /** uiSchema; English in `ui:options`: titleEn, descriptionEn, choicesEn (by value). */
  ui: z.record(z.string(), z.unknown()),
  groups: z
    .array(z.strictObject({ key: z.string(), title: text, fields: z.array(z.string()).min(1) }))
    .min(1),
})

/** An example dossier that runs as a test: the outcome of each visit of a step or wait, and where it must end. */
export const exampleCase = z.strictObject({
  name: text,
  case: z.string(),
  channel,
  place: z.string(),
  formData: z.record(z.string(), z.unknown()),
  papers: z.array(z.string()),
  /** The form as the applicant mends it, with the supplement or when asked to confirm it. */
  amended: z.record(z.string(), z.unknown()).optional(),
  /** In the order the token visits them. Service tasks with a worker need no line. */
  walk: z.array(z.strictObject({ element: z.string(), outcome: z.string() })).min(1),
  ends: z.string(),
  /** Of a group: the walk of each part that is opened, and what becomes of its dossier. */
  children: z
    .record(
      z.string(),
      z.strictObject({ walk: z.array(z.strictObject({ element: z.string(), outcome: z.string() })) }),
    )
    .optional(),
})

export type PromiseName = z.infer<typeof promise>
export type FormName = z.infer<typeof formName>
export type Step = z.infer<typeof step>
export type Wait = z.infer<typeof wait>
export type Paper = z.infer<typeof paper>
export type Basis = z.infer<typeof basis>
export type Fee = z.infer<typeof fee>
export type NamedBody = z.infer<typeof namedBody>
export type FixedBody = z.infer<typeof fixedBody>
export type Part = z.infer<typeof part>
export type ExchangeRule = z.infer<typeof exchange>
export type ProcedureDefinition = z.infer<typeof procedureDefinition>
export type SharedDefinition = z.infer<typeof sharedDefinition>
export type Eform = z.infer<typeof eform>
export type ExampleCase = z.infer<typeof exampleCase>
export type Channel = z.infer<typeof channel>
