import { once } from 'node:events'
import { type CalendarFor, explain } from '../deadlines/explain.ts'
import { Question } from '../deadlines/explain-schema.ts'
import { DeadlineInputError } from '../deadlines/limit.ts'
import { shippedCalendars } from '../deadlines/shipped-calendars.ts'
import { fieldErrors } from '../http/messages.ts'
import { type CommandFile, FINDINGS, WHOLE } from './command.ts'
import { optionsOf } from './dispatch.ts'
import { type Line, linesOf } from './lines.ts'

/** The longest question: two hundred events are far less. */
const MOST_BYTES = 256 * 1024
/** Answers are written in pieces of this size, or when the input pauses. */
const PIECE = 64 * 1024

type Fault = { line: number; field: string; message: { vi: string; en: string } }

/** The answer to one line: `{ dueAt, warnAt, apologyBy, provisional, proof }`, or `{ error: { line, field, message } }`. */
export function answer(asked: Line, line: number, calendarFor: CalendarFor): object {
  try {
    return explain(questionOf(asked), calendarFor)
  } catch (error) {
    if (!(error instanceof DeadlineInputError)) throw error
    return { error: { line, field: error.field, message: error.text } satisfies Fault }
  }
}

const UNREADABLE = {
  'too-long': {
    vi: `dòng dài hơn ${MOST_BYTES} byte; mỗi dòng ghi một câu hỏi`,
    en: `the line is longer than ${MOST_BYTES} bytes; write one question a line`,
  },
  'not-utf8': {
    vi: 'dòng không phải văn bản UTF-8; lưu lại tệp bằng mã UTF-8',
    en: 'the line is not UTF-8 text; save the file as UTF-8',
  },
}

function questionOf(line: Line): Question {
  if ('fault' in line) throw new DeadlineInputError('', UNREADABLE[line.fault])
  let json: unknown
  try {
    json = JSON.parse(line.text.trim())
  } catch {
    throw new DeadlineInputError('', {
      vi: 'không phải JSON đúng cú pháp; ghi cả câu hỏi trên một dòng',
      en: 'not well-formed JSON; write the whole question on one line',
    })
  }
  const read = Question.safeParse(json, { reportInput: true })
  if (read.success) return read.data
  const [fault] = fieldErrors(read.error.issues)
  throw new DeadlineInputError(
    (fault?.field ?? '').replace(/\.(\d+)(?=\.|$)/g, '[$1]'),
    fault?.message ?? { vi: 'không hợp lệ', en: 'not valid' },
  )
}

export const help: CommandFile['help'] = {
  vi: `npx mot-cua deadline explain < câu-hỏi.jsonl > trả-lời.jsonl

Mỗi dòng vào là một câu hỏi JSON, mỗi dòng ra là câu trả lời của nó, theo cùng thứ tự.
  received  thời điểm nhận, ISO 8601 (không ghi múi giờ: giờ Việt Nam)
  limit     { "value": 10, "unit": "working-day" } với unit: working-day, working-hour, half-day, calendar-day,
            month, same-day; "split": { "first": …, "second": … } cho hai lần hẹn
  mode      RESTART (mặc định), PAUSE hoặc EXCLUDED-STAGE
  events    [{ "at", "kind" }] với kind: asked, complete, excluded, resumed, finished
  agency    mã cơ quan có giờ làm việc được tính (mặc định: giờ hành chính)
  asOf      ngày hoặc thời điểm: tính theo quy tắc và lịch như đã biết lúc đó
Trả lời: { "dueAt", "warnAt", "apologyBy", "provisional", "proof": […] }; ba thời điểm là null khi đồng hồ đang dừng.
Dòng sai: { "error": { "line", "field", "message" } }, các dòng sau vẫn được tính; mã kết thúc khi đó là 1.

Ví dụ:
  echo '{"received":"2026-11-02T09:10:00+07:00","limit":{"value":10,"unit":"working-day"}}' | npx mot-cua deadline explain`,
  en: `npx mot-cua deadline explain < questions.jsonl > answers.jsonl

Each line in is a question in JSON, each line out its answer, in the same order.
  received  the instant of receipt, ISO 8601 (without an offset: Vietnamese time)
  limit     { "value": 10, "unit": "working-day" }, unit one of working-day, working-hour, half-day, calendar-day,
            month, same-day; "split": { "first": …, "second": … } for two appointments
  mode      RESTART (the default), PAUSE or EXCLUDED-STAGE
  events    [{ "at", "kind" }], kind one of asked, complete, excluded, resumed, finished
  agency    code of the agency whose working hours count (office hours by default)
  asOf      a day or an instant: by the rules and the calendar as known then
Answer: { "dueAt", "warnAt", "apologyBy", "provisional", "proof": […] }; the three are null while the clock stands still.
A bad line: { "error": { "line", "field", "message" } }; the lines after it are answered, and the exit code is 1.`,
}

/** Reads questions from standard input and writes their answers, no faster than they are taken. */
export async function run(args: string[]): Promise<number> {
  optionsOf({ args, options: {}, allowPositionals: false })
  if (process.stdin.isTTY) process.stderr.write(`${help.vi}\n\n${help.en}\n`)
  const calendarFor = shippedCalendars()
  let number = 0
  let faults = 0
  for await (const batch of linesOf(process.stdin, MOST_BYTES)) {
    let answers = ''
    for (const line of batch) {
      const found = answer(line, ++number, calendarFor)
      if ('error' in found) faults++
      answers += `${JSON.stringify(found)}\n`
      if (answers.length < PIECE) continue
      await write(answers)
      answers = ''
    }
    // Whoever asks one question at a time waits for its answer.
    if (answers) await write(answers)
  }
  return faults > 0 ? FINDINGS : WHOLE
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
