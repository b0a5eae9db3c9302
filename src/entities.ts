import { Agency, Unit } from './agencies/entity.ts'
import { Person } from './people/entity.ts'

/** Every entity the ORM knows; the composition root and the tests give them to connect(). */
export const entities = [Agency, Unit, Person]
