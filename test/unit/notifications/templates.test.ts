import {
  type Facts,
  IN_THE_MAIL_ONLY,
  MissingFact,
  render,
  withSecret,
} from '../../../src/notifications/render.ts'
import { isTemplate, type TemplateName, templates } from '../../../src/notifications/templates.ts'

const names = Object.keys(templates) as TemplateName[]
const askedBy = (wording: { subject: string; body: string }) =>
  [
    ...new Set([...`${wording.subject} ${wording.body}`.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)),
  ].sort()
const office = {
  name: { vi: 'Bộ phận Một cửa', en: 'One-stop' },
  agency: { vi: 'UBND xã Mẫu', en: 'Commune' },
  address: '',
  phone: '',
  sample: false,
}

/** About the reader's own work: whose it is. */
const OF_WORK: TemplateName[] = ['stand-in', 'stand-in-begins', 'stand-in-over', 'absence-entered']

/** About the reader's own account: who did it. */
const OF_ACCOUNT: TemplateName[] = [
  'password-link',
  'password-link-mailed',
  'password-set',
  'second-factor-added',
  'second-factor-removed',
]

describe('the texts of messages', () => {
  test.each(names)(
    '"%s" asks for the same facts in both languages and always says what it is about',
    (name) => {
      const { vi, en } = templates[name]
      expect(askedBy(vi)).toEqual(askedBy(en))
      expect(askedBy(vi)).toEqual(
        expect.arrayContaining(
          OF_ACCOUNT.includes(name)
            ? ['at', 'maker']
            : OF_WORK.includes(name)
              ? ['absent']
              : ['code', 'procedure'],
        ),
      )
    },
  )

  test.each(names)(
    '"%s" with all its facts leaves no placeholder, in NFC, with a subject of one line',
    (name) => {
      const facts: Facts = Object.fromEntries(
        askedBy(templates[name].vi).map((fact) => [fact, 'Một\nhai'.normalize('NFD')]),
      )
      for (const locale of ['vi', 'en'] as const) {
        const { subject, body } = render(name, locale, facts, 'Nguyễn Ánh'.normalize('NFD'), office)
        expect(subject + body).not.toMatch(/[{}]|undefined|\[object/)
        expect(subject).not.toMatch(/[\r\n]/)
        expect(subject + body).toBe((subject + body).normalize('NFC'))
      }
    },
  )

  test('a fact cannot smuggle in a placeholder of another fact', () => {
    const facts = { code: '{agency}', procedure: 'P', office: 'O', filedAt: new Date(0), agency: 'secret' }
    expect(render('filed', 'en', facts, '{agency}', office).body).not.toContain('secret')
  })

  test('what only the mail says stands at its place in both languages, and nowhere else', () => {
    const facts: Facts = {
      maker: 'M',
      login: 'l',
      at: new Date(0),
      until: new Date(0),
      link: IN_THE_MAIL_ONLY,
    }
    for (const locale of ['vi', 'en'] as const) {
      const { body } = render('password-link-mailed', locale, facts, 'Ánh', office)
      expect(body).toContain(IN_THE_MAIL_ONLY[locale])
      expect(withSecret(body, 'https://x/$&#a')).toContain('\n\nhttps://x/$&#a\n\n')
      expect(withSecret(body, null)).toBe(body)
    }
    expect(withSecret('no place for it', 'secret')).toBe('no place for it')
  })

  test('a missing fact is named', () => {
    expect(() => render('filed', 'vi', { code: 'X' }, 'Ánh', office)).toThrow(
      new MissingFact('no fact "procedure" for the message'),
    )
  })

  test('an office without address and telephone has no empty lines in its foot', () => {
    const facts = { code: 'X', procedure: 'P', office: 'O' }
    expect(render('withdrawn', 'vi', facts, 'Ánh', office).body).toMatch(
      /Trân trọng,\nBộ phận Một cửa\nUBND xã Mẫu\n\nThư tự động, [^\n]*\n$/,
    )
  })

  test('names that objects have anyway are no templates', () => {
    expect(isTemplate('filed')).toBe(true)
    for (const name of ['', 'toString', '__proto__', 'constructor']) expect(isTemplate(name)).toBe(false)
  })
})
