import { addDays, type LegalDay } from '../../calendar/day.ts'
import type { Dice } from './dice.ts'
import { address, identityNo, type MadeUp, names, personName } from './people.ts'

/** What a form is filled with: who applies, where, when, and dice of its own. */
export type Filling = {
  n: number
  dice: Dice
  caseKey: string
  applicant: MadeUp
  /** Of the commune, as people say it. */
  place: string
  day: LegalDay
}
type FormData = Record<string, unknown>

/**
 * Telephone of the n-th dossier's form: no number in use begins so, and it tells which of the month's plans a dossier
 * was filed by.
 */
export const phoneOf = (n: number): string => `0000${String(n).padStart(6, '0')}`

/** The plan that a dossier with this telephone was filed by; undefined for any other dossier. */
export const planOfPhone = (phone: unknown): number | undefined =>
  typeof phone === 'string' && /^0000\d{6}$/.test(phone) ? Number(phone.slice(4)) : undefined

const round = (value: number, step: number) => Math.round(value / step) * step

/** What a birth is registered from. */
function birth({ n, dice, applicant, place, day, caseKey }: Filling): FormData {
  const parents =
    caseKey === 'abandoned'
      ? {}
      : {
          motherName: personName(dice, 'female', n, 'mother'),
          motherIdentityNo: identityNo(500_000 + n),
          motherBornYear: String(dice.between(1985, 2003, n, 'mother')),
          fatherName: personName(dice, 'male', n, 'father'),
          fatherIdentityNo: identityNo(700_000 + n),
          fatherBornYear: String(dice.between(1980, 2001, n, 'father')),
        }
  const sex = dice.chance(0.5, n, 'child') ? 'female' : 'male'
  return {
    ...parents,
    childName: personName(dice, sex, n, 'child'),
    childSex: sex,
    childBornOn: addDays(day, -dice.between(4, 45, n, 'born')),
    childBirthplace: `Trạm y tế ${place}, Tỉnh mẫu`,
    childHometown: `${place}, Tỉnh mẫu`,
    declarantName: applicant.name,
    declarantIdentityNo: applicant.identityNo,
    copies: dice.between(1, 4, n, 'copies'),
  }
}

/** Per procedure, what of an example's form is written anew; everything else stays as the example has it. */
const FORMS: Record<string, (filling: Filling) => FormData> = {
  '1.013225': ({ n, dice, caseKey, applicant, place }) => {
    const ground = dice.between(50, caseKey === 'house' ? 140 : 700, n, 'ground')
    const floors = dice.between(1, caseKey === 'house' ? 4 : 3, n, 'floors')
    return {
      ...(caseKey === 'house'
        ? { ownerName: applicant.name, ownerIdentityNo: applicant.identityNo }
        : {
            ownerName: `Công ty TNHH ${dice.pick(names.companies, n, 'company')}`,
            ownerIdentityNo: `00000${String(n).padStart(4, '0')}1`,
            representative: `${applicant.name}, Giám đốc`,
            workName: dice.pick(names.works, n, 'work'),
          }),
      contactAddress: applicant.address,
      siteAddress: address(dice, place, n, 'site'),
      landLot: String(dice.between(1, 480, n, 'lot')),
      landArea: ground + dice.between(10, 200, n, 'land'),
      groundFloorArea: ground,
      totalFloorArea: ground * floors,
      floors,
      height: 3.6 * floors + 1.2,
      buildMonths: dice.between(4, 14, n, 'months'),
    }
  },
  '1.001612': ({ n, dice, applicant, place, day }) => ({
    ownerName: applicant.name,
    ownerIdentityNo: applicant.identityNo,
    ownerAddress: applicant.address,
    businessName: `Hộ kinh doanh ${dice.pick(names.shops, n, 'shop')} ${applicant.name.split(' ').at(-1)} Mẫu`,
    businessAddress: address(dice, place, n, 'shop'),
    businessLines: dice.pick(names.shops, n, 'shop'),
    capital: round(dice.between(20, 400, n, 'capital'), 5) * 1_000_000,
    workers: dice.between(0, 8, n, 'workers'),
    startDate: addDays(day, dice.between(20, 60, n, 'start')),
  }),
  '1.001193': birth,
  '2.000986': (filling) => {
    const { n, dice, caseKey, place } = filling
    const child = birth(filling)
    const home = address(dice, place, n, 'home')
    const other = caseKey === 'otherHousehold'
    return {
      ...child,
      residence: home,
      motherResidence: home,
      fatherResidence: home,
      marriagePlace: place,
      householdHead: other ? personName(dice, 'male', n, 'head') : child.fatherName,
      householdHeadIdentityNo: other ? identityNo(900_000 + n) : child.fatherIdentityNo,
      clinic: `Trạm y tế ${place}`,
    }
  },
  '1.004222': ({ n, dice, caseKey, applicant, place, day }) => {
    const isChild = caseKey === 'child'
    const sex = dice.chance(0.5, n, 'sex') ? 'female' : 'male'
    const headSex = dice.chance(0.5, n, 'head') ? 'female' : 'male'
    return {
      personName: isChild ? personName(dice, sex, n, 'person') : applicant.name,
      bornOn: addDays(day, -dice.between(isChild ? 200 : 8_000, isChild ? 3_000 : 22_000, n, 'born')),
      sex,
      personalNumber: isChild ? identityNo(300_000 + n) : applicant.identityNo,
      address: address(dice, place, n, 'home'),
      householdHead: isChild ? applicant.name : personName(dice, headSex, n, 'head'),
      householdHeadIdentityNo: isChild ? applicant.identityNo : identityNo(900_000 + n),
    }
  },
  '1.009645': ({ n, dice, applicant, place }) => ({
    investorName: `Công ty cổ phần ${dice.pick(names.companies, n, 'company')}`,
    investorNo: `00000${String(n).padStart(4, '0')}1`,
    representative: `${applicant.name}, Giám đốc`,
    contactAddress: applicant.address,
    projectName: `${dice.pick(names.projects, n, 'project')} ${dice.pick(names.companies, n, 'company')}`,
    siteAddress: `${place}, Tỉnh mẫu`,
    landArea: round(dice.between(8_000, 90_000, n, 'land'), 500),
    capital: dice.between(60, 900, n, 'capital'),
  }),
}

/** An example's form filled by somebody else; a procedure without an entry keeps the example's words. */
export const fillForm = (procedureCode: string, example: FormData, filling: Filling): FormData => ({
  ...example,
  ...FORMS[procedureCode]?.(filling),
  phone: phoneOf(filling.n),
})
