import { say } from '../diff/words.ts'
import type { JudgedChange } from './judged.ts'

/** Whose a change is to decide, and why (rules 13). */
export type Verdict = Pick<JudgedChange, 'power' | 'reason'>

const within = (vi: string, en: string): Verdict => ({ power: 'within', reason: say(vi, en) })
const proposal = (vi: string, en: string): Verdict => ({ power: 'proposal', reason: say(vi, en) })

export const OURS = within(
  'Quy trình nội bộ, điện tử của địa phương: thuộc thẩm quyền.',
  'Internal and electronic process of the province: within our power.',
)
export const RECORDED = within(
  'Chỉ ghi lại căn cứ, tên gọi hoặc lời giải thích.',
  'Records a basis, a name or an explanation only.',
)
export const REUSED = within(
  'Dữ liệu Nhà nước đã có, văn bản cho phép khai thác lại và quy trình có bước tra cứu: thuộc thẩm quyền.',
  'The State holds these data, a text allows their use and the process looks them up: within our power.',
)
export const SHORTER = within(
  'Rút ngắn trong khung của văn bản: thuộc thẩm quyền.',
  'Shorter than the text allows: within our power.',
)

export const PAPERS = proposal(
  'Thành phần hồ sơ do bộ quy định: chỉ kiến nghị.',
  'The papers are fixed by a ministry: to be proposed only.',
)
export const QUESTIONS = proposal(
  'Đòi thêm thông tin của người dân phải có văn bản quy định: chỉ kiến nghị.',
  'What people have to declare is fixed by a text, more of it is to be proposed only.',
)
export const FEES = proposal(
  'Phí, lệ phí do cấp trên hoặc Hội đồng nhân dân quy định: chỉ kiến nghị.',
  'Fees are fixed by others: to be proposed only.',
)
export const LEGAL = proposal(
  'Thời hạn, điều kiện do văn bản quy định: chỉ kiến nghị.',
  'The limit or condition is fixed by a legal text: to be proposed only.',
)
export const CLOCK = proposal(
  'Lúc nào đồng hồ chạy, dừng, kết thúc do văn bản quy định: chỉ kiến nghị.',
  'When the clock runs, stops and ends is fixed by a legal text: to be proposed only.',
)
export const RIGHTS = proposal(
  'Thu hẹp quyền hoặc cách nộp của người dân: chỉ kiến nghị.',
  'Takes a right or a way to file from people: to be proposed only.',
)
export const AUTHORITY = proposal(
  'Thẩm quyền, tên, kết quả của thủ tục do văn bản quy định: chỉ kiến nghị.',
  'Competence, name and result are fixed by a legal text: to be proposed only.',
)
export const OPINIONS = proposal(
  'Việc lấy ý kiến, hạn trả lời và hậu quả khi im lặng do văn bản quy định: chỉ kiến nghị.',
  'Whom to consult, until when, and what silence means is fixed by a text: to be proposed only.',
)
export const UNKNOWN = proposal(
  'Chưa có quy tắc nào nói thay đổi này thuộc thẩm quyền: chỉ kiến nghị.',
  'No rule says that this is within our power: to be proposed only.',
)
