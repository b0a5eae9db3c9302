/** The people of the story: accounts of the fictitious organisation. */
export const CITIZEN = 'congdan'
export const CLERK = 'motcua.x01'
export const HEAD_OF_ONE_STOP = 'truongmotcua.x01'
export const HEAD_OF_UNIT = 'truongphong.x01'
export const OFFICER = 'chuyenvien.x01'
export const DEPUTY = 'phochutich.x01'
export const CLERICAL = 'vanthu.x01'
export const AUDITOR = 'thanhtra'
export const ADMIN = 'quantri'

/** The dossier of the story, known from the moment it is filed. */
export const told = { id: '', code: '' }
