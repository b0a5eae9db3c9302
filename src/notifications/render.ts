import type { Locale } from '../access/actor.ts'
import { formatLegal } from '../calendar/format.ts'
import type { Text } from '../text.ts'
import { type TemplateName, templates } from './templates.ts'

/** A fact in a message: an instant is written in Vietnamese time, a list as lines. */
export type Fact = string | Text | Date | readonly (string | Text)[]
export type Facts = Record<string, Fact | null | undefined>

/** Stands in a kept message for what only its mail says: a secret that opens something to its bearer. */
export const IN_THE_MAIL_ONLY: Text & { en: string } = {
  vi: '[liên kết chỉ có trong thư gửi đến hộp thư của ông/bà]',
  en: '[the link is only in the mail sent to your mailbox]',
}

/** A kept message as it leaves, with the secret in its place. */
export const withSecret = (body: string, secret: string | null): string =>
  secret === null
    ? body
    : body.replace(IN_THE_MAIL_ONLY.vi, () => secret).replace(IN_THE_MAIL_ONLY.en, () => secret)

/** A template asks for a fact that neither the dossier nor the act gives. */
export class MissingFact extends Error {
  override name = 'MissingFact'
}

/** Who writes, for the foot of the message. */
export type Office = { name: Text; agency: Text; address: string; phone: string; sample: boolean }

/** Subject and body of a message, NFC; the subject is one line, so that no fact can add a mail header. */
export const render = (
  template: TemplateName,
  locale: Locale,
  facts: Facts,
  recipient: string,
  office: Office,
): { subject: string; body: string } => {
  const { subject, body } = templates[template][locale]
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => inWords(name, facts[name], locale))
  const greeting = locale === 'vi' ? `Kính gửi ông/bà ${recipient},` : `Dear ${recipient},`
  return {
    subject: fill(subject).replace(/\s+/g, ' ').trim().normalize('NFC'),
    body: `${greeting}\n\n${fill(body)}\n\n${foot(office, locale)}\n`.normalize('NFC'),
  }
}

const inWords = (name: string, fact: Fact | null | undefined, locale: Locale): string => {
  if (fact === undefined || fact === null || fact === '')
    throw new MissingFact(`no fact "${name}" for the message`)
  if (fact instanceof Date) return formatLegal(fact, locale)
  if (Array.isArray(fact)) return fact.map((line) => `- ${wordsOf(line, locale)}`).join('\n')
  return wordsOf(fact as string | Text, locale)
}

const wordsOf = (words: string | Text, locale: Locale): string =>
  typeof words === 'string' ? words : (words[locale] ?? words.vi)

const foot = (office: Office, locale: Locale): string => {
  const vi = locale === 'vi'
  return [
    vi ? 'Trân trọng,' : 'Yours sincerely,',
    wordsOf(office.name, locale),
    wordsOf(office.agency, locale),
    office.address,
    office.phone && `${vi ? 'Điện thoại' : 'Telephone'}: ${office.phone}`,
    '',
    vi
      ? 'Thư tự động, xin không trả lời. Mọi trao đổi về hồ sơ xin liên hệ bộ phận một cửa.'
      : 'This message is automatic; please do not reply. For anything about the dossier, contact the one-stop.',
    office.sample &&
      (vi
        ? 'Dữ liệu minh họa, không có giá trị pháp lý.'
        : 'Sample data for demonstration, without legal effect.'),
  ]
    .filter((line, index) => index === 5 || Boolean(line))
    .join('\n')
}
