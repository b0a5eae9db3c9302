import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, type LegalDay } from '../../src/calendar/day.ts'
import { formatDay, formatLegal } from '../../src/calendar/format.ts'
import { atLegal, legalDay } from '../../src/clock.ts'
import { storyCalendar, storyMonday } from './calendar.ts'
import { type Json, Refused, until } from './client.ts'
import type { Desk } from './desk.ts'

type Stage = { url: string; desk: Desk; letters: string; samples: string; say(line: string): void }

/** Role names of the story; accounts of the fictitious organisation. */
const CITIZEN = 'congdan'
const CLERK = 'motcua.x01'
const HEAD_OF_UNIT = 'truongphong.x01'
const OFFICER = 'chuyenvien.x01'
const CHAIRMAN = 'chutich.x01'
const DEPUTY = 'phochutich.x01'
const CLERICAL = 'vanthu.x01'
const ADMIN = 'quantri'

class Untruth extends Error {}

function mustBe(what: string, is: unknown, should: unknown): void {
  if (JSON.stringify(is) !== JSON.stringify(should))
    throw new Untruth(`${what}: ${JSON.stringify(is)}, but it should be ${JSON.stringify(should)}`)
}

/** The instant as the API writes it, to the minute, for comparing with computed dates. */
const minute = (iso: string | null) => (iso === null ? null : new Date(iso).toISOString().slice(0, 16))

/**
 * The story: a works permit, received on a Monday; form 02 on Thursday, complete on Tuesday, so due on the Tuesday two
 * weeks later, an undecided holiday; consultation the day after, its silence too late; the apology signed KT. by the deputy
 * on the Monday, because the head is away, with one new date on Friday, a second refused; the result returned on Thursday.
 * Dates are asserted against the calendar.
 */
export async function playStory(stage: Stage): Promise<number> {
  const { desk, say } = stage
  const admin = await desk.as(ADMIN)
  const calendar = storyCalendar()
  let steps = 0
  const step = (text: string) => {
    steps++
    say(`${String(steps).padStart(2)}. ${text}`)
  }
  const goTo = async (day: LegalDay, time: string) => {
    await admin.post('/api/admin/clock/advance', { to: atLegal(day, time).toISOString() })
    say(`    — ${formatLegal(atLegal(day, time), 'vi')}`)
  }
  const { now } = await admin.get('/api/admin/clock')
  const monday = storyMonday(legalDay(new Date(now)))
  const day = (n: number) => addDays(monday, n)
  const undecided = day(22)

  await admin.put('/api/admin/calendar/days', {
    date: undecided,
    kind: 'undecided',
    name: { vi: 'Ngày nghỉ chưa quyết định (minh họa)', en: 'Day off not decided (sample)' },
    source: 'Kịch bản trình diễn',
    reason: 'Kịch bản trình diễn',
  })
  step(`Quản trị đánh dấu ${undecided} là ngày chưa quyết định nghỉ`)

  await goTo(monday, '08:05')
  const citizen = await desk.as(CITIZEN)
  const example = JSON.parse(
    readFileSync(
      new URL(
        '../../processes/1.013225-cap-giay-phep-xay-dung-moi/cases/03-other-consulted-silence.json',
        import.meta.url,
      ),
      'utf8',
    ),
  ) as { formData: Json; papers: string[]; place: string }
  const papers = []
  for (const paperKey of example.papers) {
    const { id } = await citizen.upload(
      `${paperKey}.pdf`,
      'application/pdf',
      readFileSync(join(stage.samples, 'paper.pdf')),
    )
    papers.push({ paperKey, uploadId: id })
  }
  const filed = await citizen.post('/api/dossiers', {
    procedureCode: '1.013225',
    place: example.place,
    formData: example.formData,
    papers,
  })
  const id: string = filed.id
  const page = () => citizen.get(`/api/dossiers/${id}`)
  mustBe('a filed dossier has no due date', (await page()).dueAt, null)
  step(`Người dân nộp hồ sơ ${filed.code}: có xác nhận, chưa có ngày hẹn`)
  mustBe(
    'the public look-up shows code and completion only',
    Object.keys(await citizen.get(`/api/track/${filed.code}`)),
    ['code', 'completion'],
  )

  await desk.task(CLERK, id, 'reception')
  await goTo(monday, '09:10')
  await desk.decide(CLERK, id, 'reception', 'received')
  const firstDue = calendar.closeOfWork(calendar.addWorkingDays(monday, 10))
  mustBe('due after 10 working days', minute((await page()).dueAt), firstDue.toISOString().slice(0, 16))
  step(`Một cửa tiếp nhận, giấy hẹn ${formatLegal(firstDue, 'vi')}`)

  await desk.task(HEAD_OF_UNIT, id, 'assign')
  await goTo(monday, '10:00')
  const officer = await desk.as(OFFICER)
  const { person } = await officer.get('/api/session')
  await desk.decide(HEAD_OF_UNIT, id, 'assign', 'assigned', { personId: person.id })
  step('Trưởng phòng phân công chuyên viên')

  await desk.task(OFFICER, id, 'appraise')
  await goTo(day(2), '15:00')
  await desk.decide(OFFICER, id, 'appraise', 'supplement', {
    note: 'Thiếu bản vẽ mặt bằng',
    reason: 'Thiếu bản vẽ mặt bằng',
  })
  await desk.decide(OFFICER, id, 'supplement-draft', 'drafted', {
    items: [
      { paperKey: 'drawings', text: 'Bản vẽ mặt bằng định vị', reason: 'Bản vẽ đã nộp thiếu khoảng lùi' },
    ],
  })
  await desk.decide(HEAD_OF_UNIT, id, 'supplement-approve', 'approved')
  await desk.task(CLERK, id, 'supplement-send')
  await goTo(day(3), '09:00')
  await desk.decide(CLERK, id, 'supplement-send', 'sent')
  await until(
    'the dossier to wait for its applicant',
    async () => (await page()).state === 'waiting-supplement',
  )
  const stopped = (await page()).clock
  mustBe(
    'sending form 02 stops the clock',
    minute(stopped.stoppedAt),
    atLegal(day(3), '09:00').toISOString().slice(0, 16),
  )
  step('Gửi phiếu bổ sung (mẫu 02): đồng hồ dừng')

  await goTo(day(7), '20:00')
  const drawing = await citizen.upload(
    'mat-bang.pdf',
    'application/pdf',
    readFileSync(join(stage.samples, 'paper.pdf')),
  )
  await citizen.post(`/api/dossiers/${id}/supplement`, {
    papers: [{ paperKey: 'drawings', uploadId: drawing.id }],
  })
  step('Người dân bổ sung trực tuyến buổi tối')

  await desk.task(CLERK, id, 'supplement-receive')
  await goTo(day(8), '08:30')
  await desk.decide(CLERK, id, 'supplement-receive', 'received')
  const due = calendar.closeOfWork(calendar.addWorkingDays(day(8), 10))
  mustBe('the due date falls on the undecided day', legalDay(due), undecided)
  const restarted = await until('the second round', async () => {
    const now = await page()
    return now.clock?.round === 2 ? now : undefined
  })
  mustBe(
    'counted anew: 10 working days from receiving the supplement',
    minute(restarted.dueAt),
    due.toISOString().slice(0, 16),
  )
  mustBe(
    'the undecided day is a warning on the date',
    restarted.clock.proof.warnings.map((one: Json) => one.day),
    [undecided],
  )
  step(`Đủ hồ sơ: giấy hẹn mới ${formatLegal(due, 'vi')}, có cảnh báo ngày chưa quyết định`)

  await desk.task(OFFICER, id, 'appraise')
  await goTo(day(9), '09:00')
  const asked = await desk.task(OFFICER, id, 'appraise')
  const bodies = (await officer.get(`/api/tasks/${asked.id}`)).consultBodies
  mustBe(
    'the panel announces that silence comes too late',
    bodies.every((body: Json) => body.conflictsWithDue),
    true,
  )
  const silence = atLegal(day(22), '00:00')
  mustBe('12 calendar days from sending', minute(bodies[0].silenceAt), silence.toISOString().slice(0, 16))
  await desk.decide(OFFICER, id, 'appraise', 'consult', {
    consult: bodies.map((body: Json) => ({ agencyCode: body.agency.code, question: body.question })),
  })
  await desk.task(OFFICER, id, 'apology-draft')
  step(
    `Lấy ý kiến ${bodies.length} cơ quan; im lặng có hiệu lực ${formatLegal(silence, 'vi')}, quá muộn: đề nghị xin lỗi ngay`,
  )

  const { apologyBy } = (await page()).clock
  const closeBefore = calendar.closeOfWork(calendar.previousWorkingDay(undecided))
  mustBe(
    'the apology is due at the close of the working day before',
    minute(apologyBy),
    closeBefore.toISOString().slice(0, 16),
  )
  await goTo(day(18), '14:00')
  const newDay = day(25)
  const draft = await desk.task(OFFICER, id, 'apology-draft')
  await refused('a new date on a day off', 422, () =>
    officer.post(`/api/tasks/${draft.id}/decide`, {
      outcome: 'drafted',
      version: draft.version,
      data: { cause: 'limits-conflict', newDueDay: day(26) },
    }),
  )
  await desk.decide(OFFICER, id, 'apology-draft', 'drafted', { cause: 'limits-conflict', newDueDay: newDay })
  await desk.decide(HEAD_OF_UNIT, id, 'apology-initial', 'initialled')
  step('Chuyên viên soạn phiếu xin lỗi, trưởng phòng ký nháy')

  const chairman = await desk.as(CHAIRMAN)
  const { person: head } = await chairman.get('/api/session')
  await chairman.post('/api/absences', {
    personId: head.id,
    substituteId: null,
    fromDay: day(21),
    toDay: day(21),
    reason: 'Đi công tác',
  })
  step(`Chủ tịch báo vắng ngày ${formatDay(day(21), 'vi')}`)

  await desk.task(DEPUTY, id, 'apology-sign')
  await goTo(day(21), '09:15')
  const { absences } = await chairman.get('/api/absences')
  mustBe(
    'the head is away',
    absences.filter((one: Json) => one.state === 'running').map((one: Json) => one.person.id),
    [head.id],
  )
  const sign = await desk.task(DEPUTY, id, 'apology-sign')
  const capacities = (await (await desk.as(DEPUTY)).get(`/api/tasks/${sign.id}`)).signAs
  mustBe(
    'the deputy signs KT.',
    capacities.map((one: Json) => one.text.vi.slice(0, 3)),
    ['KT.'],
  )
  await desk.decide(DEPUTY, id, 'apology-sign', 'signed', { postId: capacities[0].postId })
  await desk.decide(CLERICAL, id, 'apology-number', 'numbered')
  await desk.decide(CLERK, id, 'apology-send', 'sent')
  const reappointed = await until('the new date', async () => {
    const now = await page()
    return now.reappointedDueAt ? now : undefined
  })
  const newDue = calendar.closeOfWork(newDay)
  mustBe('the one new date', minute(reappointed.dueAt), newDue.toISOString().slice(0, 16))
  const apology = reappointed.letters.find((letter: Json) => letter.kind === 'apology')
  mustBe('delivered before its limit', new Date(apology.deliveredAt) <= closeBefore, true)
  step(
    `Phó chủ tịch ký KT., văn thư cấp số ${apology.numberText}, một cửa gửi: hẹn lại ${formatLegal(newDue, 'vi')}`,
  )

  await refused('a second new date (NĐ 61/2018 art. 19.9)', 409, () =>
    officer.post(`/api/dossiers/${id}/apology`),
  )
  step('Hẹn lại lần hai bị từ chối, có điều luật')

  await goTo(day(22), '08:00')
  const summary = await desk.task(OFFICER, id, 'consultation-summary')
  const inside = await officer.get(`/api/dossiers/${id}`)
  mustBe(
    'every body kept silent',
    inside.consultations.map((one: Json) => one.outcome),
    bodies.map(() => 'silent'),
  )
  await refused('consent by silence that nobody confirmed', 422, () =>
    officer.post(`/api/tasks/${summary.id}/decide`, {
      outcome: 'approved',
      version: summary.version,
      data: {},
    }),
  )
  await desk.decide(OFFICER, id, 'consultation-summary', 'approved', {
    confirmedSilence: inside.consultations.map((one: Json) => one.id),
  })
  step('Hết hạn lấy ý kiến: chuyên viên xác nhận “ghi nhận không có ý kiến”, trình giấy phép')

  await desk.task(HEAD_OF_UNIT, id, 'result-review')
  await goTo(day(23), '09:00')
  await desk.decide(HEAD_OF_UNIT, id, 'result-review', 'approved')
  await desk.task(DEPUTY, id, 'result-sign')
  await goTo(day(24), '08:30')
  const resultSign = await desk.task(DEPUTY, id, 'result-sign')
  const signAs = (await (await desk.as(DEPUTY)).get(`/api/tasks/${resultSign.id}`)).signAs
  await desk.decide(DEPUTY, id, 'result-sign', 'signed', { postId: signAs[0].postId })
  await desk.decide(CLERICAL, id, 'result-number', 'numbered')
  await desk.task(CLERK, id, 'result-return')
  await goTo(day(24), '10:00')
  await desk.decide(CLERK, id, 'result-return', 'returned', {
    identityChecked: true,
    receivedBy: 'Người nộp',
  })
  const end = await until('the end', async () => {
    const now = await officer.get(`/api/dossiers/${id}`)
    return now.state === 'returned' ? now : undefined
  })
  mustBe('returned on Thursday', legalDay(new Date(end.returnedAt)), day(24))
  mustBe('granted', end.result, 'granted')
  step('Trả kết quả thứ Năm, trước ngày hẹn lại')

  checkLine(end)
  step('Sổ người giữ hồ sơ liền mạch từ lúc nộp đến lúc trả')

  const seen = await page()
  for (const letter of seen.letters.filter((one: Json) => one.hasFile)) {
    const bytes = await citizen.bytes(`/api/letters/${letter.id}/pdf`)
    mustBe(`${letter.kind} is a PDF`, bytes.subarray(0, 5).toString(), '%PDF-')
    const name = `${String(seen.letters.indexOf(letter) + 1).padStart(2, '0')}-${letter.kind}.pdf`
    writeFileSync(join(stage.letters, name), bytes)
    say(`    ${name}  ${letter.numberText}`)
  }
  mustBe(
    'letters that have left',
    seen.letters.map((letter: Json) => letter.kind),
    ['receipt', 'supplement', 'receipt', 'apology', 'result'],
  )
  step('Các thư đã lưu thành PDF')
  return steps
}

/** The accountable line tiles: each interval begins where the one before ended. */
function checkLine(dossier: Json): void {
  const line = dossier.holdings.filter((one: Json) => one.track === 'accountable')
  for (const [n, interval] of line.entries())
    if (n > 0)
      mustBe(
        `interval ${n} of the ledger begins where the one before ended`,
        interval.fromAt,
        line[n - 1].toAt,
      )
  mustBe('the line ends with the return', line.at(-1).toAt, dossier.returnedAt)
}

async function refused(what: string, status: number, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (error instanceof Refused && error.status === status) return
    throw error
  }
  throw new Untruth(`${what} was accepted`)
}
