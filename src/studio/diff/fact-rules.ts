import {
  either,
  exchangeWords,
  feeName,
  feeSaid,
  join,
  labelled,
  lookedUp,
  lookedUpElsewhere,
  ofCase,
  ofExchange,
  ofLimit,
  ofPaper,
  ofStep,
  outcome,
  paperField,
  paperName,
  phrase,
  type Rule,
  requiredWords,
  round,
  stage,
  stepName,
  templateName,
  verb,
} from './fact-words.ts'
import { recOf } from './keyed.ts'
import { nameOf, quoted, say, valueWords } from './words.ts'

/** What each place of procedure.json is called; the first that fits decides. */
export const RULES: Rule[] = [
  [
    'limits.*',
    (p) => {
      const which = ofCase(p.facts, p.keys[0]!)
      return { part: 'limits', words: verb(p, say(`thời hạn${which.vi}`, `limit${which.en}`)) }
    },
  ],
  ['limits.*.committed', (p) => ofLimit(p, say('Thời hạn cam kết', 'Committed limit'))],
  ['limits.*.legal', (p) => ofLimit(p, say('Thời hạn theo quy định', 'Legal limit'))],
  [
    'limits.*.withVerification',
    (p) => ofLimit(p, say('Thời hạn khi phải xác minh', 'Limit with verification')),
  ],
  ['limits.*.basis', (p) => ofLimit(p, say('Căn cứ của thời hạn', 'Basis of the limit'))],
  [
    'allotments.*',
    (p) => {
      const which = ofCase(p.facts, p.keys[0]!)
      return {
        part: 'steps',
        words: verb(
          p,
          say(`thời gian giao cho các bước${which.vi}`, `time allotted to the steps${which.en}`),
        ),
      }
    },
  ],
  [
    'allotments.*.*',
    (p) => {
      const [key = '', id = ''] = p.keys
      const [name, which] = [stepName(p.facts, id), ofCase(p.facts, key)]
      return {
        part: 'steps',
        elementId: id,
        words: join(say(`Bước ${name.vi}${which.vi}`, `Step ${name.en}${which.en}`), p),
      }
    },
  ],
  [
    'steps.*',
    (p) => {
      const name = stepName(p.facts, p.keys[0]!)
      return {
        part: 'steps',
        elementId: p.keys[0],
        words: verb(p, say(`dữ liệu của bước ${name.vi}`, `data of the step ${name.en}`)),
      }
    },
  ],
  ['steps.*.name', (p) => ofStep(p, say('tên', 'name'))],
  ['steps.*.role', (p) => ofStep(p, say('người làm', 'done by'))],
  ['steps.*.unit', (p) => ofStep(p, say('đơn vị làm', 'unit'))],
  ['steps.*.agency', (p) => ofStep(p, say('cơ quan làm', 'agency'))],
  ['steps.*.form', (p) => ofStep(p, say('màn hình xử lý', 'panel'))],
  ['steps.*.sameAs', (p) => ofStep(p, say('cùng người với bước', 'same person as step'))],
  ['steps.*.clockOutcomes', (p) => ofStep(p, say('kết quả do hết hạn', 'outcomes by the clock'))],
  [
    'steps.*.outcomes.*',
    (p) => outcome(p, (name) => verb(p, say(`câu trả lời ${name.vi}`, `answer ${name.en}`))),
  ],
  [
    'steps.*.outcomes.*.label',
    (p) => outcome(p, () => join(say('đổi lời câu trả lời', 'answer reworded'), p)),
  ],
  [
    'steps.*.outcomes.*.promises',
    (p) =>
      outcome(p, (name) =>
        say(`việc đi kèm câu trả lời ${name.vi} đổi`, `what the answer ${name.en} brings about changes`),
      ),
  ],
  [
    'steps.*.outcomes.*.needsReason',
    (p) =>
      outcome(p, (name) =>
        p.after
          ? say(`câu trả lời ${name.vi} phải nêu lý do`, `the answer ${name.en} needs a reason`)
          : say(`câu trả lời ${name.vi} không phải nêu lý do`, `the answer ${name.en} needs no reason`),
      ),
  ],
  [
    'waits.*',
    (p) => {
      const name = stepName(p.facts, p.keys[0]!)
      return {
        part: 'steps',
        elementId: p.keys[0],
        words: verb(p, say(`dữ liệu của bước chờ ${name.vi}`, `data of the wait ${name.en}`)),
      }
    },
  ],
  ['waits.*.**', (p) => ofStep(p, say('thiết lập của bước chờ', 'how it waits'))],
  [
    'exchanges.*',
    (p) => ({
      part: 'steps',
      elementId: p.keys[0],
      words: verb(p, exchangeWords(p)),
    }),
  ],
  ['exchanges.*.clock', (p) => ofExchange(p, say('đồng hồ trong khi chờ trả lời', 'the clock meanwhile'))],
  ['exchanges.*.clockBasis', (p) => ofExchange(p, say('căn cứ dừng đồng hồ', 'basis of stopping the clock'))],
  [
    'exchanges.*.**',
    (p) => ({
      part: 'steps',
      elementId: p.keys[0],
      words: say('Đổi nội dung tra cứu dữ liệu', 'The look-up asks or keeps something else'),
    }),
  ],
  [
    'papers.*',
    (p) => {
      const name = paperName(p)
      return { part: 'papers', words: verb(p, say(`giấy tờ ${name.vi}`, `paper ${name.en}`)) }
    },
  ],
  ['papers.*.requiredFor', (p) => ofPaper(p, requiredWords(p.before), requiredWords(p.after))],
  ['papers.*.lookUp', (p) => ({ part: 'papers', words: lookedUp(p) })],
  ['papers.*.lookUp.exchange', (p) => ({ part: 'papers', words: lookedUpElsewhere(p) })],
  ['papers.*.lookUp.basis', (p) => paperField(p, 'căn cứ tra cứu', 'basis of the look-up')],
  [
    'papers.*.requiredFor.cases',
    (p) => {
      const names = (value: unknown) =>
        valueWords(
          (Array.isArray(value) ? value : []).map(
            (key) => nameOf(either(p.facts, 'cases', String(key), 'name'), String(key)).vi,
          ),
        )
      return ofPaper(p, names(p.before), names(p.after))
    },
  ],
  ['papers.*.requiredFor.channels', (p) => ofPaper(p, valueWords(p.before), valueWords(p.after))],
  ['papers.*.original', (p) => paperField(p, 'số bản chính', 'originals')],
  ['papers.*.copies', (p) => paperField(p, 'số bản sao', 'copies')],
  ['papers.*.name', (p) => paperField(p, 'tên', 'name')],
  ['papers.*.presentOnly', (p) => paperField(p, 'chỉ xuất trình', 'shown only')],
  ['papers.*.reusableData', (p) => paperField(p, 'dữ liệu Nhà nước đã có', 'data that the State holds')],
  ['papers.*.accept', (p) => paperField(p, 'loại tệp nhận', 'file types')],
  ['papers.*.maxBytes', (p) => paperField(p, 'dung lượng tệp', 'file size')],
  ['papers.*.note', (p) => paperField(p, 'ghi chú', 'note')],
  ['fees.*', (p) => feeSaid(p, recOf(p.before).amount, recOf(p.after).amount)],
  ['fees.*.amount', (p) => feeSaid(p, p.before, p.after)],
  [
    'fees.*.basis',
    (p) => {
      const name = feeName(p)
      return { part: 'fees', words: join(say(`${name.vi}, căn cứ`, `${name.en}, basis`), p) }
    },
  ],
  ['payment', labelled('fees', 'Thời gian chờ nộp phí', 'Time to pay')],
  ['payment.limit', labelled('fees', 'Thời gian chờ nộp phí', 'Time to pay')],
  ['payment.basis', labelled('fees', 'Căn cứ của thời gian chờ nộp phí', 'Basis of the time to pay')],
  [
    'cases.*',
    (p) => {
      const name = quoted(nameOf(either(p.facts, 'cases', p.keys[0]!, 'name'), p.keys[0]!))
      return { part: 'limits', words: verb(p, say(`trường hợp ${name.vi}`, `case ${name.en}`)) }
    },
  ],
  ['cases.*.name', labelled('limits', 'Tên trường hợp', 'Name of a case')],
  [
    'cases.*.when',
    (p) => {
      const name = quoted(nameOf(either(p.facts, 'cases', p.keys[0]!, 'name'), p.keys[0]!))
      return {
        part: 'limits',
        words: say(
          `Trường hợp ${name.vi}: điều kiện áp dụng khác`,
          `Case ${name.en}: applies on another condition`,
        ),
      }
    },
  ],
  [
    'cases.*.when.**',
    (p) => {
      const name = quoted(nameOf(either(p.facts, 'cases', p.keys[0]!, 'name'), p.keys[0]!))
      return {
        part: 'limits',
        words: say(
          `Trường hợp ${name.vi}: điều kiện áp dụng khác`,
          `Case ${name.en}: applies on another condition`,
        ),
      }
    },
  ],
  [
    'order.cases',
    () => ({
      part: 'limits',
      words: say('Các trường hợp được xét theo thứ tự khác', 'The cases are tried in another order'),
    }),
  ],
  ['clockMode.mode', labelled('limits', 'Cách tính lại thời hạn', 'How the clock runs')],
  ['clockMode.basis', labelled('limits', 'Căn cứ của cách tính lại thời hạn', 'Basis of how the clock runs')],
  ['reception.limit', labelled('limits', 'Hạn tiếp nhận', 'Limit of reception')],
  ['reception.rules', labelled('limits', 'Quy tắc giờ tiếp nhận', 'Rules of the hour of reception')],
  ['reception.basis', labelled('limits', 'Căn cứ của hạn tiếp nhận', 'Basis of the limit of reception')],
  [
    'supplement.rounds.*',
    (p) => ({
      part: 'limits',
      words: verb(p, say(`lượt bổ sung (${stage(p).vi})`, `supplement round (${stage(p).en})`)),
    }),
  ],
  ['supplement.rounds.*.max', (p) => round(p, say('số lượt', 'rounds'))],
  ['supplement.rounds.*.within', (p) => round(p, say('trong hạn', 'within'))],
  ['supplement.rounds.*.basis', (p) => round(p, say('căn cứ', 'basis'))],
  [
    'supplement.refusalWithin',
    labelled('limits', 'Hạn từ chối sau bổ sung', 'Limit of the refusal after supplements'),
  ],
  ['supplement.wait.limit', labelled('limits', 'Hạn người nộp bổ sung', 'Time to supplement')],
  ['supplement.wait.basis', labelled('limits', 'Căn cứ của hạn bổ sung', 'Basis of the time to supplement')],
  ['consultation', (p) => ({ part: 'limits', words: verb(p, say('việc lấy ý kiến', 'consultation')) })],
  ['consultation.limit', labelled('limits', 'Hạn trả lời ý kiến', 'Limit of opinions')],
  [
    'consultation.onSilence',
    labelled('limits', 'Khi cơ quan được hỏi im lặng', 'When the body asked keeps silent'),
  ],
  ['consultation.basis', labelled('limits', 'Căn cứ của việc lấy ý kiến', 'Basis of the consultation')],
  [
    'consultation.bodies.*',
    (p) => ({
      part: 'routing',
      words: verb(p, say(`cơ quan được hỏi ý kiến ${p.keys[0]}`, `body consulted ${p.keys[0]}`)),
    }),
  ],
  [
    'consultation.bodies.*.**',
    (p) => ({
      part: 'routing',
      words: join(say(`Nội dung hỏi ý kiến ${p.keys[0]}`, `What ${p.keys[0]} is asked`), p),
    }),
  ],
  [
    'confirmation',
    (p) => ({
      part: 'limits',
      words: verb(p, say('việc người nộp xác nhận', 'confirmation by the applicant')),
    }),
  ],
  ['confirmation.limit', labelled('limits', 'Hạn người nộp xác nhận', 'Time to confirm')],
  ['confirmation.**', labelled('limits', 'Việc người nộp xác nhận', 'Confirmation by the applicant')],
  ['channels', labelled('facts', 'Cách nộp', 'Ways to file')],
  ['apology.signer', labelled('letters', 'Người ký phiếu xin lỗi', 'Signer of apologies')],
  ['signer.role', labelled('letters', 'Người ký kết quả', 'Signer of the result')],
  ['result', labelled('letters', 'Mẫu kết quả', 'Form of the result')],
  ['result.**', labelled('letters', 'Nội dung in trên kết quả', 'What the result prints')],
  [
    'resultTemplates.*',
    (p) => ({
      part: 'letters',
      words: verb(p, say(`mẫu kết quả ${templateName(p)}`, `result template ${templateName(p)}`)),
    }),
  ],
  [
    'resultTemplates.*.**',
    (p) => ({
      part: 'letters',
      words: say(
        `Đổi nội dung mẫu kết quả ${templateName(p)}`,
        `The result template ${templateName(p)} says something else`,
      ),
    }),
  ],
  [
    'phrases.*',
    (p) => ({
      part: 'letters',
      words: verb(p, say(`câu mẫu của phiếu bổ sung: ${phrase(p)}`, `phrase of form 02: ${phrase(p)}`)),
    }),
  ],
  [
    'phrases.*.**',
    (p) => ({
      part: 'letters',
      words: say(`Đổi câu mẫu của phiếu bổ sung: ${phrase(p)}`, `Phrase of form 02 changed: ${phrase(p)}`),
    }),
  ],
  [
    'phases.*',
    (p) => ({ part: 'steps', words: verb(p, say(`giai đoạn “${p.keys[0]}”`, `phase “${p.keys[0]}”`)) }),
  ],
  [
    'phases.*.elements',
    (p) => ({
      part: 'steps',
      words: say(`Giai đoạn “${p.keys[0]}” gồm các bước khác`, `The phase “${p.keys[0]}” has other steps`),
    }),
  ],
  [
    'phases.*.milestone',
    (p) => ({
      part: 'limits',
      words: verb(p, say(`mốc của giai đoạn “${p.keys[0]}”`, `milestone of the phase “${p.keys[0]}”`)),
    }),
  ],
  [
    'phases.*.milestone.**',
    (p) => ({
      part: 'limits',
      words: join(say(`Mốc của giai đoạn “${p.keys[0]}”`, `Milestone of the phase “${p.keys[0]}”`), p),
    }),
  ],
  [
    'children.*',
    (p) => ({
      part: 'facts',
      words: verb(p, say(`thủ tục thành phần “${p.keys[0]}”`, `part “${p.keys[0]}”`)),
    }),
  ],
  [
    'children.*.limit.**',
    (p) => ({
      part: 'limits',
      words: join(
        say(`Thời hạn của thủ tục thành phần “${p.keys[0]}”`, `Limit of the part “${p.keys[0]}”`),
        p,
      ),
    }),
  ],
  [
    'children.*.**',
    (p) => ({
      part: 'facts',
      words: join(say(`Thủ tục thành phần “${p.keys[0]}”`, `Part “${p.keys[0]}”`), p),
    }),
  ],
  ['name', labelled('facts', 'Tên thủ tục', 'Name of the procedure')],
  ['field', labelled('facts', 'Lĩnh vực', 'Field')],
  ['level', labelled('facts', 'Cấp giải quyết', 'Level')],
  ['counter', labelled('facts', 'Nơi tiếp nhận', 'Counter')],
  ['deciding', labelled('facts', 'Cơ quan quyết định', 'Deciding agency')],
  ['decision', labelled('facts', 'Quyết định phê duyệt quy trình', 'Decision on the process')],
  ['decision.**', labelled('facts', 'Quyết định phê duyệt quy trình', 'Decision on the process')],
  ['catalogue.decision', labelled('facts', 'Quyết định công bố', 'Announcing decision')],
  ['catalogue.agency', labelled('facts', 'Cơ quan thực hiện đã công bố', 'Announced agency')],
  ['catalogue.fee', labelled('fees', 'Phí, lệ phí đã công bố', 'Announced fee')],
  ['catalogue.results', labelled('facts', 'Kết quả đã công bố', 'Announced result')],
  ['catalogue.**', labelled('facts', 'Thông tin công bố', 'Announced facts')],
]
