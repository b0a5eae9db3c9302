import type { Channel, ExampleCase } from '../../procedures/definition.ts'
import type { ProcedureSource } from '../source.ts'
import type { Shape } from './shape.ts'

type NamedExample = ProcedureSource['examples'][number]
type Walk = ExampleCase['walk']
type Given = {
  shape: Shape
  channels: Channel[]
  place: string
  formData: Record<string, string | boolean>
  papers: string[]
}

const w = (element: string, outcome: string) => ({ element, outcome })

/** Examples that take every way out of every question of a generated diagram, each to its end. */
export function examplesOf(given: Given): NamedExample[] {
  const { shape, channels, place, formData, papers } = given
  const { fee, unitHead, consultation, exchange } = shape
  const paid = fee ? [w('AwaitPayment', 'paid')] : []
  const received = [...paid, w('Receive', 'received'), ...(unitHead ? [w('Assign', 'assigned')] : [])]
  const asked = exchange ? [w(exchange.ids.wait, 'answered')] : []
  const reviewed = unitHead ? [w('ReviewResult', 'approved')] : []
  const approved = [w('Appraise', 'approved'), ...asked]
  const ended = [w('NumberResult', 'numbered'), w('ReturnResult', 'returned')]
  const signed = [w('SignResult', 'signed'), ...ended]
  const drafted = w('DraftSupplement', 'drafted')
  const sent = [drafted, w('ApproveSupplement', 'approved'), w('SendSupplement', 'sent')]
  const supplemented = [...sent, w('AwaitSupplement', 'submitted'), w('ReceiveSupplement', 'received')]
  const refusal = [w('DraftRefusal', 'drafted'), ...reviewed, ...signed]
  const sentBack = unitHead
    ? [
        ...approved,
        w('ReviewResult', 'sent-back'),
        ...approved,
        w('ReviewResult', 'approved'),
        w('SignResult', 'sent-back'),
        ...reviewed,
        ...signed,
      ]
    : [...approved, w('SignResult', 'sent-back'), ...approved, ...signed]
  const consulted = [w('Appraise', 'consult'), w('AwaitConsultations', 'complete')]
  const online = channels.includes('ONLINE')
  const on = (channel: Channel) => (channels.includes(channel) ? channel : channels[0]!)

  const made: [
    file: string,
    vi: string,
    en: string,
    channel: Channel,
    walk: Walk,
    ends: string,
    more?: Record<string, Given['formData']>,
  ][] = [
    [
      'straight',
      'Giải quyết thẳng',
      'Straight through',
      on('ONLINE'),
      [...received, ...approved, ...reviewed, ...signed],
      'Returned',
    ],
    [
      'supplement',
      'Bổ sung một lần rồi được giải quyết',
      'One supplement, then granted',
      on('DIRECT'),
      [...received, w('Appraise', 'supplement'), ...supplemented, ...approved, ...reviewed, ...signed],
      'Returned',
    ],
    [
      'expired',
      'Không bổ sung, hồ sơ được đóng',
      'No supplement, the dossier is closed',
      on('POSTAL'),
      [...received, w('Appraise', 'supplement'), ...sent, w('AwaitSupplement', 'expired')],
      'Stopped',
    ],
    [
      'refused',
      'Từ chối tiếp nhận',
      'Refused at reception',
      on('DIRECT'),
      [...paid, w('Receive', 'refused')],
      'Stopped',
    ],
    [
      'sent-back',
      'Trả lại ở mọi bước duyệt',
      'Sent back at every review',
      on('ONLINE'),
      [...received, w('Appraise', 'supplement'), drafted, w('ApproveSupplement', 'sent-back'), ...sentBack],
      'Returned',
    ],
    [
      'denied',
      'Không đủ điều kiện',
      'Denied after appraisal',
      on('DIRECT'),
      [...received, w('Appraise', 'denied'), ...refusal],
      'Returned',
    ],
  ]
  if (fee)
    made.push([
      'unpaid',
      'Không nộp phí, hồ sơ được đóng',
      'Fee not paid, the dossier is closed',
      on('ONLINE'),
      [w('AwaitPayment', 'expired')],
      'Unpaid',
    ])
  if (exchange)
    made.push([
      'other-system-refuses',
      'Hệ thống được hỏi từ chối, bổ sung rồi được giải quyết',
      'The system asked refuses; mended and granted',
      on('ONLINE'),
      [
        ...received,
        w('Appraise', 'approved'),
        w(exchange.ids.wait, 'refused'),
        ...supplemented,
        ...approved,
        ...reviewed,
        ...signed,
      ],
      'Returned',
      { formData: { ...formData, ownerIdentityNo: '000000000099' }, amended: formData },
    ])
  if (consultation)
    made.push(
      [
        'consulted',
        'Lấy ý kiến, các cơ quan đều trả lời',
        'Every consulted body answers',
        on('ONLINE'),
        [
          ...received,
          ...consulted,
          w('SummariseConsultations', 'approved'),
          ...asked,
          ...reviewed,
          ...signed,
        ],
        'Returned',
      ],
      [
        'consulted-again',
        'Hỏi lại, bổ sung, rồi được giải quyết',
        'Asked again, supplemented, then granted',
        on('DIRECT'),
        [
          ...received,
          ...consulted,
          w('SummariseConsultations', 'consult'),
          w('AwaitConsultations', 'complete'),
          w('SummariseConsultations', 'supplement'),
          ...supplemented,
          ...approved,
          ...reviewed,
          ...signed,
        ],
        'Returned',
      ],
      [
        'consulted-denied',
        'Cơ quan được hỏi không đồng ý',
        'Denied after the consultation',
        online ? 'ONLINE' : on('DIRECT'),
        [...received, ...consulted, w('SummariseConsultations', 'denied'), ...refusal],
        'Returned',
      ],
    )
  return made.map(([file, vi, en, channel, walk, ends, more], n) => ({
    name: `${String(n + 1).padStart(2, '0')}-${file}.json`,
    content: { name: { vi, en }, case: 'general', channel, place, formData, papers, walk, ends, ...more },
  }))
}
