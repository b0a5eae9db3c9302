import { Agency, Unit } from './agencies/entity.ts'
import { Confirmation } from './confirmations/entity.ts'
import { Consultation } from './consultations/entity.ts'
import { Alarm, ClockEvent, DeadlineClock, Holding, Watch } from './deadlines/entity.ts'
import { Dossier, DossierNote, Finding, StopRequest, SupplementRequest } from './dossiers/entity.ts'
import { Letter } from './letters/entity.ts'
import { Person } from './people/entity.ts'
import { Decision, Task } from './tasks/entity.ts'

/** Every entity the ORM knows; the composition root and the tests give them to connect(). */
export const entities = [
  Agency,
  Unit,
  Person,
  Dossier,
  DossierNote,
  SupplementRequest,
  StopRequest,
  Finding,
  Consultation,
  Confirmation,
  Task,
  Decision,
  DeadlineClock,
  ClockEvent,
  Alarm,
  Watch,
  Holding,
  Letter,
]
