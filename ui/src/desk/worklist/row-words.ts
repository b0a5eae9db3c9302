/**
 * Working time as a row has room for it: English words are longer than Vietnamese ones, and a cell that ends in dots
 * says nothing. That it is working time stands in the column's head; the whole sentence is the cell's title.
 */
export const inARow = (remaining: string): string =>
  remaining
    .replace(/ \(working time\)$/, '')
    .replace(/(\d) days?\b/, '$1 d')
    .replace(/(\d) hours?\b/, '$1 h')
    .replace(/(\d) minutes?\b/, '$1 min')
