import { v7 as uuid } from 'uuid'
import { abilityFor } from '../../../src/access/ability.ts'
import { type Actor, type Post, type Role, systemActor } from '../../../src/access/actor.ts'
import type { Database, Sql } from '../../../src/database/transaction.ts'

const insert = (sql: Sql, table: string, row: Record<string, unknown>) => {
  const names = Object.keys(row)
  return sql(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(row),
  )
}

export type Scene = Awaited<ReturnType<typeof setScene>>

/** One commune with its one-stop and specialists, a citizen with a received dossier, and a second citizen. */
export const setScene = async (db: Database) => {
  const id = {
    agency: uuid(),
    otherAgency: uuid(),
    oneStop: uuid(),
    specialist: uuid(),
    version: uuid(),
    citizen: uuid(),
    stranger: uuid(),
    clerk: uuid(),
    officer: uuid(),
    head: uuid(),
    chairman: uuid(),
    dossier: uuid(),
  }
  const sql: Sql = (text, params) => db.transact(systemActor('scene'), (tx) => tx.sql(text, params))
  const agency = (key: string, code: string, name: string) =>
    insert(sql, 'agency', {
      id: key,
      code,
      name: { vi: name, en: `${name} (en)` },
      level: 'commune',
      place: code,
      working_hours: {},
      address: '12 đường Mẫu',
      phone: '0274 000 000',
      sample: true,
      valid_from: '2025-07-01',
    })
  await agency(id.agency, 'T00.X01', 'Ủy ban nhân dân xã Mẫu Một')
  await agency(id.otherAgency, 'T00.X02', 'Ủy ban nhân dân xã Mẫu Hai')
  const unit = (key: string, code: string, kind: string, name: string) =>
    insert(sql, 'unit', {
      id: key,
      agency_id: id.agency,
      code,
      name: { vi: name, en: `${name} (en)` },
      kind,
      sample: true,
      valid_from: '2025-07-01',
    })
  await unit(id.oneStop, 'T00.X01.MC', 'one-stop', 'Bộ phận Một cửa xã Mẫu Một')
  await unit(id.specialist, 'T00.X01.KT', 'specialist', 'Phòng Kinh tế')
  const person = (key: string, kind: string, name: string, email: string) =>
    insert(sql, 'person', { id: key, kind, full_name: name, email, sample: true })
  await person(id.citizen, 'citizen', 'Nguyễn Thị Ánh', 'anh@example.test')
  await person(id.stranger, 'citizen', 'Trần Văn Bình', '')
  await person(id.clerk, 'staff', 'Lê Một Cửa', 'clerk@example.test')
  await person(id.officer, 'staff', 'Phạm Chuyên Viên', 'officer@example.test')
  await person(id.head, 'staff', 'Đỗ Trưởng Phòng', 'head@example.test')
  await person(id.chairman, 'staff', 'Vũ Chủ Tịch', 'chairman@example.test')
  const post = (personId: string, unitId: string, role: string) =>
    insert(sql, 'post', {
      id: uuid(),
      person_id: personId,
      agency_id: id.agency,
      unit_id: unitId,
      role,
      title: { vi: role },
      valid_from: '2025-07-01',
    })
  await post(id.head, id.specialist, 'unit-head')
  await post(id.chairman, id.specialist, 'leader')
  await insert(sql, 'procedure_version', {
    id: id.version,
    code: '1.013225',
    version: 1,
    process_id: 'p1013225_v1',
    decision_id: 'routing_p1013225_v1',
    folder: 'test',
    sha256: 'test',
    definition: { name: { vi: 'Cấp giấy phép xây dựng', en: 'Building permit' } },
    eform: {},
    bpmn: '',
    dmn: '',
    search_text: '',
    sample: true,
    current: true,
  })
  const addDossier = (key: string, code: string, extra: Record<string, unknown> = {}) =>
    insert(sql, 'dossier', {
      id: key,
      code,
      procedure_version_id: id.version,
      procedure_code: '1.013225',
      case_key: 'house',
      channel: 'ONLINE',
      agency_id: id.agency,
      deciding_agency_id: id.agency,
      one_stop_unit_id: id.oneStop,
      unit_id: id.specialist,
      participant_agency_ids: [],
      applicant_id: id.citizen,
      filed_by: id.citizen,
      place: 'T00.X01',
      form_data: {},
      state: 'processing',
      filed_at: new Date('2026-11-02T01:00:00Z'),
      received_at: new Date('2026-11-02T02:00:00Z'),
      due_at: new Date('2026-11-11T10:00:00Z'),
      ...extra,
    })
  await addDossier(id.dossier, 'T00.X01-261102-0001')

  const actor = (personId: string, kind: 'staff' | 'citizen', posts: Post[] = []): Actor => ({
    personId,
    kind,
    name: personId,
    posts,
    ability: abilityFor({ personId, kind, posts }),
    locale: 'vi',
  })
  const staff = (personId: string, role: Role, agencyId: string = id.agency) =>
    actor(personId, 'staff', [
      {
        id: uuid(),
        agencyId,
        agencyCode: '',
        unitId: role === 'clerk' ? id.oneStop : id.specialist,
        unitCode: '',
        role,
        deputy: false,
        title: { vi: role },
      },
    ])
  return {
    id,
    sql,
    addDossier,
    insert: (table: string, row: Record<string, unknown>) => insert(sql, table, row),
    citizen: actor(id.citizen, 'citizen'),
    stranger: actor(id.stranger, 'citizen'),
    clerk: staff(id.clerk, 'clerk'),
    officer: staff(id.officer, 'officer'),
    foreignOfficer: staff(id.head, 'officer', id.otherAgency),
    admin: staff(id.chairman, 'admin'),
  }
}
