import type { Eform } from '../../procedures/definition.ts'
import type { CataloguePaper, CatalogueRow } from './entry.ts'

export type KeyedPaper = CataloguePaper & { key: string }

const plainWords = (name: string): string[] =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\([^()]*\)/g, ' ')
    .split(/[^a-z]+/)
    .filter(Boolean)
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Papers with a key of their own, made of the first words of their name; twins get a letter. */
export function keyed(papers: CataloguePaper[]): KeyedPaper[] {
  const taken = new Set<string>()
  return papers.map((paper) => {
    const [first = 'giayTo', ...rest] = plainWords(paper.name).slice(0, 4)
    const stem = first + rest.map(capital).join('')
    let key = stem
    for (let n = 0; taken.has(key); n++) key = stem + String.fromCharCode(65 + (n % 26)).repeat(1 + n / 26)
    taken.add(key)
    return { ...paper, key }
  })
}

/** The field that asks for the number of a paper whose data the State holds, so that it can be looked up. */
export const numberField = ({ key }: KeyedPaper): string => `${key}Ref`

type Question = Eform['schema']['properties'][string]

const text = (title: string, en: string, rules: object): Question => ({
  type: 'string',
  title,
  'x-en': { title: en },
  ...rules,
})

const APPLICANT: Record<string, Question> = {
  ownerName: text('Họ tên hoặc tên tổ chức', 'Name of the person or organisation', {
    minLength: 2,
    maxLength: 200,
  }),
  ownerIdentityNo: text(
    'Số định danh cá nhân hoặc mã số doanh nghiệp',
    'Personal identification or enterprise number',
    { pattern: '^(\\d{12}|\\d{10}(-\\d{3})?)$' },
  ),
  contactAddress: text('Địa chỉ liên hệ', 'Contact address', { minLength: 5, maxLength: 300 }),
  phone: text('Số điện thoại', 'Telephone', { pattern: '^0\\d{9}$' }),
}
const REQUEST: Record<string, Question> = {
  requestContent: text('Nội dung đề nghị', 'What is asked for', { minLength: 5, maxLength: 2000 }),
}
const COMMITMENT: Record<string, Question> = {
  commitment: {
    type: 'boolean',
    title: 'Tôi cam đoan những điều khai trên là đúng và chịu trách nhiệm trước pháp luật',
    'x-en': { title: 'I declare that the above is true and answer for it before the law' },
    const: true,
  },
}

/** A form from the row: who applies, what for, the number of each paper that can be looked up, and the undertaking. */
export function formOf(papers: KeyedPaper[]): Eform {
  const lookedUp = papers.filter(({ reusableData }) => reusableData)
  const references = Object.fromEntries(
    lookedUp.map((paper) => [
      numberField(paper),
      text(`Số, ngày cấp: ${paper.name}`.slice(0, 200), 'Number and date of the paper, to look it up', {
        maxLength: 100,
      }),
    ]),
  )
  const questions = { ...APPLICANT, ...REQUEST, ...references, ...COMMITMENT }
  return {
    schema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: false,
      properties: questions,
      required: [...Object.keys(APPLICANT), ...Object.keys(REQUEST), 'commitment'],
    },
    ui: {
      'ui:order': Object.keys(questions),
      ownerIdentityNo: {
        'ui:help': {
          vi: '12 chữ số của căn cước, hoặc 10 chữ số của doanh nghiệp.',
          en: '12 digits of the identity card, or 10 digits of an enterprise.',
        },
      },
      phone: { 'ui:placeholder': '0912345678' },
      requestContent: { 'ui:widget': 'textarea' },
    },
    groups: [
      {
        key: 'applicant',
        title: { vi: 'Người đề nghị', en: 'Applicant' },
        fields: Object.keys(APPLICANT),
      },
      {
        key: 'request',
        title: { vi: 'Nội dung, giấy tờ tra cứu', en: 'Request, papers to look up' },
        fields: [...Object.keys(REQUEST), ...Object.keys(references)],
      },
      { key: 'commitment', title: { vi: 'Cam đoan', en: 'Undertaking' }, fields: ['commitment'] },
    ],
  }
}

/** A form filled in with made-up answers. */
export const sampleAnswers = ({ name }: Pick<CatalogueRow, 'name'>): Record<string, string | boolean> => ({
  ownerName: 'Nguyễn Văn Mẫu',
  ownerIdentityNo: '000000000001',
  contactAddress: 'Số 1 đường Mẫu, Phường Mẫu',
  phone: '0900000001',
  requestContent: `Đề nghị giải quyết: ${name.vi}`.slice(0, 2000),
  commitment: true,
})
