import { BpmnModdle } from 'bpmn-moddle'
import fc from 'fast-check'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { inspectXml } from '../../../../src/studio/lint/hostile.ts'

type Property = {
  name: string
  type: string
  isAttr?: boolean
  isBody?: boolean
  isMany?: boolean
  isReference?: boolean
}
type Type = {
  name: string
  superClass?: string[]
  extends?: string[]
  properties?: Property[]
  isAbstract?: boolean
}
const types = zeebe.types as Type[]
const enumerations = new Map(
  (
    (zeebe as { enumerations?: { name: string; literalValues: { name: string }[] }[] }).enumerations ?? []
  ).map(({ name, literalValues }) => [name, literalValues.map((literal) => literal.name)]),
)
const moddle = () => new BpmnModdle({ zeebe })
type Built = Record<string, unknown> & { $type: string }

const local = (name: string) => name.replace(/^zeebe:/, '')
const typeNamed = (name: string) => types.find((type) => type.name === local(name))

/** Every property that a type has, those of what it is based on too. */
const propertiesOf = (type: Type): Property[] => [
  ...(type.superClass ?? []).flatMap((name) => {
    const base = name.startsWith('zeebe:') || !name.includes(':') ? typeNamed(name) : undefined
    return base ? propertiesOf(base) : []
  }),
  ...(type.properties ?? []),
]

/** Text as an attribute keeps it: Vietnamese, signs that XML escapes, FEEL. */
const words = fc.oneof(
  fc.constantFrom('=outcome = "a" and 1 < 2', 'Thẩm định & trình', "'nháy'", 'mot-cua.await.payment'),
  fc.stringMatching(/^[\p{L}\p{N}._ -]{1,20}$/u).map((text) => `x${text.trim()}`),
)
const basic: Record<string, fc.Arbitrary<unknown>> = {
  String: words,
  Boolean: fc.boolean(),
  Integer: fc.integer({ min: -99, max: 99 }),
  Real: fc.integer({ min: 0, max: 99 }).map((n) => n / 2),
}

const icon = fc.constant("data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E")

/** A value for a property, so deep that every type is met inside another. */
function arbitraryOf({ type, isMany }: Property, depth: number): fc.Arbitrary<unknown> {
  const literals = enumerations.get(local(type))
  const single = literals ? fc.constantFrom(...literals) : (basic[type] ?? elementOf(type, depth - 1))
  return isMany ? fc.array(single, { minLength: 1, maxLength: 2 }) : single
}

function elementOf(name: string, depth: number): fc.Arbitrary<unknown> {
  const type = typeNamed(name)
  const concrete = type?.isAbstract
    ? types.filter(({ superClass }) => superClass?.some((base) => local(base) === type.name))
    : [type]
  const one = concrete[0]
  if (!one || depth < 0) return fc.constant(undefined)
  const entries = propertiesOf(one)
    .filter(({ isReference }) => !isReference)
    .map((property) => [property.name, arbitraryOf(property, depth)] as const)
  return fc.record(Object.fromEntries(entries)).map((values) => ({ $type: `zeebe:${one.name}`, ...values }))
}

const isElement = (value: unknown): value is Built =>
  typeof value === 'object' && value !== null && '$type' in value

/** The description as elements of the moddle. */
function create(model: BpmnModdle, { $type, ...values }: Built): unknown {
  const made = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined) return []
      if (Array.isArray(value)) {
        const all = value.filter((each) => each !== undefined)
        return [[name, all.map((each) => (isElement(each) ? create(model, each) : each))]]
      }
      return [[name, isElement(value) ? create(model, value) : value]]
    }),
  )
  return model.create($type, made)
}

const HEAD = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="d"
  targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.30.0"
  modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.5.0">`
const diagram = `${HEAD}<bpmn:process id="p" isExecutable="true"><bpmn:userTask id="t"><bpmn:extensionElements /></bpmn:userTask></bpmn:process></bpmn:definitions>`

type Node = Record<string, unknown> & {
  extensionElements: { values: unknown[] }
  set(name: string, value: unknown): void
}
const taskIn = (root: unknown) =>
  (root as { rootElements: { flowElements: Node[] }[] }).rootElements[0]!.flowElements[0]!

/** Written, looked through as at every save, and read again: twice, since modellers do it again and again. */
async function roundTrip(root: unknown): Promise<[first: string, second: string, warnings: number]> {
  const first = await moddle().toXML(root, { format: true })
  expect(inspectXml(first.xml, 'bpmn').harms).toEqual([])
  const read = await moddle().fromXML(first.xml)
  const second = await moddle().toXML(read.rootElement, { format: true })
  return [first.xml, second.xml, read.warnings.length]
}

const concrete = types.filter(({ isAbstract, extends: extended }) => !isAbstract && !extended)
/** Only these stand in extensionElements by themselves; the others are parts of them. */
const isWhole = (type: Type): boolean =>
  (type.superClass ?? []).some((name) => {
    const base = typeNamed(name)
    return name === 'Element' || (base !== undefined && isWhole(base))
  })
const wholes = concrete.filter(isWhole)
const extending = types.filter(({ extends: extended }) => extended)

it('the moddle knows the extensions that Camunda’s desktop modeller writes', () => {
  expect(concrete.length + extending.length).toBeGreaterThan(30)
  expect(concrete.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['TaskDefinition', 'IoMapping', 'TaskHeaders', 'CalledElement', 'FormDefinition']),
  )
})

it('every type is met: by itself, or as a part of one that is', () => {
  const met = new Set<string>()
  const meet = (name: string) => {
    const type = typeNamed(name)
    if (!type || met.has(type.name)) return
    met.add(type.name)
    for (const property of propertiesOf(type)) meet(property.type)
    if (type.isAbstract)
      for (const other of types)
        if (other.superClass?.some((base) => local(base) === type.name)) meet(other.name)
  }
  for (const { name } of wholes) meet(name)
  const parts = concrete.filter(({ name }) => !met.has(name)).map(({ name }) => name)
  // What others are based on, and never written itself.
  expect(
    parts.filter((name) => !types.some(({ superClass }) => superClass?.some((base) => local(base) === name))),
  ).toEqual([])
})

it.each(wholes.map(({ name }) => name))('a diagram keeps zeebe:%s with every property', async (name) => {
  await fc.assert(
    fc.asyncProperty(elementOf(name, 3), async (built) => {
      const model = moddle()
      const { rootElement } = await model.fromXML(diagram)
      const element = create(model, built as Built) as { $parent?: unknown }
      taskIn(rootElement).extensionElements.values = [element]
      const [first, second, warnings] = await roundTrip(rootElement)
      expect([second, warnings]).toEqual([first, 0])
      // Each attribute stands in the text under its name.
      for (const { name: property, isAttr } of propertiesOf(typeNamed(name)!))
        if (isAttr && (built as Built)[property] !== undefined && !isDefault(name, property, built as Built))
          expect(first).toContain(`${local(property)}="`)
    }),
    { numRuns: 6 },
  )
})

/** What equals its default need not be written. */
const isDefault = (name: string, property: string, built: Built) =>
  (propertiesOf(typeNamed(name)!).find((each) => each.name === property) as { default?: unknown }).default ===
  built[property]

it.each(
  extending.flatMap((type) =>
    (type.properties ?? [])
      .filter(({ isAttr }) => isAttr)
      .map((property) => [`${type.extends!.join(', ')} zeebe:${local(property.name)}`, property] as const),
  ),
)('a diagram keeps %s', async (_name, property) => {
  await fc.assert(
    fc.asyncProperty(property.name.endsWith('Icon') ? icon : arbitraryOf(property, 1), async (value) => {
      const { rootElement } = await moddle().fromXML(diagram)
      const task = taskIn(rootElement)
      ;(task.$attrs as Record<string, unknown>)[`zeebe:${local(property.name)}`] = String(value)
      const [first, second] = await roundTrip(rootElement)
      expect(second).toBe(first)
      expect(first).toContain(`zeebe:${local(property.name)}="`)
    }),
    { numRuns: 4 },
  )
})

it('what another modeller added is kept too', async () => {
  const strange = diagram
    .replace('xmlns:zeebe=', 'xmlns:acme="http://acme.example/bpmn" xmlns:zeebe=')
    .replace(
      '<bpmn:extensionElements />',
      '<bpmn:extensionElements><acme:note level="3"><acme:text>Ghi chú</acme:text></acme:note></bpmn:extensionElements>',
    )
    .replace('<bpmn:userTask id="t">', '<bpmn:userTask id="t" acme:colour="red">')
  const { rootElement } = await moddle().fromXML(strange)
  const [first, second] = await roundTrip(rootElement)
  expect(second).toBe(first)
  expect(first).toContain('acme:colour="red"')
  expect(first).toMatch(/<acme:note level="3">\s*<acme:text>Ghi chú<\/acme:text>/)
})
