import type { Readable } from 'node:stream'
import nodemailer from 'nodemailer'

export type Mail = {
  /** Becomes the Message-ID. */
  id: string
  addresses: string[]
  subject: string
  body: string
  attachments: { filename: string; contentType: string; content: Readable }[]
}

/** Sends by SMTP. `smtpUrl`: smtp[s]://user:password@host:port; `from`: the one-stop's address. */
export const openMailer = (smtpUrl: string, from: string) => {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    // A message is what the templates and the store say, never a file or an address somebody typed.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = /@([^>\s]+)/.exec(from)?.[1]
  if (host === undefined) throw new TypeError('the sender needs an e-mail address')
  return {
    send: (mail: Mail) =>
      transport.sendMail({
        from,
        ...recipients(mail.addresses),
        subject: mail.subject,
        text: mail.body,
        attachments: mail.attachments,
        messageId: `<${mail.id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      }),
    close: () => transport.close(),
  }
}

/**
 * As objects: a comma in a stored address must not become a second recipient. One address may be the applicant's and
 * another that of whoever stood at the counter for them: neither is told the other's.
 */
const recipients = (addresses: string[]) => {
  const all = addresses.map((address) => ({ name: '', address }))
  return all.length === 1 ? { to: all } : { to: 'undisclosed-recipients:;', bcc: all }
}

export type Mailer = ReturnType<typeof openMailer>

/**
 * Whether trying again is useless: the mail server refused this address or this message for good (5xx), or the address
 * is none. A server that is away, or that refuses us, is no fault of the message.
 */
export const isFinal = (error: unknown): boolean => {
  const {
    code,
    command,
    responseCode = 0,
  } = error as { code?: string; command?: string; responseCode?: number }
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false
  return command === 'API' || (command !== 'MAIL FROM' && responseCode >= 500)
}
