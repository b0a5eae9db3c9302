import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseOf } from '../../../src/procedures/case.ts'
import { type Eform, procedureDefinition } from '../../../src/procedures/definition.ts'
import { readProcedureFolder, readProcedures, readShared } from '../../../src/procedures/folder.ts'
import { missingPapers, validateForm } from '../../../src/procedures/form.ts'
import { rewriteId } from '../../../src/procedures/rewrite.ts'

const NAME = '1.013225-cap-giay-phep-xay-dung-moi'
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mot-cua-processes-'))
  await cp(join('processes', NAME), join(root, NAME), { recursive: true })
})
afterEach(() => rm(root, { recursive: true }))

const change = async (file: string, edit: (data: never) => void) => {
  const path = join(root, NAME, file)
  const data = JSON.parse(await readFile(path, 'utf8'))
  edit(data as never)
  await writeFile(path, JSON.stringify(data))
}
const reading = () => readProcedureFolder(join(root, NAME))

it('every procedure and shared process of the repository loads', async () => {
  const [procedures, shared] = await Promise.all([readProcedures('processes'), readShared('processes')])
  expect(procedures.map((each) => each.definition.code)).toEqual([
    '1.001193',
    '1.001612',
    '1.001776',
    '1.004222',
    '1.009645',
    '1.013225',
    '1.013831',
    '1.013949',
    '2.000815',
    '2.000986-BHYT',
    '2.000986',
    '3.000333',
  ])
  expect(shared.map((each) => each.definition.name)).toEqual([
    'deadline-watch',
    'consultation',
    'apology',
    'stop',
  ])
})

it('every example is filled in validly, has its papers and falls under its case', async () => {
  for (const { definition, eform, examples } of await readProcedures('processes')) {
    expect(examples.length).toBeGreaterThanOrEqual(4)
    for (const example of examples) {
      expect(validateForm({ eform }, example.formData)).toEqual([])
      expect(caseOf(definition, example.formData)).toBe(example.case)
      expect(missingPapers(definition, example)).toEqual([])
    }
  }
})

const landOffice = (await readProcedures('processes')).find(
  ({ definition }) => definition.code === '1.013831',
)!.definition

describe('a stage of another body outside the clock', () => {
  const spoilt = (edit: (data: typeof landOffice) => void) => {
    const data = structuredClone(landOffice)
    edit(data)
    return procedureDefinition.safeParse(data).error?.issues.map(({ path, message }) => ({
      path: path.join('.'),
      message,
    }))
  }

  it('parts the limit of a land registration into two appointments', () => {
    expect(spoilt(() => undefined)).toBeUndefined()
    expect(landOffice.limits.map(({ committed }) => committed.split?.second.value)).toEqual([3, 3])
  })

  it.each<[string, (data: typeof landOffice) => void, string]>([
    [
      'without a text',
      (data) => void delete data.exchanges.RequestTax!.clockBasis,
      'exchanges.RequestTax.clock',
    ],
    [
      'in another clock mode',
      (data) => void Object.assign(data.clockMode, { mode: 'RESTART' }),
      'exchanges.RequestTax.clock',
    ],
    [
      'with appointments that do not add up',
      (data) => void Object.assign(data.limits[1]!.committed.split!.first, { value: 6 }),
      'limits.1.committed.split',
    ],
    [
      'with appointments in another unit',
      (data) => void Object.assign(data.limits[1]!.committed.split!.first, { unit: 'calendar-day' }),
      'limits.1.committed.split',
    ],
  ])('is refused %s', (_name, edit, path) => {
    expect(spoilt(edit)?.map((issue) => issue.path)).toContain(path)
  })

  it('is refused where nothing is left out between the appointments', () => {
    const issues = spoilt((data) => void Object.assign(data.exchanges.RequestTax!, { clock: 'RUNS' }))
    expect(issues?.map(({ path }) => path)).toEqual(['limits.0.committed.split', 'limits.1.committed.split'])
  })
})

it('the same files give the same hash, an edited form another; an example changes nothing that is published', async () => {
  const before = await reading()
  await writeFile(join(root, NAME, 'cases', '99-extra.json'), JSON.stringify(before.examples[0]))
  const withExample = await reading()
  expect(withExample.sha256).toBe(before.sha256)
  expect(withExample.examples).toHaveLength(before.examples.length + 1)
  await change('eform.json', (form: { groups: { title: { vi: string } }[] }) => {
    form.groups[0]!.title.vi = 'Chủ hộ'
  })
  expect((await reading()).sha256).not.toBe(before.sha256)
})

type Result = { holder: { name: string }; work: Record<string, string[]>; specifications: string[] }

describe('a fault in a folder names the file and the field', () => {
  type Data = Record<string, never> & {
    steps: Record<string, { outcomes: Record<string, { promises: string[] }> }>
  }

  it('an unknown promise', async () => {
    await change(
      'procedure.json',
      (data: Data) => void data.steps.Receive!.outcomes.received!.promises.push('clock.begin'),
    )
    await expect(reading()).rejects.toThrow(
      /procedure\.json: steps\.Receive\.outcomes\.received\.promises\.2/,
    )
  })

  it.each([
    ['the holder', (result: Result) => void Object.assign(result.holder, { name: 'ownersName' })],
    ['the work', (result: Result) => void result.work.name!.push('ownersName')],
    ['the specifications', (result: Result) => void result.specifications.push('ownersName')],
  ])('a result whose form does not ask for %s', async (_name, edit) => {
    await change('procedure.json', (data: { result: Result }) => edit(data.result))
    await expect(reading()).rejects.toThrow(/eform\.json: the result .* does not have: ownersName/)
  })

  it('steps that take longer than the limit', async () => {
    await change('procedure.json', (data: { allotments: { house: { Appraise: { value: number } } } }) => {
      data.allotments.house.Appraise.value = 60
    })
    await expect(reading()).rejects.toThrow(/allotments\.house: steps take 82 working hours, the limit is 56/)
  })

  it('time allotted to waiting for the applicant, which does not count', async () => {
    await change('procedure.json', (data: { allotments: { house: Record<string, object> } }) => {
      data.allotments.house.AwaitSupplement = { value: 1, unit: 'working-hour' }
    })
    await expect(reading()).rejects.toThrow(/allotments\.house\.AwaitSupplement: .* is none of: Receive/)
  })

  it('a milestone of a step that is not there', async () => {
    await change('procedure.json', (data: { phases: { milestone: object }[] }) => {
      const basis = { text: 'Mốc', source: 'không có', verified: false }
      data.phases[0]!.milestone = {
        limit: { value: 2, unit: 'working-day' },
        from: 'received',
        until: 'Sign',
        basis,
      }
    })
    await expect(reading()).rejects.toThrow(/phases\.0\.milestone\.until: "Sign" is none of/)
  })

  it('a committed limit longer than the legal one', async () => {
    await change('procedure.json', (data: { limits: { committed: { value: number } }[] }) => {
      data.limits[1]!.committed.value = 11
    })
    await expect(reading()).rejects.toThrow(/limits\.1\.committed: longer than the legal limit/)
  })

  it('a paper required for a case that is not there', async () => {
    await change('procedure.json', (data: { papers: { requiredFor: { cases: string[] } }[] }) => {
      data.papers[0]!.requiredFor.cases.push('tower')
    })
    await expect(reading()).rejects.toThrow(/papers\.0\.requiredFor\.cases: "tower" is none of: house, other/)
  })

  it('a misspelt field', async () => {
    await change('procedure.json', (data: Record<string, unknown>) => {
      data.signers = {}
    })
    await expect(reading()).rejects.toThrow(/procedure\.json: .*signers/)
  })

  it('a group of the form with a field the schema does not have', async () => {
    await change(
      'eform.json',
      (form: { groups: { fields: string[] }[] }) => void form.groups[0]!.fields.push('fax'),
    )
    await expect(reading()).rejects.toThrow(/eform\.json: fields that the schema does not have: fax/)
  })

  it('a schema that is no schema', async () => {
    await change('eform.json', (form: { schema: { properties: { floors: object } } }) => {
      form.schema.properties.floors = { title: 'Số tầng', type: 'whole' }
    })
    await expect(reading()).rejects.toThrow(/eform\.json: schema: .*floors/)
  })

  it('broken JSON, a missing file, another process id', async () => {
    await writeFile(join(root, NAME, 'eform.json'), '{')
    await expect(reading()).rejects.toThrow(/eform\.json: not well-formed JSON/)
    await rm(join(root, NAME, 'eform.json'))
    await expect(reading()).rejects.toThrow(/eform\.json: the file is missing/)
    await cp(join('processes', NAME, 'eform.json'), join(root, NAME, 'eform.json'))
    const bpmn = join(root, NAME, 'process.bpmn')
    await writeFile(bpmn, (await readFile(bpmn, 'utf8')).replaceAll('p1013225', 'p1'))
    await expect(reading()).rejects.toThrow(
      /process\.bpmn: there must be one process, with the id "p1013225"/,
    )
  })
})

describe('the form and the papers of the construction permit', () => {
  it('names each wrong field once, in both languages', async () => {
    const { eform, examples } = await reading()
    const { phone: _, ...withoutPhone } = examples[0]!.formData
    const errors = validateForm(
      { eform },
      { ...withoutPhone, floors: 0, landArea: 'rộng', grade: 'II', fax: '1', commitment: false },
    )
    expect(Object.fromEntries(errors.map(({ field, message }) => [field, message.vi]))).toEqual({
      phone: 'Hãy điền mục này.',
      floors: 'Phải từ 1 trở lên.',
      landArea: 'Phải là số.',
      grade: 'Hãy chọn một trong các giá trị có sẵn.',
      fax: 'Biểu mẫu không có mục này; hãy bỏ đi.',
      commitment: 'Cần đánh dấu mục này.',
    })
    expect(errors.every(({ message }) => message.en.length > 0)).toBe(true)
  })

  it('asks for the name of the works unless it is a house', async () => {
    const { eform, examples } = await reading()
    const house = examples.find((example) => example.case === 'house')!.formData
    expect(validateForm({ eform }, house)).toEqual([])
    const fields = validateForm({ eform }, { ...house, buildingKind: 'other' }).map((error) => error.field)
    expect(fields.sort()).toEqual(['designer', 'workName', 'workPurpose'])
  })

  it('a name of characters that nobody sees is not filled in', async () => {
    const { eform, examples } = await reading()
    const unseen = validateForm({ eform }, { ...examples[0]!.formData, ownerName: '\u200b\u200b' })
    expect(unseen.map((error) => error.field)).toEqual(['ownerName'])
  })

  it('needs the project approval for other works only, never the fire-safety result', async () => {
    const { definition } = await reading()
    const papers = ['application', 'land']
    const missing = (key: string) =>
      missingPapers(definition, { case: key, channel: 'ONLINE', papers }).map((paper) => paper.key)
    expect(missing('house')).toEqual(['drawings'])
    expect(missing('other')).toEqual(['drawings', 'approval'])
  })

  it('refuses what is not an object at all', async () => {
    const { eform } = (await reading()) as { eform: Eform }
    expect(validateForm({ eform }, 'x')).toHaveLength(1)
  })
})

it('puts the version wherever the id stands, and nowhere else', () => {
  const xml = '<p processRef="p1"/><q id="p1" name="p1"/><s bpmnElement="p1"/><t id="p10"/><r href="#p1"/>'
  expect(rewriteId(xml, 'p1', 'p1_v7')).toBe(
    '<p processRef="p1_v7"/><q id="p1_v7" name="p1"/><s bpmnElement="p1_v7"/><t id="p10"/><r href="#p1_v7"/>',
  )
})
