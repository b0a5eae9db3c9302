import { asBody, countOf, EVERY, isChosen, NONE, toggled } from '../../../ui/src/studio/migration/choice.ts'

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
