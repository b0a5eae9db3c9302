import { readdirSync, readFileSync } from 'node:fs'
import {
  maskAnswers,
  personalFields,
  personalKind,
  restored,
  stillMasked,
} from '../../../src/personal/fields.ts'
import type { PersonalKind } from '../../../src/personal/mask.ts'

describe('what a name says by itself', () => {
  test.each([
    ['ownerIdentityNo', 'number'],
    ['personalNumber', 'number'],
    ['phone', 'phone'],
    ['contactPhone', 'phone'],
    ['email', 'email'],
    ['contactAddress', 'address'],
    ['motherResidence', 'address'],
    ['childBornOn', 'birth'],
    ['motherBornYear', 'birth'],
    ['dateOfBirth', 'birth'],
    ['motherEthnicity', 'text'],
    ['childHometown', 'text'],
  ])('%s is personal: %s', (name, kind) => expect(personalKind(name)).toBe(kind))

  test.each([
    'ownerName',
    'siteAddress',
    'businessAddress',
    'landLot',
    'childBirthplace',
    'startDate',
    'floors',
  ])('%s is not', (name) => expect(personalKind(name)).toBeNull())

  test('what the applicant’s record answers is as personal as there, whatever the question is called', () => {
    expect(personalKind('lienHe', { 'x-prefill': 'phone' })).toBe('phone')
    expect(personalKind('phone', { 'x-personal': false, 'x-prefill': 'phone' })).toBe('phone')
    expect(
      maskAnswers({ properties: { noiO: { 'x-prefill': 'address' } } }, { noiO: 'Thôn 1, Xã Mẫu' }),
    ).toEqual({
      noiO: '•••, Xã Mẫu',
    })
    expect(personalKind('hoTen', { 'x-prefill': 'fullName' })).toBeNull()
  })

  test('the form’s own mark comes first, either way', () => {
    expect(personalKind('investorNo', { 'x-personal': 'number' })).toBe('number')
    expect(personalKind('phone', { 'x-personal': false })).toBeNull()
  })
})

// As a form's file says it: a question behind a condition stands under "then".
const schema = JSON.parse(`{
  "properties": { "members": { "items": { "properties": { "papers": { "x-personal": "text" } } } }, "owner": {}, "kind": {} },
  "allOf": [{ "then": { "properties": { "code": { "x-personal": "number" } } } }]
}`)
const data = {
  kind: 'house',
  phone: '0912345456',
  floors: 3,
  code: '079123456123',
  owner: { identityNo: '079123456123', name: 'Lan' },
  members: [{ papers: 'số 12', phone: '0912345456' }],
}

test('answers in groups, in lists and behind conditions are masked, the others stay', () => {
  expect(maskAnswers(schema, data)).toEqual({
    kind: 'house',
    phone: '09•••••456',
    floors: 3,
    code: '•••••••••123',
    owner: { identityNo: '•••••••••123', name: 'Lan' },
    members: [{ papers: '•••', phone: '09•••••456' }],
  })
})

test('a personal answer that is no text is left out, too', () => {
  expect(maskAnswers({}, { phone: 912345456, birthDate: null })).toEqual({ phone: '•', birthDate: null })
})

test('personal answers are named where they are given', () => {
  expect(personalFields(schema, { ...data, phone: '' })).toEqual([
    'code',
    'owner.identityNo',
    'members.papers',
    'members.phone',
  ])
})

describe('a form corrected by somebody who saw it masked', () => {
  test('keeps what came back as it was shown', () => {
    const given = { ...maskAnswers(schema, data), floors: 4 }
    expect(restored(schema, data, given)).toEqual({ ...data, floors: 4 })
  })

  test('names what was changed without being opened', () => {
    const given = restored(schema, data, { ...data, phone: '09•••••457' })
    expect(stillMasked(schema, given)).toEqual(['phone'])
    expect(stillMasked(schema, data)).toEqual([])
  })
})

describe.each(readdirSync('processes').filter((folder) => /^\d/.test(folder)))('the form of %s', (folder) => {
  const form = JSON.parse(readFileSync(`processes/${folder}/eform.json`, 'utf8')) as {
    schema: { properties: Record<string, { title: string; 'x-personal'?: PersonalKind }> }
  }
  test('marks every question that asks for a number, a telephone, a birthday, a dwelling or an origin', () => {
    const asking =
      /số định danh|điện thoại|thư điện tử|ngày, tháng, năm sinh|năm sinh của|nơi cư trú|địa chỉ liên hệ|dân tộc|tôn giáo|quê quán/i
    const bare = Object.entries(form.schema.properties)
      .filter(([name, question]) => asking.test(question.title) && !personalKind(name, question))
      .map(([name]) => name)
    expect(bare).toEqual([])
  })
})
