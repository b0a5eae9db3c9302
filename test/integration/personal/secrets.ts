/**
 * Dossiers full of personal data that stand nowhere else: filed online and on paper, confirmed, asked about, collected.
 * Whoever answers one of SECRETS to somebody who has not opened it has told it. Monday, 2 November 2026.
 */
import { v7 as uuid } from 'uuid'
import { personId } from '../../../src/agencies/load.ts'
import { asksConfirmation, filed, numbered, online, routed } from '../births/births.ts'
import { checks, consent, fileOnPaper } from '../counter/scene.ts'
import type { Scene } from '../dossiers/scene.ts'

const account = {
  identityNo: '079911111911',
  phone: '0977 711 911',
  email: 'rieng.tu.online@vidu.vn',
  address: 'Số 911 hẻm Kín Đáo, Phường Tân Mẫu',
}
const paper = {
  fullName: 'Phạm Thị Giấy',
  identityNo: '079922222922',
  phone: '0977722922',
  email: 'rieng.tu.giay@vidu.vn',
  address: 'Số 922 ngõ Bí Mật, Phường Tân Mẫu',
}
const birth = {
  childBornOn: '2026-10-13',
  motherIdentityNo: '079933333933',
  motherResidence: 'Nhà 933 đường Che Khuất, Phường Tân Mẫu',
  declarantIdentityNo: '079944444944',
  phone: '0977744944',
}
const before = { ...birth, phone: '0977744945', declarantIdentityNo: '079944444945' }
const site = { ownerIdentityNo: '079955555955', phone: '0977755955', contactAddress: 'Số 955 ngách Riêng Tư' }
const representative = {
  fullName: 'Lê Văn Đại Diện',
  identityNo: '079966666966',
  phone: '0977766966',
  paper: 'authorisation',
  paperText: 'số 12 ngày 01/11/2026',
}
const COLLECTOR = '079977777977'
const PERSONAL_NUMBER = '079988888988'

/** Told to nobody who has not opened them, in no way of writing them. */
export const SECRETS = [
  ...Object.values(account),
  account.phone.replaceAll(' ', ''),
  ...[paper.identityNo, paper.phone, paper.email, paper.address],
  ...Object.values(birth),
  ...[before.phone, before.declarantIdentityNo],
  ...Object.values(site),
  ...[representative.identityNo, representative.phone],
  COLLECTOR,
  PERSONAL_NUMBER,
]
/** What of them an answer tells. */
export const told = (answer: unknown): string[] => {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return SECRETS.filter((secret) => text.includes(secret))
}

/** The online dossier, confirmed with corrections and at the officer's; the paper one, at its unit and once collected. */
export async function setSecrets(scene: Scene): Promise<{ online: string; onPaper: string }> {
  scene.goTo('2026-11-02 08:30')
  await scene.sql('update person set identity_no = $2, phone = $3, email = $4, address = $5 where id = $1', [
    personId('congdan'),
    ...Object.values(account),
  ])
  const { id } = await filed(scene, online, before)
  await scene.does('motcua.x01', id, 'Receive', 'received')
  await routed(scene, id)
  await asksConfirmation(scene, id)
  await scene.sql('update dossier set form_data = form_data || $2::jsonb where id = $1', [
    id,
    JSON.stringify(birth),
  ])
  await scene.sql(
    `update confirmation set outcome = 'amended', answered_at = asked_at,
            amended_data = (select form_data from dossier where id = dossier_id) where dossier_id = $1`,
    [id],
  )
  await numbered(scene, id, PERSONAL_NUMBER)
  await scene.opens(id, 'Appraise')

  const { id: onPaper } = await fileOnPaper(scene, {
    applicant: paper,
    counter: { consent: { ...consent, by: 'representative' }, checks: checks(), representative },
  })
  await scene.sql('update dossier set form_data = form_data || $2::jsonb where id = $1', [
    onPaper,
    JSON.stringify(site),
  ])
  await scene.does('motcua.x01', onPaper, 'Receive', 'received')
  await scene.opens(onPaper, 'Assign')
  await scene.sql(
    `insert into collection (dossier_id, collector, full_name, identity_paper, identity_no, authorisation, signed, items,
                             clerk_id, collected_at, file_sha256)
     select $1, 'authorised', 'Võ Văn Nhận Thay', 'Căn cước', $2, 'số 15', 'paper', '[]', $3, $4, sha256 from stored_file limit 1`,
    [onPaper, COLLECTOR, personId('motcua.x01'), scene.clock.now()],
  )
  await scene.sql(
    `insert into notification (id, key, dossier_id, person_id, address, subject, body, state, created_at)
     select $1::uuid, 'secret', $2::uuid, applicant_id, $3, 'Thử', 'Thử', 'shown', filed_at from dossier where id = $2`,
    [uuid(), onPaper, paper.email],
  )
  return { online: id, onPaper }
}
