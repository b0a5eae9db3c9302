import { jest } from '@jest/globals'
import { publishFolders } from '../../../src/procedures/publish.ts'
import { procedureRoutes } from '../../../src/procedures/routes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { takesAll } from '../../support/deploy.ts'
import { browser, testApp } from '../../support/http.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await publishFolders(test.db, takesAll, { root: 'processes', epoch: 1 })
})
afterAll(() => test.close())

describe('the catalogue', () => {
  const search = async (q: string) => {
    const answer = await browser(testApp(test.db, procedureRoutes))
      .get('/api/procedures')
      .query({ q })
      .expect(200)
    return (answer.body.procedures as { code: string }[]).map((each) => each.code)
  }

  it.each([
    'giay phep xay dung',
    'GIẤY PHÉP XÂY DỰNG',
    'cấp giấy phép'.normalize('NFD'),
    'giay phep xay dugn',
    '1.013225',
    'construction permit',
  ])('finds the construction permit by "%s"', async (q) => {
    expect(await search(q)).toEqual(['1.013225'])
  })

  it.each(['chu truong dau tu', 'ĐẦU TƯ TẠI VIỆT NAM', '1.009645', 'investment'])(
    'finds the investment approval by "%s"',
    async (q) => {
      expect(await search(q)).toEqual(['1.009645'])
    },
  )

  it('shows every procedure, by name, to whom has no word for it yet, but no part that has no code of its own', async () => {
    expect(await search('')).toEqual([
      '1.013225',
      '3.000333',
      '1.009645',
      '2.000815',
      '1.013831',
      '1.001193',
      '1.001612',
      '1.004222',
      '1.013949',
      '2.000986',
      '1.001776',
    ])
    expect(await search('BHYT')).toEqual(['2.000986'])
  })

  it.each(['kết hôn', '%', '_', "'; drop table dossier; --"])('finds nothing by "%s"', async (q) => {
    expect(await search(q)).toEqual([])
  })

  it('shows facts, papers, limits and form of a procedure to anybody', async () => {
    const { body } = await browser(testApp(test.db, procedureRoutes))
      .get('/api/procedures/1.013225')
      .expect(200)
    expect(body).toMatchObject({ code: '1.013225', version: 1, level: 'commune', sample: true })
    expect(body.limits.map((limit: { legal: { value: number } }) => limit.legal.value)).toEqual([7, 10])
    expect(body.papers.map((paper: { key: string }) => paper.key)).toContain('drawings')
    expect(body.eform.schema.properties.floors['x-en'].title).toBe('Number of floors')
    expect(body.consultation.basis.verified).toBe(false)
    expect(body.steps).toBeUndefined()
  })

  it('says in the reader’s language that there is no such procedure', async () => {
    const { body } = await browser(testApp(test.db, procedureRoutes))
      .get('/api/procedures/1.999999')
      .set('Accept-Language', 'vi')
      .expect(404)
    expect(body.detail).toContain('Không có thủ tục mã “1.999999”')
  })
})
