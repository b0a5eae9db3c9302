import Sequencer from '@jest/test-sequencer'

/** They take longest, whatever the size of their file. */
const LONGEST = [/process\/product\//, /browser\/browser\.test/, /browser\/month\.test/]

const isLongest = ({ path }) => LONGEST.some((pattern) => pattern.test(path))

/**
 * Jest begins with what took longest the last time; without a last time, with the largest file. On a fresh machine a
 * small file with a long story would then play alone at the end.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => isLongest(other) - isLongest(one))
  }
}
