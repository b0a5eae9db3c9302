import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mergedResult } from '../../../src/groups/finish.ts'
import { correctedForm, partForm } from '../../../src/groups/map.ts'
import { readProcedures } from '../../../src/procedures/folder.ts'
import { validateForm } from '../../../src/procedures/form.ts'
import { lint } from '../../../src/procedures/lint.ts'
import { readJobTypes } from '../../../src/procedures/publish.ts'

const NAME = '2.000986-lien-thong-khai-sinh-thuong-tru-bhyt'
const procedures = await readProcedures('processes')
const group = procedures.find((one) => one.definition.code === '2.000986')!

describe('the group of birth, residence and health insurance', () => {
  it('has three parts with the limits of the decree, and names no code that the catalogue does not have as verified', () => {
    const limits = group.definition.children.map(({ key, limit, after }) => [key, limit?.legal.value, after])
    expect(limits).toEqual([
      ['birth', undefined, []],
      ['residence', 2, ['birth']],
      ['insurance', 2, ['birth']],
    ])
    expect(
      group.definition.limits.map(({ legal, withVerification }) => [legal.value, withVerification?.value]),
    ).toEqual([
      [3, 5],
      [3, 5],
    ])
    const ours = procedures.find((one) => one.definition.code === '2.000986-BHYT')!
    expect(ours.definition.catalogue.verified).toBe(false)
  })

  it.each(group.examples.map((example) => [example.name.en, example] as const))(
    '%s: each part’s form is filled in validly from the group’s',
    (_name, example) => {
      for (const part of group.definition.children) {
        const procedure = procedures.find((one) => one.definition.code === part.procedure)!
        const form = partForm(part, example.formData, () => '000326000009')
        expect(validateForm(procedure, form)).toEqual([])
      }
    },
  )

  it('leaves out what nobody has answered, and asks an earlier part for what a system told it', () => {
    const part = {
      fields: {
        a: { field: 'there' },
        b: { field: 'empty' },
        c: { value: true },
        d: { part: 'birth', exchange: 'RequestNumber', answer: 'personalNumber' },
      },
    }
    const told = ({ part: from }: { part: string }) => (from === 'birth' ? '000326000009' : undefined)
    expect(partForm(part, { there: 1, empty: '' }, told)).toEqual({ a: 1, c: true, d: '000326000009' })
  })

  it('follows what the applicant corrected in an earlier part, also what was taken out there', () => {
    const fields = { name: { field: 'childName' }, home: { field: 'hometown' }, kind: { value: 'ordinary' } }
    const filed = { childName: 'Ahn', hometown: 'Huế', clinic: 'Trạm y tế', phone: '' }
    expect(correctedForm(filed, [{ fields, formData: { name: 'Ahn', home: 'Huế' } }])).toEqual(filed)
    const formData = { name: 'An', kind: 'ordinary' }
    expect(correctedForm(filed, [{ fields, formData }])).toEqual({
      childName: 'An',
      hometown: undefined,
      clinic: 'Trạm y tế',
      phone: '',
    })
  })

  it('comes out as its parts do; one never opened counts as not granted', () => {
    expect(mergedResult(['granted', 'granted', 'granted'])).toBe('granted')
    expect(mergedResult(['granted', 'denied', null])).toBe('partial')
    expect(mergedResult(['denied', null, null])).toBe('denied')
  })
})

describe('a fault of a group names the part', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'mot-cua-group-'))
    await cp('processes', root, { recursive: true })
  })
  afterEach(() => rm(root, { recursive: true }))

  type Child = {
    procedure: string
    after: string[]
    wait: string
    fields: Record<string, object>
    papers: Record<string, string>
  }
  const change = async (edit: (children: Child[]) => void) => {
    const path = join(root, NAME, 'procedure.json')
    const data = JSON.parse(await readFile(path, 'utf8')) as { children: Child[] }
    edit(data.children)
    await writeFile(path, JSON.stringify(data))
    return readProcedures(root)
  }

  it.each<[string, (children: Child[]) => void, RegExp]>([
    [
      'a procedure that is not there',
      ([, one]) => void Object.assign(one!, { procedure: '1.999999' }),
      /children\.1\.procedure: there is no/,
    ],
    [
      'a group within a group',
      ([, one]) => void Object.assign(one!, { procedure: '2.000986' }),
      /children\.1\.procedure: a group within/,
    ],
    [
      'a field of the group that is not there',
      ([one]) => void Object.assign(one!.fields, { childName: { field: 'name' } }),
      /no field "name"/,
    ],
    [
      'a required field left out',
      ([, one]) => void Reflect.deleteProperty(one!.fields, 'address'),
      /"address" of 1\.004222 must be filled in/,
    ],
    [
      'a paper that is not there',
      ([one]) => void Object.assign(one!.papers, { birthProof: 'proof' }),
      /the group has no paper "proof"/,
    ],
    [
      'an answer of a part that comes later',
      ([, one]) => void Object.assign(one!, { after: [] }),
      /"personalNumber" comes from "birth"/,
    ],
    [
      'a wait for something else',
      ([one]) => void Object.assign(one!, { wait: 'NotifyGroup' }),
      /"NotifyGroup" is no wait of type await\.children/,
    ],
  ])('%s', async (_what, edit, message) => {
    await expect(change(edit)).rejects.toThrow(message)
  })

  it('a part that no box of the diagram opens, and a box without its wait behind it', async () => {
    const jobTypes = await readJobTypes('processes')
    const elsewhere = group.definition.children.map((part) => ({
      ...part,
      open: part.open.replace('Birth', 'Start'),
    }))
    const faults = await lint(group.bpmn, { ...group.definition, children: elsewhere, jobTypes })
    expect(faults.map(({ rule, id }) => [rule, id])).toEqual([
      ['mot-cua/parts-opened', 'p2000986'],
      ['mot-cua/parts-opened', 'OpenBirth'],
    ])
    const awaited = group.definition.children.map((part) => ({ ...part, wait: 'AwaitOthers' }))
    const others = await lint(group.bpmn, { ...group.definition, children: awaited, jobTypes })
    expect(others.map(({ id }) => id)).toEqual(['OpenBirth'])
  })
})
