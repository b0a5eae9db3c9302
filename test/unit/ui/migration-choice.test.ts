import {
  asBody,
  countOf,
  EVERY,
  isChosen,
  NONE,
  startWith,
  toggled,
} from '../../../ui/src/studio/migration/choice.ts'

it('dossiers chosen one by one are named', () => {
  const two = toggled(toggled(NONE, 'a'), 'b')
  expect([isChosen(two, 'a'), isChosen(two, 'c'), countOf(two, 40_000)]).toEqual([true, false, 2])
  expect(asBody(toggled(two, 'a'))).toEqual({ dossierIds: ['b'] })
})

it('all that can move are chosen without naming them, but for those taken out again', () => {
  const all = toggled(EVERY, 'a')
  expect([isChosen(EVERY, 'c'), isChosen(all, 'a'), countOf(all, 40_000)]).toEqual([true, false, 39_999])
  expect(asBody(all)).toEqual({ dossierIds: 'movable', except: ['a'] })
  expect(asBody(toggled(all, 'a'))).toEqual({ dossierIds: 'movable', except: [] })
})

it('a step that is gone goes on as the one it was merged into; one that is still there stays', () => {
  const old = { steps: ['Receive', 'Assign', 'Appraise', 'Review'], merged: [] }
  const merged = [
    { from: 'Assign', to: 'Appraise' },
    { from: 'Receive', to: 'Appraise' },
    { from: 'Long', to: 'Appraise' },
  ]
  expect(startWith(old, { steps: ['Receive', 'Appraise'], merged })).toEqual([
    { from: 'Assign', to: 'Appraise' },
  ])
  expect(startWith({ steps: ['Appraise'], merged }, old)).toEqual([])
})
