import type { Content } from 'pdfmake'
import type { Sheet } from './layout.ts'
import { type Lookup, lookupLine, qrCode } from './qr.ts'
import { reserved } from './reserved.ts'
import type { Officer, Signer } from './shapes.ts'
import { dayShort, momentShort } from './wording.ts'

/** Title block above the name, line by line: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" and the decision it rests on. */
export function capacityLines(signer: Signer): { titles: string[]; decision: string | null } {
  const title = signer.title.toLocaleUpperCase('vi')
  if (signer.capacity === 'head') return { titles: [title], decision: null }
  const titles = [`${signer.capacity}. ${signer.onBehalfOf.toLocaleUpperCase('vi')}`, title]
  if (signer.capacity === 'TM') return { titles, decision: null }
  const { number, issuedOn, validFrom, validTo } = signer.decision
  const until = validTo ? ` đến ngày ${dayShort(validTo)}` : ''
  return {
    titles,
    decision: `(Quyết định số ${number} ngày ${dayShort(issuedOn)}, hiệu lực từ ngày ${dayShort(validFrom)}${until})`,
  }
}

const inPlaceOf = (name: string, absent: string | undefined) => (absent ? `${name} (thay ${absent})` : name)

/** What stands where the signature and the seal will be: empty, or the recorded acts. */
function signatureField(sheet: Sheet, signer: Signer): Content {
  const record = signer.signature
  const lines = record
    ? [
        `${sheet.reserved ? 'Ký số' : 'Đã ký duyệt trên hệ thống'} ${momentShort(record.signedAt)}`,
        record.initialledBy &&
          `Ký nháy: ${inPlaceOf(record.initialledBy, record.initialledFor)}${record.initialledAt ? ` ${momentShort(record.initialledAt)}` : ''}`,
        record.textSha256 && `Mã nội dung: ${record.textSha256.slice(0, 16)}`,
      ].filter(Boolean)
    : []
  const words = { text: lines.join('\n'), italics: true }
  return {
    table: {
      widths: ['*'],
      heights: [sheet.reserved ? sheet.seal : sheet.signature],
      body: [[sheet.reserved ? besideSeal(sheet, words) : words]],
    },
    layout: 'noBorders',
    fontSize: sheet.small - 1,
    color: '#444444',
  }
}

/** The agency's seal on the left of the signature, as NĐ 30/2020 has it (general knowledge). */
const besideSeal = (sheet: Sheet, words: Content): Content => {
  const own = sheet.width * 0.55 - sheet.seal * SEAL_WIDTH - 12
  return {
    columns: [
      reserved('seal', sheet.seal * SEAL_WIDTH, 1, sheet.seal),
      { width: '*', alignment: 'left', ...{ stack: [reserved('signature', own, 1, sheet.seal), words] } },
    ],
    columnGap: 6,
  }
}
/** Of its height. */
const SEAL_WIDTH = 1.6

interface Foot {
  /** The end of the text: kept with the signatures, so that no page holds signatures alone. */
  lastLines: Content[]
  lookup?: Lookup
}

const together = (sheet: Sheet, { lastLines, lookup }: Foot, signatures: Content): Content => ({
  unbreakable: true,
  stack: [
    ...lastLines,
    { stack: [signatures], margin: [0, sheet.body * 0.5, 0, 0] },
    ...(lookup ? [lookupLine(sheet, lookup)] : []),
  ],
})

/** "Nơi nhận" on the left, with the QR code of the look-up under it; the signer on the right. */
export function closingBlock(sheet: Sheet, foot: Foot & { recipients: string[]; signer: Signer }): Content {
  const { recipients, signer, lookup } = foot
  const { titles, decision } = capacityLines(signer)
  return together(sheet, foot, {
    columnGap: 8,
    columns: [
      {
        width: '*',
        stack: [
          { text: 'Nơi nhận:', bold: true, italics: true, fontSize: sheet.body - 1 },
          ...recipients.map((line, i) => ({
            text: `- ${line}${i === recipients.length - 1 ? '.' : ';'}`,
            fontSize: sheet.body - 2,
          })),
          ...(lookup ? [qrCode(sheet, lookup, 'left')] : []),
        ],
      },
      {
        width: sheet.width * 0.55,
        alignment: 'center',
        stack: [
          ...titles.map((line) => ({ text: line, bold: true })),
          ...(decision ? [{ text: decision, italics: true, fontSize: sheet.small }] : []),
          signatureField(sheet, signer),
          { text: signer.name, bold: true },
        ],
      },
    ],
  })
}

/** A person's hand under a form: their role, room for a pen or what fills it (a drawn signature, the recorded act), their name. */
export function hand(sheet: Sheet, role: string, { name, substituteFor }: Officer, filled: Content = '') {
  const heading = [
    { text: role.toLocaleUpperCase('vi'), bold: true },
    { text: '(Ký, ghi rõ họ tên)', italics: true, fontSize: sheet.small },
  ]
  const signed = [
    { text: name, bold: true },
    ...(substituteFor ? [{ text: `(thay ${substituteFor})`, italics: true, fontSize: sheet.small }] : []),
  ]
  return {
    width: '*',
    alignment: 'center' as const,
    layout: { defaultBorder: false, paddingTop: () => 0, paddingBottom: () => 0 },
    table: {
      widths: ['*'],
      // A form of the counter bears names only, no seal: it needs less room than a letter.
      heights: [0, (sheet.reserved ? sheet.seal : sheet.signature) * 0.6, 0],
      body: [[{ stack: heading }], [filled], [{ stack: signed }]],
    },
  }
}

/** Two hands under a form of the counter, applicant and officer; the QR code of the look-up between them. */
export function twoHands(
  sheet: Sheet,
  foot: Foot & { applicant: string; role: string; officer: Officer },
): Content {
  return together(sheet, foot, {
    columnGap: 10,
    columns: [
      hand(sheet, 'Người nộp hồ sơ', { name: foot.applicant }),
      ...(foot.lookup ? [{ width: sheet.qr, stack: [qrCode(sheet, foot.lookup)] }] : []),
      hand(sheet, foot.role, foot.officer, sheet.reserved ? clerkPlace(sheet) : ''),
    ],
  })
}

const clerkPlace = (sheet: Sheet): Content => ({
  columns: [reserved('signature', sheet.width * 0.36, 1, sheet.seal * 0.6)],
})
