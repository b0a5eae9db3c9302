/** The order in which a diagram is read and the numbers of its steps, as the server has them. */
export {
  inOrderOfAnswers,
  MACHINE_OUTCOMES,
  type Placed,
  readingOrder,
  stepNumbers,
} from '../../../../src/studio/flow/reading.ts'
