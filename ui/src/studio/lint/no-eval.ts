import { config } from 'zod'

// Zod tries to compile its schemas; the page's policy forbids that, and each try would be reported as an attack. It has
// to be said before the first schema is made, so this file is imported before any other.
config({ jitless: true })
