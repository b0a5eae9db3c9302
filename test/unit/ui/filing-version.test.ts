import { underVersion } from '../../../ui/src/citizen/filing/under-version.ts'

const FORM_STEP = 1
const empty = { version: null, renewed: false, sending: false, step: 0, formData: {} }
const typed = { ...empty, formData: { ownerName: 'Trần Thị Mẫu' }, step: 3 }

it('a form that nobody has begun is of the version in force', () => {
  expect(underVersion(empty, 4, FORM_STEP)).toEqual({ ...empty, version: 4 })
})

it('when another version comes in between, what was typed stays, the form is gone through again, and it says so', () => {
  const begun = underVersion(typed, 1, FORM_STEP)
  expect(begun).toEqual({ ...typed, version: 1 })
  expect(underVersion({ ...begun, sending: true }, 2, FORM_STEP)).toEqual({
    ...typed,
    version: 2,
    renewed: true,
    step: FORM_STEP,
  })
  expect(underVersion(begun, 1, FORM_STEP)).toBe(begun)
  // Who is still before the form stays there.
  expect(underVersion({ ...begun, step: 0 }, 2, FORM_STEP).step).toBe(0)
})
