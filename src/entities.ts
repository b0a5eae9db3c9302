import type { EntitySchema } from '@mikro-orm/postgresql'

/** Every entity the ORM knows. Reference rows that only SQL reads need none. */
export const entities: EntitySchema[] = []
